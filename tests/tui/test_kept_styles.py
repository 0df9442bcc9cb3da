"""Style rules that are kept are the rules that would have been read, and a spoilt file is as good as none."""

import os
import pickle
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from retrotui.tui.kept_styles import FILE_NAME, KeptStylesheet

COLOURS = {"ground": "#102030", "text": "#f0f0f0"}
SHEET = """
Screen { background: $ground; layout: vertical; }
#top, .dialog > Static:focus { color: $text 50%; width: 1fr; &.-held { border: heavy $text; height: 3; } }
Vertical Input { display: none !important; margin: 1 2; grid-size: 2; transition: offset 200ms; }
"""


def css_of(sheet: Stylesheet) -> list[str]:
    """The rules of a sheet in words, with what decides between them."""
    sheet.add_source(SHEET, ("here", ""))
    return [
        f"{rule.css} {sorted(rule.selector_names)} {[each.specificity for each in rule.selector_set]}"
        for rule in sheet.rules
    ]


def kept(folder: Path, colours: dict[str, str] = COLOURS) -> KeptStylesheet:
    """A sheet that has read, and kept, everything."""
    sheet = KeptStylesheet(folder, colours)
    css_of(sheet)
    sheet.keep()
    return sheet


def test_kept_rules_are_those_that_would_have_been_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = css_of(Stylesheet(variables=dict(COLOURS)))
    kept(tmp_path)
    again = KeptStylesheet(tmp_path, COLOURS)
    monkeypatch.setattr(Stylesheet, "_parse_rules", None)  # nothing may be read any more
    assert css_of(again) == expected
    assert expected


def test_other_colours_are_read_anew_and_kept_instead(tmp_path: Path) -> None:
    kept(tmp_path)
    other = {**COLOURS, "ground": "#ffffff"}
    assert css_of(KeptStylesheet(tmp_path, other)) != css_of(KeptStylesheet(tmp_path, COLOURS))
    kept(tmp_path, other)
    assert css_of(KeptStylesheet(tmp_path, other)) == css_of(Stylesheet(variables=other))


def test_a_theme_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    sheet = KeptStylesheet(tmp_path, COLOURS)
    sheet.set_variables({**COLOURS, "ground": "#ffffff"})
    css_of(sheet)
    sheet.keep()
    assert not (tmp_path / FILE_NAME).exists()


class Evil:
    """Calls something when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("called",)


@pytest.mark.parametrize("spoil", ["cut", "noise", "another stamp", "evil", "a list", "empty"])
def test_a_spoilt_file_is_read_anew_and_calls_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    monkeypatch.chdir(tmp_path)
    kept(tmp_path)
    file = tmp_path / FILE_NAME
    stamp, _, data = file.read_bytes().partition(b"\n")
    file.write_bytes(
        {
            "cut": stamp + b"\n" + data[:-200],
            "noise": stamp + b"\n" + bytes(range(256)),
            "another stamp": b"0" * len(stamp) + b"\n" + data,
            "evil": stamp + b"\n" + pickle.dumps({"key": Evil()}),
            "a list": stamp + b"\n" + pickle.dumps([1]),
            "empty": b"",
        }[spoil]
    )
    assert css_of(KeptStylesheet(tmp_path, COLOURS)) == css_of(Stylesheet(variables=dict(COLOURS)))
    assert not Path("called").exists()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    kept(tmp_path / "taken")
    kept(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / FILE_NAME).is_file()
