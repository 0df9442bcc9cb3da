"""Themes as Textual takes them: colours parsed, variables checked, a team's own measured for contrast.

Textual refuses neither a bad colour nor an unknown variable when a theme is set; the app dies at a later
redraw. So everything is checked here, before a theme is handed over. Reading files is for `theme_files.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.css.constants import VALID_STYLE_FLAGS
from textual.theme import Theme

from retrotui.tui.theme_contrast import contrast_pairs
from retrotui.tui.theme_files import (
    DEFAULT_THEME,
    PROJECTOR_THEME,
    ThemeFile,
    read_theme_file,
    read_theme_files,
    refusal,
    shipped_themes_dir,
    shown,
    suggestion,
    theme_summaries,
)
from retrotui.tui.theme_variables import VARIABLE_NAMES, VARIABLES, own_variables

__all__ = [
    "DEFAULT_THEME",
    "PROJECTOR_THEME",
    "VARIABLES",
    "VARIABLE_NAMES",
    "ThemeSet",
    "load_themes",
    "one_shipped",
    "shipped_themes_dir",
    "theme_summaries",
    "variable_defaults",
]

#: Textual's own theme, there when even the shipped ones are missing.
_LAST_RESORT = "textual-dark"

_PERCENT = re.compile(r"100|[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes that can be used, and what is wrong with the others.

    Attributes:
        themes: By name, in the order `ctrl+t` goes through them: the default first, a team's own last.
        problems: Sentences: file, key, what was found, what is allowed.
    """

    themes: Mapping[str, Theme]
    problems: tuple[str, ...]

    @property
    def default(self) -> str:
        """The name to start with; Textual's own dark theme when nothing of ours could be read."""
        return DEFAULT_THEME if DEFAULT_THEME in self.themes else next(iter(self.themes), _LAST_RESORT)

    def following(self, name: str) -> str:
        """The theme after `name`, the first one after the last or after an unknown one."""
        names = list(self.themes)
        if not names:
            return _LAST_RESORT
        return names[(names.index(name) + 1) % len(names)] if name in names else names[0]

    def refusal(self, name: str) -> str:
        """A sentence on why there is no theme called `name`; empty when there is one."""
        return "" if name in self.themes else refusal(name, self.themes)


def load_themes(user_dir: Path | None = None) -> ThemeSet:
    """Load the shipped themes and a team's own. Never raises.

    Args:
        user_dir: The folder of a team's own `*.toml` themes; it need not exist. A theme in it with the name
            of a shipped one takes its place.
    """
    files, problems = read_theme_files(user_dir)
    themes: dict[str, Theme] = {}
    for file in files:
        theme = None if file.broken else _theme(file)
        problems.extend(file.problems)
        if theme is not None:
            themes[theme.name] = theme
    return ThemeSet(themes, tuple(problems))


def one_shipped(name: str, user_dir: Path | None) -> Theme | None:
    """Load a shipped theme alone, for a first picture that needs no other.

    Returns:
        The theme; None where all have to be looked at, because a team's own may take its place, or because
        there is no such theme or something is wrong with it.
    """
    if user_dir is not None and user_dir.exists():
        return None
    if not name.replace("-", "_").isidentifier():  # a name, not a path
        return None
    file = read_theme_file(shipped_themes_dir() / f"{name}.toml", shipped=True)
    theme = _theme(file) if file.name == name and not file.problems else None
    return None if file.problems else theme


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Values of all of `VARIABLES` for a theme that does not know them, such as one of Textual's own.

    What `App.get_theme_variable_defaults` returns, so that `$clock-calm` means something in every theme.
    Textual's `ansi` themes lack a few names that its other themes have; those are filled in too.
    """
    dark, ansi = theme.dark, theme.ansi
    fields = ("primary", "secondary", "accent", "warning", "error", "success", "foreground", "background")
    colours = {name: value for name in fields if (value := getattr(theme, name)) is not None}
    colours.setdefault("foreground", "ansi_default" if ansi else "#e0e0e0" if dark else "#1f1f1f")
    colours.setdefault("background", "ansi_default" if ansi else "#121212" if dark else "#efefef")
    values = own_variables(colours, {})
    own = {name: values[name] for name in VARIABLE_NAMES}
    return {**_ansi_repairs(dark=dark), **own} if ansi else own


def _theme(file: ThemeFile) -> Theme | None:
    """The Textual theme of a file, or None with the reason added to the file's problems."""
    colours = {key: _colour(file, f"colors.{key}", value) for key, value in file.colours.items()}
    tables = {variable.name: f"{variable.table}.{variable.key}" for variable in VARIABLES}
    chosen = {name: _colour(file, tables[name], value) for name, value in file.chosen.items()}
    extra = {name: _extra(file, name, value) for name, value in file.extra.items()}
    if file.broken:
        return None
    variables = own_variables(colours, chosen)
    if file.ansi:
        variables |= _ansi_repairs(dark=file.dark)
    variables |= {name: value for name, value in extra.items() if value}
    theme = Theme(
        name=file.name,
        primary=colours.pop("primary"),
        dark=file.dark,
        ansi=file.ansi,
        variables=variables,
        **colours,  # type: ignore[arg-type]  # mypy maps any str on every other parameter, the bool ones included
    )
    if not file.shipped:
        _warn_of_contrast(file, theme)
    return theme


def _colour(file: ThemeFile, where: str, value: str) -> str:
    """The colour in the one spelling that every style rule takes."""
    try:
        colour = Color.parse(value)
    except (ColorParseError, ValueError) as error:
        near = getattr(error, "suggested_color", None)
        hint = f"; did you mean {near!r}?" if near else "."
        file.refuse(where, f"{shown(value)} is not a colour{hint} Write '#rrggbb', or the name of a colour.")
        return ""
    if colour.is_transparent:
        file.refuse(where, f"{shown(value)} cannot be seen; write '#rrggbb', or leave the line out.")
    return colour.hex


def _extra(file: ThemeFile, name: str, value: str) -> str:
    """A value of `[variables]`, checked for what its name stands for; empty when it is refused or ignored."""
    where = f"variables.{name if name.isascii() and name.isprintable() else shown(name)}"
    known = _textual_variables()
    if name in VARIABLE_NAMES:
        table, _, key = name.partition("-")
        file.warn(where, f"this one is set as {key} in the table [{table}]. It is ignored.")
        return ""
    if name not in known:
        file.warn(where, f"Textual has no such variable{suggestion(name, known)} It is ignored.")
        return ""
    if name.endswith(("-style", "-style-hover")):
        words = value.split()
        flags = sorted(VALID_STYLE_FLAGS - {"not"})
        if not words or words[-1] == "not" or not VALID_STYLE_FLAGS.issuperset(words):
            file.refuse(
                where,
                f"{shown(value)} is not a text style; combine {', '.join(flags)}, each with or without not.",
            )
            return ""
        return " ".join(words)
    return _extra_colour(file, where, value, may_be_auto=known[name])


def _extra_colour(file: ThemeFile, where: str, value: str, *, may_be_auto: bool) -> str:
    word, _, percent = value.strip().partition(" ")
    share = percent.strip()
    number = share.removesuffix("%")
    if share and not (share.endswith("%") and _PERCENT.fullmatch(number)):
        file.refuse(
            where,
            f"{shown(value)} is not a colour; after the colour only a percentage from 0% to 100% may follow.",
        )
        return ""
    if word == "auto":
        if may_be_auto:
            return f"auto {share or '100%'}"
        file.refuse(where, "'auto' is possible for text only; write '#rrggbb', or the name of a colour.")
        return ""
    if file.ansi and not word.startswith("ansi_") and word != "transparent":
        file.refuse(
            where, f"{shown(value)} is not one of the terminal's colours, which ansi = true asks for."
        )
        return ""
    if not file.ansi and word.startswith("ansi_"):
        file.refuse(where, f"{shown(value)} needs the line ansi = true in this theme, or write '#rrggbb'.")
        return ""
    try:
        colour = Color.parse(word)
    except (ColorParseError, ValueError):
        file.refuse(where, f"{shown(value)} is not a colour; write '#rrggbb', or the name of a colour.")
        return ""
    return colour.multiply_alpha(int(number) / 100).hex if share else colour.hex


def _ansi_repairs(*, dark: bool) -> dict[str, str]:
    """What Textual leaves out of an `ansi` theme although its widgets use it, and what would hide text.

    A terminal shows its colours whole: `$primary-muted`, meant as half of the primary colour, would be the
    colour of the text that stands on it.
    """
    tints = ("primary", "secondary", "accent", "warning", "error", "success")
    return {
        "ansi-background": "ansi_black" if dark else "ansi_white",
        "ansi-foreground": "ansi_white" if dark else "ansi_black",
        "surface-active": "transparent",
        "foreground-disabled": "ansi_default",
        **{f"{name}-muted": "ansi_default" for name in tints},
    }


@cache
def _textual_variables() -> dict[str, bool]:
    """The variables Textual's style sheets use, each with whether it may be `auto` (contrast text)."""
    system = Theme("probe", primary="#808080").to_color_system().generate()
    return {name: value.startswith("auto") for name, value in system.items()}


def _warn_of_contrast(file: ThemeFile, theme: Theme) -> None:
    weak = sorted(
        (pair for pair in contrast_pairs(theme, file.contrast) if pair.ratio < pair.least),
        key=lambda pair: pair.ratio,
    )
    if weak:
        worst = "; ".join(
            f"{pair.text} on {pair.ground} has {pair.ratio:.1f} of {pair.least:g}" for pair in weak[:3]
        )
        more = f"; and {len(weak) - 3} more" if len(weak) > 3 else ""
        file.warn(
            "",
            f"some of it is hard to read for lack of contrast: {worst}{more}. "
            "The theme can be used all the same.",
        )
