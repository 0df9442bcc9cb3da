"""Every command in one table: from it come the overview, the nearest command to a mistyped one, and
completion.

Imports nothing, so that `retrotui --help` costs hardly more than starting Python.
"""

# fmt: off
GROUPS = (
    (
        "The meeting",
        (
            ("new", "retrotui.cli.meeting:new", "Start a retro."),
            ("open", "retrotui.cli.meeting:open_", "Open a retro and go on where it was left."),
            ("demo", "retrotui.cli.meeting:demo", "Look around in a lived-in retro of a real incident."),
            ("solo", "retrotui.cli.solo:solo", "Reflect alone, in twenty minutes."),
        ),
    ),
    (
        "Before, and while it burns",
        (
            ("note", "retrotui.cli.note_command:note", "Note what happens, from any shell."),
            ("prepare", "retrotui.cli.prepare:prepare", "Write a short form for each participant."),
            ("gather", "retrotui.cli.prepare:gather", "Bring the filled forms in."),
            ("import", "retrotui.cli.imports:import_", "Take a timeline in from chat, pager, git and more."),
        ),
    ),
    (
        "What is in a file",
        (
            ("show", "retrotui.cli.looking:show", "Show a retro as text."),
            ("export", "retrotui.cli.exporting:export", "Write a retro up, to hand it round."),
            ("validate", "retrotui.cli.looking:validate", "Name every problem in a file."),
        ),
    ),
    (
        "Afterwards",
        (
            ("actions", "retrotui.cli.actions:actions", "List, change or send on the action items."),
            ("remind", "retrotui.cli.remind:remind", "Say what is due or overdue, for cron and CI."),
            ("similar", "retrotui.cli.search:similar", "Find earlier retros that resemble this one."),
            ("search", "retrotui.cli.search:search", "Find words in every retro."),
            ("recurring", "retrotui.cli.search:recurring", "Show what keeps coming back."),
            ("merge-file", "retrotui.cli.merge:merge_file", "Merge two versions of a retro, for git."),
        ),
    ),
    (
        "Blameless wording",
        (
            ("check", "retrotui.cli.checking:check", "Find words that blame, and offer others."),
            ("rules", "retrotui.cli.libraries:rules", "List the wording rules, or try out your own."),
        ),
    ),
    (
        "Making it yours",
        (
            ("templates", "retrotui.cli.libraries:templates", "List, show, begin or test agendas."),
            ("themes", "retrotui.cli.libraries:themes", "List the colour themes."),
            ("settings", "retrotui.cli.settings:settings", "Show every setting and where it came from."),
            ("completion", "retrotui.cli.completion:completion", "Print a script that completes commands."),
        ),
    ),
)
# fmt: on
"""Heading, and for each command its name, the place of its code, and a sentence."""

PLACES = {name: place for _, commands in GROUPS for name, place, _ in commands}
"""`module:attribute` of each command."""


def overview() -> str:
    """What `retrotui --help` prints."""
    lines = [
        "Usage: retrotui [--dir DIR] [COMMAND] ...",
        "",
        "A terminal app that facilitates live, blameless retrospectives. Without a command it",
        "opens the home screen on the folder of your retros.",
        "",
    ]
    for heading, commands in GROUPS:
        lines.append(f"{heading}:")
        lines += [f"  {name:<12}{sentence}" for name, _, sentence in commands]
        lines.append("")
    lines += [
        "Options:",
        "  --dir DIR     The folder of your retros; RETROTUI_DIR says the same.",
        "  -V, --version",
        "  -h, --help    After a command: its options, with examples.",
        "",
        "Examples:",
        "  retrotui demo",
        '  retrotui new --title "Checkout answered 5xx for 40 minutes" --people "Ana, Will"',
        '  echo "14:19 will forgot the migration" | retrotui check - --people Will',
        "",
    ]
    return "\n".join(lines)
