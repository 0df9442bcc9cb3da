"""The registry of everything a key can do: bindings, palette, help and the table in the docs come from here.

Pure data: no Textual. Screens provide the methods (`command_clock_pause` for `clock.pause`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a command works."""

    EVERYWHERE = "everywhere"
    HOME = "home"
    MEETING = "meeting"
    COMPOSER = "composer"
    TIMELINE = "timeline"
    CARDS = "cards"
    FACTORS = "factors"
    HOW_CAN_WE = "how_can_we"
    OPENING = "opening"
    CLOSE = "close"
    BOARD = "board"
    LEDGER = "ledger"
    REPORT = "report"


PLACE_TITLES: Mapping[Place, str] = {
    Place.EVERYWHERE: "Everywhere",
    Place.HOME: "Home",
    Place.MEETING: "In the meeting, anywhere",
    Place.COMPOSER: "While typing",
    Place.BOARD: "On the board (after esc)",
    Place.OPENING: "Opening, on the board",
    Place.TIMELINE: "Timeline, on the board",
    Place.CARDS: "Cards, on the board",
    Place.FACTORS: "Root causes, on the board",
    Place.HOW_CAN_WE: "How can we, on the board",
    Place.CLOSE: "Close, on the board",
    Place.LEDGER: "Action items",
    Place.REPORT: "The write-up",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done, under its one name."""

    id: str
    """The name in settings: `clock.pause`."""
    label: str
    """What it does in plain words, as the palette and the help show it."""
    keys: tuple[str, ...]
    """Keys that work in both the composer and the board, and letters that work on the board."""
    place: Place = Place.MEETING
    hint: str = ""
    """A word or two for the key bar; empty keeps it off the bar."""
    help: str = ""
    """A sentence more, for the help."""
    numbered: bool = False
    """Whether the digit pressed is handed on."""
    priority: bool = False
    """Whether the key is taken before the widget that has the focus sees it."""
    looks: bool = False
    """Whether it changes nothing, and so works in a retro that may only be looked at."""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "command_" + self.id.replace(".", "_")


COMMANDS: tuple[Command, ...] = (
    Command("help", "Help for this place", ("f1", "question_mark"), Place.EVERYWHERE, "help", looks=True),
    Command("palette", "Command palette", ("ctrl+p",), Place.EVERYWHERE, priority=True, looks=True),
    Command("theme.next", "Next theme", ("ctrl+t",), Place.EVERYWHERE, priority=True, looks=True),
    Command(
        "settings.problems",
        "Settings that could not be used",
        (),
        Place.EVERYWHERE,
        help="What was left out of the settings and the themes, and why.",
        looks=True,
    ),
    Command("quit", "Leave (everything is saved)", ("ctrl+q",), Place.EVERYWHERE, priority=True, looks=True),
    # the meeting
    Command("clock.pause", "Pause or resume the clock", ("f2", "space"), Place.MEETING, "pause"),
    Command("clock.more", "One minute more", ("f3", "plus"), Place.MEETING, "+1 min"),
    Command("clock.more5", "Five minutes more", ("shift+f3", "f15"), Place.MEETING),
    Command("clock.less", "One minute less", ("minus",), Place.MEETING),
    Command("room.ask", "Ask the room: stay or move on", ("f4", "h"), Place.MEETING, "ask the room"),
    Command("projector", "Projector view", ("f5", "f"), Place.MEETING, "projector", looks=True),
    Command("prompt.next", "Another prompt", ("f6", "n"), Place.MEETING, looks=True),
    Command("stage.back", "Previous stage", ("f7", "left_square_bracket"), Place.MEETING, "back", looks=True),
    Command(
        "stage.next", "Next stage", ("f8", "right_square_bracket"), Place.MEETING, "next stage", looks=True
    ),
    Command(
        "stage.skip",
        "Skip a stage, or take it in again",
        (),
        Place.MEETING,
        help="Asks which one. Nothing that was noted in it is lost.",
    ),
    Command("park", "Park a thought", ("f9", "p"), Place.MEETING, "park"),
    Command("undo", "Undo", ("ctrl+z", "u"), Place.MEETING, "undo", priority=True),
    Command("redo", "Redo", ("ctrl+y", "U"), Place.MEETING, priority=True),
    Command(
        "agenda.share",
        "Share out the time that was saved or is owed",
        (),
        Place.MEETING,
        help="Gives saved minutes to the stages ahead; when we are over, shows what each would give up.",
    ),
    Command("wording.overview", "Wording: what was rephrased or kept", ("W",), Place.MEETING, looks=True),
    Command("similar", "Earlier retros that resemble this", ("S", "f12"), Place.MEETING, looks=True),
    Command("retro.edit", "Title, people, severity, impact, summary", ("f10", "R"), Place.MEETING),
    Command("report", "The write-up as it stands", ("f11", "r"), Place.MEETING, looks=True),
    Command(
        "retro.as_team",
        "Open it up into a team retro",
        (),
        Place.MEETING,
        help="Makes a copy for the team, without what is private; this one stays as it is.",
        looks=True,
    ),
    Command("actions.copy", "Copy the action items to the clipboard", ("Y",), Place.MEETING, looks=True),
    Command(
        "save.elsewhere",
        "Save to another place",
        (),
        Place.MEETING,
        help="Asks for a folder or a file and goes on there, as when the disk is full or a share is gone.",
    ),
    Command(
        "save.settle",
        "Settle two versions of the file",
        (),
        Place.MEETING,
        help="When the file was changed from outside: this screen's version or the other goes on. Both stay.",
    ),
    Command("home", "Back to home", ("q",), Place.MEETING, looks=True),
    # typing
    Command("board", "To the board", ("escape",), Place.COMPOSER, "board", looks=True),
    Command("wording.rewrite", "Take the rewrite", ("ctrl+r",), Place.COMPOSER, priority=True),
    Command("wording.keep", "Keep my words, with a reason", ("ctrl+g",), Place.COMPOSER, priority=True),
    Command("column.next", "Next column, or to the board", ("tab",), Place.COMPOSER),
    # the board
    Command("compose", "Type", ("i", "enter"), Place.BOARD, "type"),
    Command("projector.leave", "Back from the projector view", ("escape",), Place.BOARD, looks=True),
    Command("item.edit", "Edit the selected item", ("e",), Place.BOARD, "edit"),
    Command("item.delete", "Delete the selected item", ("d", "delete"), Place.BOARD, "delete"),
    Command("item.up", "Move the selected item up", ("shift+up", "K"), Place.BOARD),
    Command("item.down", "Move the selected item down", ("shift+down", "J"), Place.BOARD),
    Command("item.merge", "Merge the selected item with another", ("m",), Place.BOARD),
    Command(
        "item.vote",
        "Hands for the selected item",
        tuple("0123456789"),
        Place.BOARD,
        "hands",
        "Two digits in a row make a number above nine.",
        numbered=True,
    ),
    Command("ballot", "Secret vote, passing the keyboard", ("b",), Place.BOARD),
    Command("topic", "Take the selected item up, with its own clock", ("t",), Place.BOARD, "topic"),
    Command("item.kind", "Kind of the selected item", ("k",), Place.BOARD, "kind"),
    Command("item.action", "Make it an action item", ("a",), Place.BOARD, "action"),
    Command("item.link", "Link the selected item", ("l",), Place.BOARD, "link"),
    # timeline
    Command(
        "event.figures", "The figures with their formulas", ("v",), Place.TIMELINE, "figures", looks=True
    ),
    Command("event.evidence", "Add an evidence link to the event", ("o",), Place.TIMELINE),
    Command(
        "event.import",
        "Bring in a timeline: chat, pager, alerts, git, a table",
        ("I",),
        Place.TIMELINE,
        "import",
    ),
    Command("event.state", "Hypothesis: open, disproved, confirmed", ("x",), Place.TIMELINE),
    # cards
    Command("card.group", "Group under another card, or stand alone", ("g",), Place.CARDS, "group"),
    Command("card.column", "Column of the selected card, and of the next one", ("c",), Place.CARDS),
    Command("card.private", "Write privately, or openly again", ("s",), Place.CARDS),
    Command("card.reveal", "Reveal the private cards", ("v",), Place.CARDS, "reveal"),
    Command("card.sort", "Order by votes, or as written", ("o",), Place.CARDS, "by votes", looks=True),
    Command("card.next", "Next topic: the one with most votes", ("x",), Place.CARDS, "next topic"),
    # factors
    Command("factor.indent", "Deeper: under the factor before it", ("tab", "right"), Place.FACTORS, "deeper"),
    Command("factor.outdent", "One level up", ("shift+tab", "left"), Place.FACTORS, "up"),
    Command("factor.category", "Category of the factor", ("c",), Place.FACTORS, "category"),
    Command("factor.present", "Still so today, or not any more", ("x",), Place.FACTORS),
    Command("factor.ask", 'Ask "How can we …?" about it', ("w",), Place.FACTORS, "how can we"),
    # how can we
    Command("answer.add", "Answer the selected question", ("w",), Place.HOW_CAN_WE, "answer"),
    Command("safeguard.shelf", "The safeguard shelf", ("s",), Place.HOW_CAN_WE, "shelf"),
    Command("action.done", "Action done, or open again", ("x",), Place.HOW_CAN_WE),
    Command("action.wont", "Will not be done, with a reason", ("X",), Place.HOW_CAN_WE),
    Command("parked.back", "Bring back a parked thought", ("B",), Place.HOW_CAN_WE),
    # opening
    Command("opening.people", "Who is here", ("w",), Place.OPENING, "who is here"),
    Command("opening.rule", "Our ground rule", ("g",), Place.OPENING, "ground rule"),
    Command("opening.safety", "Safety check, 1 to 5 by show of hands", ("s",), Place.OPENING, "safety check"),
    Command("opening.feeling", "A word for how I am now (not saved)", ("v",), Place.OPENING, "a feeling"),
    Command("opening.keep_feeling", "Save the word for how I am, for me alone", ("y",), Place.OPENING),
    Command("old.done", "The old action is done", ("x",), Place.OPENING, "done"),
    Command("old.keep", "Keep the old action: carry it into this retro", ("c",), Place.OPENING, "keep"),
    Command("old.rescope", "Re-scope the old action", ("o",), Place.OPENING, "re-scope"),
    Command("old.drop", "Drop the old action, with a reason", ("X",), Place.OPENING, "drop"),
    # close
    Command("close.learned", "How many learned something", ("c",), Place.CLOSE, "learned"),
    Command("close.attended", "How many were here", ("w",), Place.CLOSE),
    Command("close.roti", "Return on time invested, 1 to 5", ("s",), Place.CLOSE, "return on time"),
    Command("close.finish", "Finish the retro", ("x",), Place.CLOSE, "finish"),
    # home
    Command("home.new", "New retro", ("n",), Place.HOME, "new retro"),
    Command("home.open", "Open the selected retro", ("enter",), Place.HOME, "open"),
    Command("home.solo", "Reflect alone", ("s",), Place.HOME, "reflect alone"),
    Command("home.demo", "Look at the demo", ("d",), Place.HOME, "demo"),
    Command("home.ledger", "All action items", ("a",), Place.HOME, "action items"),
    Command("home.search", "Search", ("slash",), Place.HOME, "search"),
    Command("home.report", "The write-up of the selected retro", ("r",), Place.HOME, "write-up"),
    Command("home.quit", "Leave", ("q",), Place.HOME, "leave"),
    # the ledger
    Command("ledger.done", "It is done", ("d",), Place.LEDGER, "done"),
    Command("ledger.drop", "It will not be done, with a reason", ("X",), Place.LEDGER, "drop"),
    Command("ledger.reopen", "Open again", ("u",), Place.LEDGER),
    Command("ledger.owner", "Owner", ("o",), Place.LEDGER, "owner"),
    Command("ledger.due", "Due day", ("t",), Place.LEDGER, "due"),
    Command("ledger.ticket", "Ticket link", ("l",), Place.LEDGER),
    Command("ledger.which", "Show open, overdue, done or all", ("f",), Place.LEDGER, "open/overdue/done/all"),
    Command("ledger.by_owner", "Only this owner's, or everybody's", ("w",), Place.LEDGER),
    Command("ledger.by_kind", "Only one kind", ("k",), Place.LEDGER, "kind"),
    Command("ledger.open", "Open its retro", ("enter",), Place.LEDGER, "its retro"),
    Command("ledger.copy", "Copy what is shown", ("y",), Place.LEDGER, "copy"),
    Command("ledger.export", "Write what is shown to a file", ("x",), Place.LEDGER, "export"),
    Command("ledger.left_out", "Files left out, and why", ("exclamation_mark",), Place.LEDGER),
    Command("ledger.back", "Back", ("q", "escape"), Place.LEDGER, "back"),
    # the write-up
    Command(
        "report.export", "Write it to a Markdown file beside the retro", ("e",), Place.REPORT, "write a file"
    ),
    Command("report.copy", "Copy it to the clipboard", ("y",), Place.REPORT, "copy"),
    Command("report.back", "Back", ("q", "escape"), Place.REPORT, "back"),
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

NEVER = frozenset({"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+c"})
"""Keys that screen, tmux, flow control and interrupting need; nothing is bound to them."""

_WORDS = {
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "slash": "/",
    "exclamation_mark": "!",
    "escape": "esc",
    "enter": "⏎",
    "delete": "del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_words(key: str) -> str:
    """A key as people write it: `F2`, `ctrl+z`, `?`."""
    *modifiers, last = key.split("+") if key != "plus" else ["plus"]
    word = _WORDS.get(last, last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    return "+".join((*modifiers, word))


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command, after the user's own keymap."""
    own = keymap.get(command.id)
    return command.keys if own is None else tuple(key.strip() for key in own.split(",") if key.strip())


def first_key(command_id: str, keymap: Mapping[str, str]) -> str:
    """The key of a command as people write it; the command's own name when it has none."""
    command = BY_ID[command_id]
    keys = keys_of(command, keymap)
    return key_words(keys[0]) if keys else f"“{command.label}”"


def commands_for(places: Iterable[Place]) -> tuple[Command, ...]:
    """The commands of some places, in the order of the registry."""
    wanted = set(places)
    return tuple(command for command in COMMANDS if command.place in wanted)


def key_table(keymap: Mapping[str, str] | None = None) -> str:
    """The table of all keys as Markdown, for the docs."""
    lines: list[str] = []
    for place, title in PLACE_TITLES.items():
        commands = commands_for((place,))
        if not commands:
            continue
        lines += [f"### {title}", "", "| key | does | name in settings |", "|---|---|---|"]
        for command in commands:
            keys = keys_of(command, keymap or {})
            words = (
                "0-9" if command.numbered else " ".join(f"`{key_words(key)}`" for key in keys) or "palette"
            )
            words = words.replace("|", "\\|")
            label = f"{command.label}. {command.help}" if command.help else command.label
            lines.append(f"| {words} | {label} | `{command.id}` |")
        lines.append("")
    return "\n".join(lines)
