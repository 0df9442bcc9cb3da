"""`templates`, `rules`, `themes` and `settings`: what there is, and what is wrong with a team's own."""

from pathlib import Path

import pytest

from tests.cli.running import Runner

RULE = """
class = "omission"

[[rule]]
id = "team.dropped-the-ball"
why = "It tells nothing about what was dropped, or why."
questions = ["What was in the way?"]
match = ["P dropped the ball"]
hits = ["{hit}"]
misses = ["the queue dropped the message"]
"""


def test_templates_are_listed_and_shown(run: Runner) -> None:
    listed = run("templates", "list")
    assert listed.status == 0 and "incident: " in listed.out and "balanced-60 (60 min)" in listed.out
    shown = run("templates", "show", "incident")
    assert shown.status == 0 and "Root causes (causes)" in shown.out and "    - " in shown.out


def test_the_shipped_templates_are_in_order(run: Runner) -> None:
    result = run("templates", "test")
    assert result.status == 0 and not result.out and "0 to mend" in result.err


def test_a_bad_template_is_named_with_its_line(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("title = 5\n", encoding="utf-8")
    result = run("templates", "test", path)
    assert result.status == 1 and result.out.startswith(f"{path}:")


@pytest.mark.parametrize("command", ["templates", "rules", "themes"])
def test_a_family_alone_says_what_it_has(run: Runner, command: str) -> None:
    result = run(command)
    assert result.status in (0, 2) and "list" in result.out + result.err


def test_themes_are_listed_and_a_broken_one_is_named(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "themes"
    folder.mkdir()
    (folder / "bad.toml").write_text('name = "bad"\n[colors]\nprimary = 5\n', encoding="utf-8")
    result = run("themes", "list")
    assert result.status == 0 and len(result.out.splitlines()) >= 6
    assert "bad.toml" in result.err and "\nbad " not in result.out


def test_rules_are_listed_by_class(run: Runner) -> None:
    result = run("rules", "list")
    assert result.status == 0
    assert "counterfactual\n  counterfactual." in result.out and "strict" in result.out


def test_a_teams_own_rule_is_tried_out(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        RULE.format(hit="ana dropped the ball").replace("[[rule]]", 'people = ["Ana"]\n\n[[rule]]')
    )
    good = run("rules", "test", path)
    assert good.status in (0, 1)
    path.write_text("[[rule]]\nid = 5\n")
    bad = run("rules", "test", path)
    assert bad.status == 2 and "ours.toml" in bad.err and "Traceback" not in bad.err


def test_settings_are_shown_with_where_they_came_from(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "home" / "settings.toml"
    file.write_text('bell = true\n[wording]\nwell = "off"\n', encoding="utf-8")
    monkeypatch.setenv("RETROTUI_DIR", str(tmp_path / "there"))
    result = run("settings")
    assert result.status == 0
    lines = {line.split()[0]: line for line in result.out.splitlines()}
    assert f"{file}:1" in lines["bell"] and "true" in lines["bell"]
    assert f"{file}:3" in lines["wording.well"] and "off" in lines["wording.well"]
    assert "RETROTUI_DIR" in lines["dir"] and "default" in lines["theme"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('theme = "nope"', "No theme is called 'nope'"),
        ('[keymap]\nundo = "ctrl+c"', "ctrl+c is left to the terminal"),
        ('[keymap]\nnonsense = "x"', "no command 'nonsense'"),
        ('[keymap]\nprojector = "F8"', "f8"),
    ],
)
def test_keys_and_themes_that_the_screen_would_leave_out_are_named(
    run: Runner, tmp_path: Path, setting: str, said: str
) -> None:
    (tmp_path / "home" / "settings.toml").write_text(setting, encoding="utf-8")
    result = run("settings")
    assert result.status == 1
    assert "settings.toml" in result.err and said in result.err.lower() + result.err


@pytest.mark.parametrize("theme", ["linen", "nord"])
def test_our_themes_and_textuals_own_are_fine(run: Runner, tmp_path: Path, theme: str) -> None:
    (tmp_path / "home" / "settings.toml").write_text(f'theme = "{theme}"', encoding="utf-8")
    assert (run("settings").status, run("settings").err) == (0, "")


def test_bad_settings_are_named_and_the_rest_holds(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "home" / "settings.toml").write_text('bell = "loud"\ntheme = "linen"\n[keymap]\npause = 5\n')
    result = run("settings")
    assert result.status == 1 and "settings.toml:1" in result.err and "keymap" in result.err
    assert "linen" in result.out and "Traceback" not in result.err
