"""What people paste: a megabyte, control and escape sequences, other scripts. Shown safely, saved exactly."""

import tomllib

from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal

ODD = (
    "ring \x07 bell",
    "clear \x1b[2J\x1b[H screen",
    "title \x1b]0;owned\x07 set",
    "query \x1b[6n\x1b[c\x1bP$qm\x1b\\ end",
    "markup [bold]not bold[/bold] [/] [link=x]y[/link]",
    "dollar $x {y} %s \\n",
    "rtl ‮drow‬ שלום עליכם مرحبا",
    "wide 漢字かな交じり文 ＡＢＣ",
    "combining e\u0301 n\u0303 Z\u0351\u036b\u0343",
    "emoji 👩‍💻 🏳️‍🌈 👍🏽 ❤️ 🇮🇪",
    "tab\there and zero\u200bwidth and \ufeffmark",
    "line\u2028separator and \u0085next",
    "c1 \x9b31m and del \x7f and nul-free",
)


def timeline(desk: Desk) -> Terminal:
    """A meeting in the timeline."""
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    return screen


def texts(desk: Desk) -> list[str]:
    """The texts of the events in the file."""
    return [event["text"] for event in tomllib.loads(desk.file.read_text(encoding="utf-8"))["event"]]


def test_odd_characters_are_shown_safely_and_saved_exactly(desk: Desk) -> None:
    screen = timeline(desk)
    for number, text in enumerate(ODD):
        before = len(screen.raw)
        screen.paste(f"{10 + number}:00 {text}")
        screen.wait_for(text.split()[0])
        screen.press("enter")
        screen.wait_for(f"{10 + number}:00", "14:03 what could be seen")
        drawn = bytes(screen.raw[before:])
        for harmful in (b"\x1b[2J", b"\x1b]0;", b"\x1b[6n", b"\x1bP$q", b"\x07", "‮".encode(), b"\xc2\x9b"):
            assert harmful not in drawn, (text, harmful)
    screen.wait_saved()
    assert texts(desk) == list(ODD)
    screen.resize(80, 24)
    screen.wait_for("bell")
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    assert texts(desk) == list(ODD)


def test_a_megabyte_in_one_line_is_kept_whole(desk: Desk) -> None:
    screen = timeline(desk)
    text = "wörd " * 180_000 + "the end"
    screen.paste(f"14:03 {text}")
    screen.wait_for("the end")
    screen.press("enter")
    screen.wait_for("14:03 what could be seen", "characters more")
    screen.wait_saved()
    assert texts(desk) == [text]
    screen.press("esc")
    screen.wait_for("e edit")
    screen.press("e")
    screen.wait_for("edit e1", "the end")
    screen.press("esc")
    screen.wait_for("14:03 what could be seen")
    assert texts(desk) == [text]


def test_a_megabyte_in_many_lines_becomes_one_entry_each(desk: Desk) -> None:
    screen = timeline(desk)
    lines = [f"10:{number % 60:02} line {number} {'of a log ' * 24}".rstrip() for number in range(4_500)]
    pasted = "\n".join(lines)
    assert len(pasted) > 1_000_000
    screen.paste(pasted)
    screen.wait_for("4500 lines pasted", patience=60)
    screen.wait_saved(patience=60)
    found = texts(desk)
    assert len(found) == 4_500
    assert sorted(found) == sorted(line.split(" ", 1)[1] for line in lines)
    screen.press("ctrl+z")
    screen.wait_for("No events yet", patience=60)
    screen.press("ctrl+q")
    assert screen.wait_for_end(patience=60) == 0
