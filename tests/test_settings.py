"""A person's settings: each value with where it came from, and a sentence for whatever is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from retrotui.blameless import DEFAULT_POLICY, Policy, Section
from retrotui.settings import Settings, load_settings, local_timezone, settings_file


def loaded(tmp_path: Path, text: str | bytes, **env: str) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings({"RETROTUI_CONFIG": str(path), "TZ": "UTC", **env})


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "nowhere")
    settings = load_settings({"TZ": "Europe/Dublin"})
    assert settings.problems == ()
    assert settings.theme == ""
    assert settings.bell is False
    assert settings.timezone == "Europe/Dublin"
    assert settings.policies == DEFAULT_POLICY
    assert settings.keymap == {}
    assert settings.dir is None
    assert settings_file({}) == tmp_path / "nowhere" / "settings.toml"
    assert {setting.origin for setting in settings.listed()} == {"default"}


def test_every_value_knows_where_it_came_from(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        'theme = "linen"\nbell = true\nfacilitator = "Ana"\ntimezone = "Europe/Dublin"\ndir = "my retros"\n'
        '[wording]\ncauses = "coach"\n'
        '[keymap]\npause = "f2, space"\n"undo" = ["u", "ctrl+z"]\nclock.start = "x"\n',
        RETROTUI_THEME="harbour",
    )
    assert settings.problems == ()
    assert settings.theme == "harbour"
    assert settings.bell
    assert settings.dir == tmp_path / "my retros"
    assert settings.policies[Section.CAUSES] is Policy.COACH
    assert settings.policies[Section.ACTIONS] is Policy.STRICT
    assert settings.keymap == {"pause": "f2, space", "undo": "u,ctrl+z", "clock.start": "x"}
    origins = {setting.key: setting.origin for setting in settings.listed()}
    assert origins["theme"] == "environment RETROTUI_THEME"
    assert origins["bell"] == f"{tmp_path / 'settings.toml'}:2"
    assert origins["wording.causes"] == f"{tmp_path / 'settings.toml'}:7"
    assert origins["keymap.undo"].endswith(":10")
    assert origins["wording.well"] == "default"


def test_the_environment_names_the_folder(tmp_path: Path) -> None:
    settings = loaded(tmp_path, 'dir = "other"', RETROTUI_DIR=str(tmp_path / "retros"))
    assert settings.dir == tmp_path / "retros"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "them = 'linen'",
            "settings.toml:1: them: there is no such setting; it is left out; did you mean 'theme'?",
        ),
        ("bell = 'yes'", "settings.toml:1: bell: found 'yes'; write true or false"),
        ("theme = 5", "theme: found a number; write text in quotation marks"),
        ("timezone = 'Dublin'", "timezone: 'Dublin' is not a time zone; use a name such as Europe/Dublin"),
        (
            "[wording]\ncauses = 'strct'",
            ":2: wording.causes: found 'strct'; allowed are strict, coach, off; did",
        ),
        ("[wording]\ncause = 'off'", "wording.cause: there is no such setting; it is left out; did you mean"),
        ("wording = 5", "wording: found a number; write a [wording] table"),
        ("keymap = []", "keymap: found a list; write a [keymap] table"),
        ("[keymap]\npause = 2", "keymap.pause: found a number; write keys in quotation marks"),
        ("dir = ''", "dir: '' is not a folder's name"),
        ("a = ", "settings.toml:1: found 'a =': this is not TOML: what stands behind = is no value"),
        (
            "bell = true\ntheme = linen",
            ":2: found 'theme = linen': this is not TOML: what stands behind = is",
        ),
        ("theme = 'linen'\ntheme = 'x'", ":2: found \"theme = 'x'\": this key is there twice; take one"),
        ('theme = "linen\nbell = true', ":1: found 'theme = \"linen': this is not TOML: a text that begins"),
        ("[keymap", ":1: found '[keymap': this is not TOML: a heading needs its closing brackets"),
        ("theme", ":1: found 'theme': this is not TOML: a key needs = and a value behind it"),
        ("a = [1,\n2", "this is not TOML"),
        ("theme = linen", "Until it is mended the defaults are used"),
        ("a = " + "[" * 5_000, "take it out. Until then the defaults are used"),
        ("a = " + "9" * 5_000, "take it out. Until then the defaults are used"),
        (b"\xff", "settings.toml:1: this is not UTF-8; save it as UTF-8"),
        (b"bell = true\n\xff", "settings.toml:2: this is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_wrong_is_said_and_left_out(tmp_path: Path, text: str | bytes, problem: str) -> None:
    settings = loaded(tmp_path, text)
    assert len(settings.problems) == 1
    assert problem in settings.problems[0]
    assert settings.policies == DEFAULT_POLICY


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    assert "larger than 1 MB" in loaded(tmp_path, "#" * 2_000_000).problems[0]


def test_one_wrong_value_leaves_the_others(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "theme = 5\nbell = true\n[wording]\nwell = 'off'\ncauses = 7\n")
    assert settings.bell
    assert settings.wording == {"well": "off"}
    assert len(settings.problems) == 2


def test_a_file_that_was_asked_for_and_is_not_there_is_said(tmp_path: Path) -> None:
    missing = load_settings({"RETROTUI_CONFIG": str(tmp_path / "gone.toml"), "TZ": "UTC"})
    assert missing.problems == (f"{tmp_path / 'gone.toml'}: there is no such file; the defaults are used",)
    folder = load_settings({"RETROTUI_CONFIG": str(tmp_path), "TZ": "UTC"})
    assert "this is not a file" in folder.problems[0]


def test_the_folders_of_a_person_and_of_a_team(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    retros = tmp_path / "retros"
    assert settings.themes_dir == tmp_path / "themes"
    assert settings.template_dirs(retros) == (tmp_path / "templates", retros / ".retrotui" / "templates")
    for folder in (tmp_path / "rules", retros / ".retrotui" / "rules"):
        folder.mkdir(parents=True)
        (folder / "own.toml").write_text("", encoding="utf-8")
        (folder / "notes.md").write_text("", encoding="utf-8")
    assert [path.parent.parent for path in settings.rule_files(retros)] == [tmp_path, retros / ".retrotui"]


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text("a=\"'[]{}.\n#5theme ", max_size=40).map(str.encode)))
def test_no_file_of_settings_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    settings = loaded(tmp_path_factory.mktemp("s"), data)
    assert all(problem.isprintable() for problem in settings.problems)
    list(settings.listed())


def test_the_zone_of_this_machine_is_one_that_is_known() -> None:
    assert local_timezone({"TZ": ":America/St_Johns"}) == "America/St_Johns"
    assert local_timezone({"TZ": "nonsense"})
    assert local_timezone({})
