"""Theme files: find them, read their TOML, and say in plain sentences what is wrong with one.

Checks what can be known without Textual: the TOML itself, the names of tables and keys, the types, and the
shape of a colour. Whether Textual accepts every value, and whether it can be read, is for `themes.py`.
Nothing here imports Textual, so that `retrotui themes list` starts as fast as any other command.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retrotui.safe_text import printable
from retrotui.tui.theme_variables import REQUIRED_COLOURS, TABLES

#: The theme a fresh installation starts with, and the one the projector view (F5) takes.
DEFAULT_THEME = "harbour"
PROJECTOR_THEME = "projector"

#: The least contrast of text, unless a theme promises more: WCAG 2.2, success criterion 1.4.3 (AA).
LEAST_CONTRAST = 4.5

#: A theme is about 2 kB; far above that, a file is not one.
LARGEST_FILE = 65_536

ANSI_NAMES = (
    "ansi_default",
    *(
        f"ansi_{bright}{name}"
        for bright in ("", "bright_")
        for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
    ),
)

_TOP_KEYS = ("name", "title", "description", "dark", "ansi", "contrast", *TABLES, "variables")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_CSS_COLOUR = re.compile(r"[a-z]+|(?:rgb|hsl)a?\([0-9., %]+\)", re.ASCII)


@dataclass(slots=True)
class ThemeFile:
    """What one theme file says, and what is wrong with it.

    Attributes:
        path: The file.
        shipped: Whether it came with retrotui.
        name: The name it is chosen by; the file's stem when it gives none.
        title: For people.
        description: One sentence for people.
        dark: Light text on dark ground.
        ansi: Uses the terminal's own 16 colours.
        contrast: The least contrast ratio its text promises.
        colours: Textual's base colours, by name.
        chosen: retrotui's own variables, by variable name (`clock-calm`).
        extra: Other Textual variables from `[variables]`, unchecked.
        problems: Sentences, each naming the file.
        broken: Whether the theme cannot be used.
    """

    path: Path
    shipped: bool
    name: str
    title: str = ""
    description: str = ""
    dark: bool = True
    ansi: bool = False
    contrast: float = LEAST_CONTRAST
    colours: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    broken: bool = False

    def warn(self, where: str, what: str) -> None:
        """Note something that does not stop the theme from being used.

        Args:
            where: The key, dotted; empty for the whole file.
            what: A sentence without the full stop of its file.
        """
        label = _one_line(self.path.name)
        self.problems.append(f"{label}: {where}: {what}" if where else f"{label}: {what}")

    def refuse(self, where: str, what: str) -> None:
        """Note something the theme cannot be used with."""
        self.broken = True
        self.warn(where, f"{what} This theme is left out until then.")


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """A theme as a list shows it.

    Attributes:
        name: The name it is chosen by.
        title: For people.
        description: One sentence.
        dark: Light text on dark ground.
        source: "shipped", or the path of the user's file.
        usable: False for one that is left out.
        problems: Sentences, each naming the file.
    """

    name: str
    title: str
    description: str
    dark: bool
    source: str
    usable: bool
    problems: tuple[str, ...]


def shipped_themes_dir() -> Path:
    """The folder of the themes that come with retrotui.

    A wheel carries it inside the package as `_themes`; a source tree has it at its root as `themes`.
    """
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_themes"
    return packaged if packaged.is_dir() else package.parents[1] / "themes"


def theme_summaries(user_dir: Path | None = None) -> tuple[ThemeSummary, ...]:
    """All themes there are, for a list; does not import Textual.

    A colour that only Textual can judge (a CSS name, a Textual variable) is not judged here.

    Args:
        user_dir: The folder of a team's own themes; it need not exist.

    Returns:
        Shipped themes first, the default one on top. A shipped theme that the team's folder replaces is
        listed once, with the team's file as its source. Broken ones are listed too.
    """
    files, folder_problems = read_theme_files(user_dir)
    usable = [file for file in files if not file.broken]
    chosen = {file.name: file for file in usable}
    listed = [*chosen.values(), *(file for file in files if file.broken)]
    summaries = [
        ThemeSummary(
            name=file.name,
            title=file.title,
            description=file.description,
            dark=file.dark,
            source="shipped" if file.shipped else str(file.path),
            usable=not file.broken,
            problems=tuple(file.problems),
        )
        for file in listed
    ]
    summaries.extend(
        ThemeSummary("", "", "", True, str(user_dir), False, (problem,)) for problem in folder_problems
    )
    return tuple(summaries)


def theme_refusal(name: str, user_dir: Path | None = None) -> str:
    """A sentence on why no theme of this name can be used; empty when there is one, or no name."""
    names = [summary.name for summary in theme_summaries(user_dir) if summary.usable]
    if not name or name in names:
        return ""
    from textual.theme import BUILTIN_THEMES  # its own can be used too; asked for only when in doubt

    return "" if name in BUILTIN_THEMES else refusal(name, names)


def refusal(name: str, names: Iterable[str]) -> str:
    """A sentence on a theme that is not there, and those that are."""
    listed = list(names)
    return f"No theme is called {shown(name)}{suggestion(name, listed)} There are {', '.join(listed)}."


def read_theme_files(user_dir: Path | None = None) -> tuple[list[ThemeFile], list[str]]:
    """Read every theme file, shipped ones first.

    Args:
        user_dir: The folder of a team's own themes; it need not exist.

    Returns:
        The files in the order they count (a later one replaces an earlier one of the same name), and
        sentences about folders that cannot be read.
    """
    problems: list[str] = []
    shipped = [read_theme_file(path, shipped=True) for path in _toml_files(shipped_themes_dir(), problems)]
    shipped.sort(key=lambda file: (file.name != DEFAULT_THEME, file.name))
    if not shipped and not problems:
        problems.append(
            "The themes that come with retrotui are missing; installing it again brings them back."
        )
    if user_dir is None:
        return shipped, problems
    own: dict[str, ThemeFile] = {}
    files = list(shipped)
    for path in _toml_files(user_dir, problems):
        file = read_theme_file(path)
        if not file.broken and file.name in own:
            file.refuse("name", f"{file.name!r} is taken by {own[file.name].path.name}; choose another name.")
        if not file.broken:
            own[file.name] = file
        files.append(file)
    return files, problems


def read_theme_file(path: Path, *, shipped: bool = False) -> ThemeFile:
    """Read one theme file. Never raises: what is wrong is in `problems`."""
    file = ThemeFile(path=path, shipped=shipped, name=path.stem, title=path.stem)
    data = _toml(file)
    if data is None:
        return file
    _read_head(file, data)
    for table, keys in TABLES.items():
        _read_table(file, data, table, keys)
    _read_extra(file, data)
    for key, nearest in _unknown(data, _TOP_KEYS):
        file.warn(key, f"there is no such key or table in a theme{nearest} It is ignored.")
    missing = [key for key in REQUIRED_COLOURS if key not in file.colours]
    if missing and not file.broken:
        file.refuse("colors", f"missing: {_listed(missing)}; a theme needs {_listed(REQUIRED_COLOURS)}.")
    return file


def shown(value: object) -> str:
    """A value from a file as a sentence may quote it: short, on one line, without control characters."""
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:39] + "…")
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > 10**15:
        return "a very large number"
    return str(value)


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'amber'?` when something known is near, a full stop otherwise."""
    from difflib import get_close_matches  # rarely needed, and every command line would pay for it

    near = get_close_matches(word[:64], list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else "."


def _toml_files(folder: Path, problems: list[str]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(f"{folder}: this themes folder cannot be read ({error.strerror or error}).")
        return []


def _toml(file: ThemeFile) -> dict[str, object] | None:
    try:
        if not file.path.is_file():  # a pipe of that name would never end
            file.refuse("", "it is not an ordinary file.")
            return None
        with file.path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        file.refuse("", f"it cannot be read ({error.strerror or error}).")
        return None
    if len(raw) > LARGEST_FILE:
        file.refuse("", f"it is larger than {LARGEST_FILE // 1024} kB, which no theme is.")
        return None
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        file.refuse("", "it is not UTF-8 text; save it as UTF-8.")
    except RecursionError:
        file.refuse("", "it is nested too deeply to be a theme.")
    except ValueError as error:  # TOMLDecodeError, or a date or number out of range
        file.refuse("", f"it is not valid TOML: {_one_line(str(error))}.")
    return None


def _read_head(file: ThemeFile, data: dict[str, object]) -> None:
    name = data.get("name", file.path.stem)
    if isinstance(name, str) and _NAME.fullmatch(name):
        file.name = name
    else:
        file.refuse(
            "name",
            f"{shown(name)} cannot be a theme's name; use lower-case letters, digits and hyphens, "
            "32 at most, a letter first.",
        )
    file.title = _words(file, data, "title", file.name.replace("-", " ").capitalize(), 60)
    file.description = _words(file, data, "description", "", 200)
    for key in ("dark", "ansi"):
        value = data.get(key, getattr(file, key))
        if isinstance(value, bool):
            setattr(file, key, value)
        else:
            file.refuse(key, f"{shown(value)} is neither true nor false.")
    contrast = data.get("contrast", LEAST_CONTRAST)
    if isinstance(contrast, int | float) and not isinstance(contrast, bool) and 1 <= contrast <= 21:
        file.contrast = float(contrast)
    else:
        file.warn(
            "contrast", f"{shown(contrast)} is not a contrast ratio from 1 to 21; {LEAST_CONTRAST} is used."
        )


def _words(file: ThemeFile, data: dict[str, object], key: str, default: str, longest: int) -> str:
    value = data.get(key, default)
    if isinstance(value, str) and len(value) <= longest and (value.isprintable()):
        return value
    file.warn(key, f"{shown(value)} is not one line of text of at most {longest} characters; it is ignored.")
    return default


def _read_table(file: ThemeFile, data: dict[str, object], table: str, keys: tuple[str, ...]) -> None:
    section = data.get(table, {})
    if not isinstance(section, dict):
        file.refuse(table, f"{shown(section)} found where a table [{table}] is expected.")
        return
    for key, nearest in _unknown(section, keys):
        file.warn(
            f"{table}.{key}", f"[{table}] has no such key{nearest} It knows {', '.join(keys)}. It is ignored."
        )
    for key in keys:
        if key in section:
            colour = section[key]
            if fault := _colour_fault(colour, ansi=file.ansi):
                file.refuse(f"{table}.{key}", fault)
            elif table == "colors":
                file.colours[key] = str(colour)
            else:
                file.chosen[f"{table}-{key}"] = str(colour)


def _read_extra(file: ThemeFile, data: dict[str, object]) -> None:
    section = data.get("variables", {})
    if not isinstance(section, dict):
        file.refuse("variables", f"{shown(section)} found where a table [variables] is expected.")
        return
    for key, value in section.items():
        if isinstance(value, str):
            file.extra[key] = value
        else:
            file.refuse(f"variables.{shown(key)}", f"{shown(value)} found where text in quotes is expected.")


def _colour_fault(value: object, *, ansi: bool) -> str:
    """Why `value` cannot be a colour, as a sentence; empty when it can, or when only Textual can tell."""
    if not isinstance(value, str):
        return f"{shown(value)} is not a colour; write it in quotes, as in '#1d6fa5'."
    if value.startswith("ansi_"):
        if value not in ANSI_NAMES:
            return (
                f"{shown(value)} is not one of the terminal's colours{suggestion(value, ANSI_NAMES)} "
                f"There are {', '.join(ANSI_NAMES)}."
            )
        return "" if ansi else f"{shown(value)} needs the line ansi = true in this theme, or write '#rrggbb'."
    if not _HEX.fullmatch(value) and not _CSS_COLOUR.fullmatch(value):
        return f"{shown(value)} is not a colour; write '#rrggbb', or the name of a colour."
    if ansi:
        allowed = ", ".join(ANSI_NAMES)
        return f"{shown(value)} is not one of the terminal's colours, and ansi = true allows only {allowed}."
    return ""


def _unknown(section: dict[str, object], known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key in section:
        if key not in known:
            yield (key if _NAME.fullmatch(key) else shown(key)), suggestion(key, known)


def _listed(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def _one_line(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    clean = printable(line)
    return clean if len(clean) <= 120 else clean[:119] + "…"
