"""One person alone after a mistake, by keys, from the shell to a page for a lead: whole and unblaming."""

import re
import subprocess
from datetime import date

from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal, own_environment, retrotui_command

TITLE = "Cleanup script ran on the production database"
IMPACT = "The orders page was empty for 29 minutes; no order was lost"
FEELING = "sick with shame"
MOMENTS = (
    "09:02 I opened a terminal to clean up the test data",
    "09:04 I saw the same prompt as on the test host",
    "09:04 I expected the test database",
    "09:05 I ran the cleanup script, so stupid of me",
    "09:06 oh no, the orders page was empty",
    "09:08 I told the on-call channel",
    "09:35 I restored the backup of last night",
)
HELPED = ("The nightly backup was there and had been restored before", "Priya sat with me during the restore")
CONDITIONS = (
    "Both hosts show the same prompt",
    "The script takes the host from the environment",
    "it was my fault",
    "I should have checked the host",
)
PAGE_LINES = 60
"""Lines of a printed page."""
BLAMING = re.compile(
    r"my fault|stupid|should have|idiot|sorry|asham|careless|to blame|carefully|I forgot", re.IGNORECASE
)


def lines(screen: Terminal, *texts: str) -> None:
    """Types lines, each seen to be taken before the next one."""
    for text in texts:
        screen.enter(text)
        shown = re.sub(r"^> |^\d\d:\d\d | #\w+$", "", text)
        screen.wait_for(shown[:40])
        screen.wait_for("⏎ adds it")


def command(desk: Desk, *words: str) -> str:
    """What a command prints."""
    ran = subprocess.run(
        [*retrotui_command(), *words],
        env=own_environment(desk.folder),
        cwd=desk.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return ran.stdout


def on_the_board(screen: Terminal) -> None:
    screen.press("esc")
    screen.wait_for("i type")


def reflect(screen: Terminal) -> None:
    """The whole path, typed."""
    screen.wait_for("How am I now", "Nothing leaves this machine")
    screen.enter("How did I end up on production?")
    screen.wait_for("How did I end up on production?")
    on_the_board(screen)
    screen.press("v")
    screen.wait_for("a word for how I am")
    screen.enter(FEELING)
    screen.wait_for("gone when I go on")
    screen.press("f8")
    screen.wait_for("2 of 6 · What happened")
    lines(screen, *MOMENTS[:4])
    screen.wait_for("What would you tell a colleague?")
    screen.enter(MOMENTS[4])
    screen.wait_for("where I began to know more")
    lines(screen, *MOMENTS[5:])
    screen.press("f8")
    screen.wait_for("3 of 6 · What helped")
    lines(screen, *HELPED)
    screen.press("f8")
    screen.wait_for("4 of 6 · Conditions")
    lines(screen, *CONDITIONS)
    screen.press("f8")
    screen.wait_for("5 of 6 · How can I")
    screen.enter("> check the host name twice before I run a script due 2027-01-15")
    screen.wait_for("none to what is around me")
    on_the_board(screen)
    screen.press("s")
    screen.wait_for("The safeguard shelf")
    screen.type("unmistak")
    screen.press("enter")
    screen.wait_for("make it your own")
    screen.press("ctrl+u")
    screen.wait_until(lambda: screen.lines[-5].strip(" │").startswith("#"), "the line without its words")
    due = date(2027, 1, 31).isoformat()
    screen.enter(f"Show the host in red in the prompt of every production host due {due} done when: it shows")
    screen.wait_gone("none to what is around me")
    screen.press("f8")
    screen.wait_for("6 of 6 · Close", "What I will do")
    lines(screen, "A prompt that shows the host is worth more than attention")
    screen.enter("The payments team runs the same script #other")
    screen.wait_for("Who else could use it", "The payments team runs the same script")
    screen.press("f10")
    screen.wait_for("What this is about")
    for _ in range(4):
        screen.press("down")
    screen.enter(IMPACT)
    screen.wait_gone("What this is about")
    on_the_board(screen)
    screen.press("x")
    screen.wait_for("It took some courage to look")


def test_a_solo_retro_becomes_a_page_that_a_lead_is_glad_to_read(desk: Desk) -> None:
    screen = desk.retrotui("solo", TITLE)
    reflect(screen)
    screen.press("r")
    screen.wait_for("## What happened")
    screen.press("q")
    screen.wait_for("6 of 6 · Close")
    screen.wait_saved()
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    assert FEELING.encode() not in b"".join(
        path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()
    )

    page = command(desk, "export", str(desk.file), "--template", "self")
    written = page.splitlines()
    assert len([line for line in written if line.strip()]) <= PAGE_LINES
    assert written[0] == f"# {TITLE}"
    headings = [line.removeprefix("## ") for line in written if line.startswith("## ")]
    assert headings == [
        "What happened",
        "Impact",
        "What made it possible",
        "What helped",
        "What I have already done",
        "Safeguards",
        "What I learned, and who else could use it",
    ]
    assert not BLAMING.search(page)
    assert "I ran the cleanup script" in page
    for fact in (IMPACT, *HELPED, *CONDITIONS[:2], "The payments team runs the same script"):
        assert fact in page
    done = page.split("## What I have already done")[1].split("## ")[0]
    assert "I restored the backup of last night" in done
    safeguards = page.split("## Safeguards")[1].split("## ")[0]
    assert "2027-01-31" in safeguards and "Show the host in red" in safeguards and "it shows" in safeguards
    assert "END" not in page and "None" not in page and "{{" not in page


def test_it_opens_up_for_the_team_without_what_is_private(desk: Desk) -> None:
    screen = desk.retrotui("solo", TITLE)
    reflect(screen)
    screen.wait_saved()
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    mine = desk.file
    before = mine.read_bytes()
    path = command(desk, "open", str(mine), "--as-team", "--no-open").strip()
    text = (desk.folder / path).read_text(encoding="utf-8")
    assert 'mode = "solo"' not in text
    assert "I ran the cleanup script" in text
    assert "How did I end up on production?" not in text
    assert not BLAMING.search(text)
    assert mine.read_bytes() == before
