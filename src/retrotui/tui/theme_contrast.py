"""How well a theme can be read: WCAG contrast of every pair of colours the app puts on top of each other.

Works on finished Textual themes; reading theme files is for `theme_files.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.color import Color
from textual.theme import Theme

from retrotui.tui.theme_variables import VARIABLES

RGB = tuple[int, int, int]

#: WCAG 2.2, success criterion 1.4.11: the least contrast of a coloured shape with what is beside it.
LEAST_GRAPHIC_CONTRAST = 3.0

#: The sixteen colours a terminal shows when nobody has changed them: xterm's defaults (XTerm-col resources).
XTERM_PALETTE: tuple[RGB, ...] = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
)

_GROUNDS = ("background", "surface", "panel")
_TEXTS = (
    "foreground",
    "foreground-muted",
    "text",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
    "link-color",
    "border",
    *(f"markdown-h{level}-color" for level in range(1, 7)),
    *(variable.name for variable in VARIABLES if variable.role in ("text", "mark")),
)
_FILLS = tuple(variable.name for variable in VARIABLES if variable.role == "fill")
_PAIRS = (
    *((text, ground) for ground in _GROUNDS for text in _TEXTS),
    *((variable.name, fill) for variable in VARIABLES if variable.role == "on-fill" for fill in _FILLS),
    ("focus-cursor-text", "focus-cursor"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("link-color-hover", "link-background-hover"),
    ("foreground", "surface-active"),
    *(
        (f"text-{name}", f"{name}-muted")
        for name in ("primary", "secondary", "accent", "success", "warning", "error")
    ),
    *(("button-color-foreground", ground) for ground in ("primary", "success", "warning", "error")),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours, one on top of the other.

    Attributes:
        text: The variable in front.
        ground: The variable behind it.
        ratio: WCAG contrast ratio, 1 to 21.
        least: What it should at least be.
    """

    text: str
    ground: str
    ratio: float
    least: float


def relative_luminance(colour: RGB) -> float:
    """Relative luminance, 0 for black to 1 for white, of an sRGB colour of 0 to 255 per channel.

    Formula of WCAG 2.2, "relative luminance" (with 0.04045, the threshold of IEC 61966-2-1).
    """
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: RGB, other: RGB) -> float:
    """Contrast ratio of two colours, 1 to 21: (L1 + 0.05) / (L2 + 0.05) with L1 the lighter (WCAG 2.2)."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_pairs(theme: Theme, least: float, palette: tuple[RGB, ...] = XTERM_PALETTE) -> Iterator[Pair]:
    """Every pair of colours the app puts on top of each other, with its contrast.

    Disabled and decorative elements are left out, as in WCAG.

    Args:
        theme: A theme with all of `VARIABLES` set.
        least: The least ratio for text, frames and states.
        palette: The sixteen colours that `ansi_…` names stand for. The terminal's default colours are taken
            as white on black for a dark theme, black on white for a light one.
    """
    values = {**theme.to_color_system().generate(), **theme.variables}
    paint = _Painter(values, palette, dark=theme.dark)
    for text, ground in _PAIRS:
        behind = paint.ground(ground)
        yield Pair(text, ground, contrast_ratio(paint.text(text, behind), behind), least)
    background = paint.ground("background")
    for fill in _FILLS:
        yield Pair(fill, "background", contrast_ratio(paint.ground(fill), background), LEAST_GRAPHIC_CONTRAST)


class _Painter:
    """Turns theme variables into the colours one would see."""

    def __init__(self, values: dict[str, str], palette: tuple[RGB, ...], *, dark: bool) -> None:
        self._values = values
        self._palette = palette
        self._paper, self._ink = (palette[0], palette[7]) if dark else (palette[15], palette[0])

    def ground(self, name: str) -> RGB:
        base = self._paper if name == "background" else self.ground("background")
        return self._over(self._values[name], base, default=self._paper)

    def text(self, name: str, behind: RGB) -> RGB:
        return self._over(self._values[name], behind, default=self._ink)

    def _over(self, value: str, behind: RGB, *, default: RGB) -> RGB:
        if value == "initial":
            return behind
        word, _, percent = value.partition(" ")
        share = float(percent.rstrip("%")) / 100 if percent else 1.0
        if word == "auto":
            colour = Color(*behind).get_contrast_text(share)
        else:
            colour = Color.parse(word)
            if colour.ansi is not None:  # the terminal knows no half colours
                return default if colour.ansi < 0 else self._palette[colour.ansi]
            colour = colour.multiply_alpha(share)
        mixed = Color(*behind) + colour
        return mixed.r, mixed.g, mixed.b
