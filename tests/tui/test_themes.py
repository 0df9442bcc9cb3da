"""Themes: what ships can be read by everybody, and nothing in a theme file can stop the app."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.color import Color
from textual.css.tokenize import tokenize_value
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Button, Footer, Input, Label, Markdown, OptionList, Static, TextArea

from retrotui.tui.theme_contrast import RGB, XTERM_PALETTE, contrast_pairs, contrast_ratio, relative_luminance
from retrotui.tui.theme_files import ANSI_NAMES, LARGEST_FILE, read_theme_file, read_theme_files
from retrotui.tui.theme_variables import BASE_COLOURS, TABLES
from retrotui.tui.themes import (
    DEFAULT_THEME,
    PROJECTOR_THEME,
    VARIABLE_NAMES,
    VARIABLES,
    load_themes,
    shipped_themes_dir,
    theme_summaries,
    variable_defaults,
)

#: The sixteen colours of the VGA text mode, as Linux' console and many terminals still draw them.
VGA_PALETTE: tuple[RGB, ...] = (
    (0, 0, 0),
    (170, 0, 0),
    (0, 170, 0),
    (170, 85, 0),
    (0, 0, 170),
    (170, 0, 170),
    (0, 170, 170),
    (170, 170, 170),
    (85, 85, 85),
    (255, 85, 85),
    (85, 255, 85),
    (255, 255, 85),
    (85, 85, 255),
    (255, 85, 255),
    (85, 255, 255),
    (255, 255, 255),
)

SHIPPED = {file.name: file for file in read_theme_files()[0]}
GOOD = '[colors]\nprimary = "#7fb4d6"\nforeground = "#e8edf1"\nbackground = "#10151a"\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problem(folder: Path) -> str:
    """The only problem of the only user theme."""
    (sentence,) = load_themes(folder).problems
    return sentence


# What ships


def test_at_least_seven_themes_ship_without_a_problem() -> None:
    loaded = load_themes()
    assert loaded.problems == ()
    assert len(loaded.themes) >= 7
    assert next(iter(loaded.themes)) == DEFAULT_THEME == loaded.default
    assert PROJECTOR_THEME in loaded.themes


def test_the_kinds_of_theme_people_need_are_all_there() -> None:
    files = SHIPPED.values()
    assert any(not file.dark and file.contrast < 7 for file in files), "a calm light one"
    assert any(file.ansi for file in files), "one for sixteen colours"
    assert {file.dark for file in files if file.contrast >= 7} == {True, False}, "projector, dark and light"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_sets_every_colour_itself(name: str) -> None:
    file = SHIPPED[name]
    assert set(file.chosen) == set(VARIABLE_NAMES)
    assert set(file.colours) >= set(BASE_COLOURS) - {"boost"}
    assert file.name == file.path.stem
    assert file.title and file.description


@pytest.mark.parametrize("name", [name for name, file in SHIPPED.items() if not file.ansi])
def test_every_pair_of_colours_in_a_shipped_theme_can_be_read(name: str) -> None:
    least = SHIPPED[name].contrast
    assert least >= (7 if name.startswith(PROJECTOR_THEME) else 4.5)
    pairs = list(contrast_pairs(load_themes().themes[name], least))
    assert [pair for pair in pairs if pair.ratio < pair.least] == []


@pytest.mark.parametrize("palette", [XTERM_PALETTE, VGA_PALETTE], ids=["xterm", "vga"])
@pytest.mark.parametrize("name", [name for name, file in SHIPPED.items() if file.ansi])
def test_a_sixteen_colour_theme_can_be_read_on_common_dark_terminals(
    name: str, palette: tuple[RGB, ...]
) -> None:
    pairs = list(contrast_pairs(load_themes().themes[name], 4.5, palette))
    assert [pair for pair in pairs if pair.ratio < pair.least] == []


def test_contrast_is_measured_for_text_focus_clock_rail_and_links() -> None:
    measured = {(pair.text, pair.ground) for pair in contrast_pairs(load_themes().themes[DEFAULT_THEME], 4.5)}
    for text in ("foreground", "text", "text-muted", "focus-border", "link-color", "clock-over", "rail-todo"):
        for ground in ("background", "surface", "panel"):
            assert (text, ground) in measured
    assert {text for text, _ in measured} | {ground for _, ground in measured} >= set(VARIABLE_NAMES)


# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# IEEE TVCG 15 (2009): severity 1.0, on linear RGB.
DICHROMACIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def as_seen_with(dichromacy: str, colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as somebody with this dichromacy sees it."""
    channels = [value / 255 for value in Color.parse(colour).rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [
        min(1.0, max(0.0, sum(w * v for w, v in zip(row, linear, strict=True))))
        for row in DICHROMACIES[dichromacy]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        sum(w * v for w, v in zip(row, seen, strict=True)) / full
        for row, full in zip(to_xyz, white, strict=True)
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("dichromacy", DICHROMACIES)
@pytest.mark.parametrize(
    "group",
    [
        ("clock-calm", "clock-amber", "clock-red"),
        ("clock-calm", "clock-amber", "clock-over"),
        ("rail-done", "rail-current", "rail-todo"),
        ("phase-impact", "phase-detected", "phase-mitigated", "phase-resolved"),
        ("save-saved", "save-unsaved", "save-failed"),
        ("action-open", "action-done", "action-overdue"),
    ],
    ids=lambda group: group[0].partition("-")[0],
)
def test_beacon_keeps_states_apart_with_any_colour_vision(dichromacy: str, group: tuple[str, ...]) -> None:
    variables = load_themes().themes["beacon"].variables
    seen = {name: as_seen_with(dichromacy, variables[name]) for name in group}
    for one in group:
        for other in group:
            distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
            assert one == other or distance > 15, f"{one} and {other}: CIE76 distance {distance:.0f}"


def test_the_docs_list_every_variable_and_every_shipped_theme() -> None:
    guide = Path(__file__).parents[2] / "docs" / "templates-and-themes.md"
    text = guide.read_text(encoding="utf-8")
    for variable in VARIABLES:
        assert f"| `[{variable.table}]` `{variable.key}` | `${variable.name}` | {variable.meaning} |" in text
    for name in SHIPPED:
        assert f"| `{name}` |" in text


def test_the_example_in_the_docs_works_as_printed(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "templates-and-themes.md"
    themes = guide.read_text(encoding="utf-8").partition("## Themes")[2]
    example = themes.partition("```toml\n")[2].partition("```")[0]
    write(tmp_path, "example.toml", example)
    loaded = load_themes(tmp_path)
    assert loaded.problems == ()
    assert loaded.themes["coast"].variables["clock-amber"] == "#ECC06C"


def test_a_list_of_themes_needs_no_textual() -> None:
    code = (
        "import sys; from retrotui.tui.theme_files import theme_summaries; assert theme_summaries(); "
        "print([name for name in sys.modules if name.split('.')[0] in {'textual', 'rich', 'pydantic'}])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"


# Formulas


def test_black_on_white_is_21_and_equal_colours_are_1() -> None:
    assert contrast_ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast_ratio((10, 20, 30), (10, 20, 30)) == pytest.approx(1)
    assert contrast_ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.478, abs=0.001)
    assert relative_luminance((255, 0, 0)) == pytest.approx(0.2126)


# A team's own


def test_a_small_theme_takes_the_rest_from_its_base_colours(tmp_path: Path) -> None:
    write(tmp_path, "coast.toml", GOOD + 'warning = "#ffcc66"\n\n[clock]\ncalm = "white"\n')
    loaded = load_themes(tmp_path)
    assert loaded.problems == ()
    theme = loaded.themes["coast"]
    assert set(VARIABLE_NAMES) <= set(theme.variables)
    assert theme.variables["clock-calm"] == "#FFFFFF"
    assert theme.variables["clock-amber"] == "#FFCC66"
    assert theme.variables["clock-red"] == theme.primary
    assert list(loaded.themes)[-1] == "coast"


def test_a_theme_with_a_shipped_name_takes_its_place(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", f'name = "{DEFAULT_THEME}"\ntitle = "Our harbour"\n{GOOD}')
    loaded = load_themes(tmp_path)
    assert loaded.themes[DEFAULT_THEME].background == "#10151A"
    assert next(iter(loaded.themes)) == DEFAULT_THEME
    listed = [summary for summary in theme_summaries(tmp_path) if summary.name == DEFAULT_THEME]
    assert [summary.source for summary in listed] == [str(tmp_path / "ours.toml")]


def test_a_broken_theme_with_a_shipped_name_leaves_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, f"{DEFAULT_THEME}.toml", '[colors]\nprimary = "#12"\n')
    loaded = load_themes(tmp_path)
    assert loaded.themes[DEFAULT_THEME] == load_themes().themes[DEFAULT_THEME]
    assert len(loaded.problems) == 1
    assert [summary.usable for summary in theme_summaries(tmp_path) if summary.name == DEFAULT_THEME] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("primary = ", "not valid TOML"),
        (GOOD.replace("#7fb4d6", "#7fb4d"), "colors.primary: '#7fb4d' is not a colour; write '#rrggbb'"),
        (GOOD.replace("#7fb4d6", "bleu"), "colors.primary: 'bleu' is not a colour; did you mean 'blue'?"),
        (GOOD.replace('"#7fb4d6"', "7"), "colors.primary: 7 is not a colour; write it in quotes"),
        (GOOD.replace("primary", "primry"), "did you mean 'primary'?"),
        (GOOD + '[clock]\nambr = "#ffffff"\n', "clock.ambr: [clock] has no such key; did you mean 'amber'?"),
        (
            GOOD + '[clok]\ncalm = "#ffffff"\n',
            "there is no such key or table in a theme; did you mean 'clock'?",
        ),
        ("clock = 3\n" + GOOD, "clock: 3 found where a table [clock] is expected."),
        ('name = "Blue, Sky"\n' + GOOD, "cannot be a theme's name"),
        ('dark = "yes"\n' + GOOD, "dark: 'yes' is neither true nor false."),
        ("contrast = 70\n" + GOOD, "contrast: 70 is not a contrast ratio from 1 to 21"),
        ('title = "one\\ntwo"\n' + GOOD, "title: 'one\\ntwo' is not one line of text"),
        (GOOD + '[clock]\ncalm = "ansi_red"\n', "needs the line ansi = true"),
        ("ansi = true\n" + GOOD, "ansi = true allows only ansi_default"),
        (GOOD + '[clock]\ncalm = "transparent"\n', "'transparent' cannot be seen"),
        (
            GOOD + '[variables]\nscrolbar = "#ffffff"\n',
            "Textual has no such variable; did you mean 'scrollbar'?",
        ),
        (GOOD + '[variables]\nclock-calm = "#ffffff"\n', "this one is set as calm in the table [clock]"),
        (GOOD + '[variables]\nscrollbar = "10"\n', "variables.scrollbar: '10' is not a colour"),
        (GOOD + '[variables]\nscrollbar = "#fff 300%"\n', "only a percentage from 0% to 100% may follow"),
        (GOOD + '[variables]\nscrollbar = "auto 20%"\n', "'auto' is possible for text only"),
        (GOOD + '[variables]\nlink-style = "boldd"\n', "'boldd' is not a text style"),
        (GOOD + "[variables]\nlink-style = 3\n", "3 found where text in quotes is expected"),
        ('[colors]\nprimary = "#7fb4d6"\n', "missing: foreground and background"),
        (GOOD.replace("#e8edf1", "#10151b"), "hard to read"),
    ],
)
def test_a_mistake_is_told_with_file_key_finding_and_what_is_allowed(
    tmp_path: Path, text: str, expected: str
) -> None:
    write(tmp_path, "coast.toml", text)
    sentences = load_themes(tmp_path).problems
    assert sentences
    assert all(sentence.startswith("coast.toml: ") for sentence in sentences)
    assert expected in " ".join(sentences)


@pytest.mark.parametrize(
    ("value", "kept"), [("auto 70%", "auto 70%"), ("red 50%", "#FF00007F"), ("red", "#FF0000")]
)
def test_textual_variables_are_taken_in_the_spelling_every_rule_understands(
    tmp_path: Path, value: str, kept: str
) -> None:
    write(
        tmp_path,
        "coast.toml",
        f'{GOOD}[variables]\nbutton-color-foreground = "{value}"\nlink-style = "not bold"\n',
    )
    variables = load_themes(tmp_path).themes["coast"].variables
    assert variables["button-color-foreground"] == kept
    assert variables["link-style"] == "not bold"


def test_two_files_with_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'name = "coast"\n' + GOOD)
    write(tmp_path, "b.toml", 'name = "coast"\n' + GOOD.replace("#10151a", "#000000"))
    assert "b.toml: name: 'coast' is taken by a.toml" in problem(tmp_path)
    assert load_themes(tmp_path).themes["coast"].background == "#10151A"


def test_a_folder_a_huge_file_and_bytes_are_named_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "huge.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"\n')
    (tmp_path / "deep.toml").write_text("x = " + "[" * 5000, encoding="utf-8")
    write(tmp_path, "notes.txt", "not a theme")
    loaded = load_themes(tmp_path)
    assert [sentence.partition(":")[0] for sentence in loaded.problems] == [
        "deep.toml",
        "folder.toml",
        "huge.toml",
        "latin.toml",
    ]
    assert list(loaded.themes) == list(load_themes().themes)


def test_a_themes_folder_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "nowhere").problems == ()


def test_a_themes_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "themes", "")
    assert str(path) in problem(path)
    assert theme_summaries(path)[-1].problems


def test_without_any_theme_there_is_still_one_to_start_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrotui.tui.theme_files.shipped_themes_dir", lambda: tmp_path / "nowhere")
    loaded = load_themes()
    assert loaded.default in BUILTIN_THEMES
    assert loaded.following("harbour") in BUILTIN_THEMES
    assert "missing" in loaded.problems[0]


def test_next_goes_round_and_an_unknown_theme_is_answered_kindly() -> None:
    loaded = load_themes()
    names = list(loaded.themes)
    seen = [names[0]]
    for _ in names:
        seen.append(loaded.following(seen[-1]))
    assert seen == [*names, names[0]]
    assert loaded.following("nobody") == names[0]
    assert loaded.refusal(DEFAULT_THEME) == ""
    assert "did you mean 'harbour'?" in loaded.refusal("harbor")


def test_the_shipped_folder_is_found_in_a_source_tree_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (shipped_themes_dir() / f"{DEFAULT_THEME}.toml").is_file()
    package = tmp_path / "site-packages" / "retrotui"
    (package / "_themes").mkdir(parents=True)
    monkeypatch.setattr("retrotui.tui.theme_files.__file__", str(package / "tui" / "theme_files.py"))
    assert shipped_themes_dir() == (package / "_themes").resolve()


# Anything at all

scalars = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*ANSI_NAMES, "#fff", "#12345678", "red", "auto", "auto 5%", "rgb(1,2,3)", "hsl(1,2%,3%)", "bold"]
    ),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=True),
    st.booleans(),
    st.datetimes(),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
keys = st.sampled_from(
    [key for table in TABLES.values() for key in table] + ["scrollbar", "link-style", "text"]
)
tables = st.dictionaries(keys | st.text(max_size=8), values, max_size=6)
tops = st.sampled_from([*TABLES, "variables", "name", "title", "description", "dark", "ansi", "contrast"])


@given(document=st.dictionaries(tops | st.text(max_size=8), tables | values, max_size=8))
@settings(max_examples=100, deadline=None)
def test_any_toml_gives_a_theme_or_a_sentence(
    document: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("themes")
    write(folder, "fuzz.toml", tomli_w.dumps(document))
    check_garbage(folder)


@given(
    raw=st.binary(max_size=200) | st.text(alphabet="[]{}=\"'#\\\n.,abc123-:", max_size=120).map(str.encode)
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_theme_or_a_sentence(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("themes")
    (folder / "fuzz.toml").write_bytes(raw)
    check_garbage(folder)


def check_garbage(folder: Path) -> None:
    loaded = load_themes(folder)
    assert loaded.problems, "no base colours, so something must be said"
    for sentence in loaded.problems:
        assert sentence.startswith("fuzz.toml: ")
        assert sentence.isprintable(), "safe to print on any terminal"
        assert sentence.endswith(".")
    assert theme_summaries(folder)


colours = st.one_of(
    st.integers(0, 0xFFFFFF).map("#{:06x}".format),
    st.integers(0, 0xFFFFFFFF).map("#{:08x}".format),
    st.sampled_from(["red", "white", "rgb(1,2,3)", "hsl(20,30%,40%)", "rgba(0,0,0,0.5)"]),
)


@given(
    base=st.fixed_dictionaries(
        {"primary": colours, "foreground": colours, "background": colours},
        optional=dict.fromkeys(BASE_COLOURS[5:], colours),
    ),
    clock=st.dictionaries(st.sampled_from(TABLES["clock"]), colours),
    dark=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_accepted_is_understood_by_style_sheets(
    base: dict[str, str], clock: dict[str, str], dark: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("themes")
    write(folder, "any.toml", tomli_w.dumps({"dark": dark, "colors": base, "clock": clock}))
    theme = load_themes(folder).themes.get("any")
    if theme is None:
        assert "cannot be seen" in " ".join(load_themes(folder).problems)
        return
    for value in {**theme.to_color_system().generate(), **theme.variables}.values():
        assert list(tokenize_value(value, ("", "")))


# On a screen


class Gallery(App[None]):
    """Every variable on a widget of its own, and the common widgets around them."""

    CSS = "\n".join(
        [
            *(f"#{v.name} {{ color: ${v.name}; }}" for v in VARIABLES),
            # Textual's own themes have a text-muted that is "auto", which is for words only.
            *(
                f"#{v.name} {{ background: ${v.name} 20%; border: tall ${v.name}; }}"
                for v in VARIABLES
                if v.name != "text-muted"
            ),
            "Label { color: $foreground-disabled; background: $surface-active; text-style: $link-style; }",
        ]
    )

    def __init__(self, themes: list[Theme]) -> None:
        self._offered = themes
        super().__init__()
        for theme in themes:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Input("typed", placeholder="empty")
        yield TextArea("several\nlines")
        yield OptionList("one", "two")
        yield Button("Go", variant="error")
        yield Label("label")
        yield Markdown("# one\n\n## two\n\n[link](https://example.org)")
        for name in VARIABLE_NAMES:
            yield Static(name, id=name)
        yield Footer()


async def test_every_theme_can_be_switched_to_on_a_running_screen(tmp_path: Path) -> None:
    write(
        tmp_path,
        "coast.toml",
        GOOD + '[variables]\nborder = "red 50%"\nlink-style = "not bold"\ntext = "auto 90%"\n',
    )
    themes = list(load_themes(tmp_path).themes.values())
    app = Gallery([*themes, *(BUILTIN_THEMES[name] for name in ("textual-light", "nord", "ansi-dark"))])
    async with app.run_test(size=(80, 24)) as pilot:
        for theme in app._offered:
            app.theme = theme.name
            await pilot.pause()
            clock = app.query_one("#clock-calm", Static).styles
            if theme in themes:
                assert clock.color == Color.parse(theme.variables["clock-calm"])
            assert app.query_one("#phase-impact", Static).styles.background.a > 0


def test_a_shipped_file_says_nothing_twice_and_is_plain_toml() -> None:
    for path in shipped_themes_dir().glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
        assert read_theme_file(path, shipped=True).problems == []
