"""A person's own settings: one small TOML file, each value with where it came from. Never raises.

`settings.toml` stands in the platform's folder for configuration; `RETROTUI_CONFIG` names another file.
Beside it stand `templates/`, `themes/` and `rules/`; a team keeps its own in `.retrotui/` of its retros.
Leaves what a theme, a key or a template is to `tui` and `templates`.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrotui.safe_text import printable

if TYPE_CHECKING:
    from retrotui.blameless import Policy, Section

TEAM_FOLDER = ".retrotui"
"""The folder beside a team's retros that holds its templates, themes and rules."""

_SECTIONS = ("timeline", "well", "causes", "actions")
_POLICIES = ("strict", "coach", "off")
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Setting:
    """One value and where it came from."""

    key: str
    """As it is written in the file: `theme`, `wording.causes`, `keymap.pause`."""
    value: str
    """In words, empty when it is not set."""
    origin: str
    """`default`, `FILE:LINE` or `environment NAME`."""
    meaning: str
    """What it does."""


@dataclass(frozen=True)
class Places:
    """Where a person's and a team's own things are kept. The folders need not exist."""

    file: Path
    """The settings file."""

    @property
    def folder(self) -> Path:
        """The folder of the settings file."""
        return self.file.parent

    @property
    def themes(self) -> Path:
        """The person's own themes."""
        return self.folder / "themes"

    def templates(self, retros: Path | None = None) -> tuple[Path, ...]:
        """Folders of templates: the person's own, then the team's beside its retros."""
        return self._both("templates", retros)

    def rules(self, retros: Path | None = None) -> tuple[Path, ...]:
        """Folders of wording rules: the person's own, then the team's beside its retros."""
        return self._both("rules", retros)

    def _both(self, name: str, retros: Path | None) -> tuple[Path, ...]:
        team = () if retros is None else (retros / TEAM_FOLDER / name,)
        return (self.folder / name, *team)


@dataclass(frozen=True)
class Settings:
    """What a person has set, or the defaults."""

    where: Places
    theme: str = ""
    """The name of a theme; empty for the program's choice."""
    projector_theme: str = ""
    """The theme of projector mode; empty for the program's choice."""
    bell: bool = False
    """Whether the terminal's bell rings when a stage's time is up."""
    timezone: str = "UTC"
    """The display zone of new retros."""
    facilitator: str = ""
    """Who facilitates new retros."""
    dir: Path | None = None
    """The folder of retros; None for the one that is found."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """Section → `strict`, `coach` or `off`, where the person has set it."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Command → keys, separated by commas."""
    problems: tuple[str, ...] = ()
    """A sentence for each thing in the file that was left out, and why."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key → where its value came from, for those that are not defaults."""

    @cached_property
    def policies(self) -> "Mapping[Section, Policy]":
        """How strictly wording is treated in each section: the person's word, else the default."""
        from retrotui.blameless import DEFAULT_POLICY, Policy, Section

        return {**DEFAULT_POLICY, **{Section(key): Policy(value) for key, value in self.wording.items()}}

    @property
    def themes_dir(self) -> Path:
        """The folder of the person's own themes."""
        return self.where.themes

    def template_dirs(self, retros: Path | None = None) -> tuple[Path, ...]:
        """Folders of templates; see `Places.templates`."""
        return self.where.templates(retros)

    def rule_files(self, retros: Path | None = None) -> tuple[Path, ...]:
        """Every file of wording rules the person and the team have, in a fixed order."""
        found: list[Path] = []
        for folder in self.where.rules(retros):
            try:
                found += sorted(path for path in folder.glob("*.toml") if path.is_file())
            except OSError:
                continue
        return tuple(found)

    def listed(self) -> Iterator[Setting]:
        """Every setting with its value and where it came from, for `retrotui settings`."""
        from retrotui.blameless import DEFAULT_POLICY

        for key, meaning in _MEANINGS.items():
            value = getattr(self, key)
            words = (
                ""
                if value is None
                else ("true" if value else "false")
                if isinstance(value, bool)
                else str(value)
            )
            yield Setting(key, words, self.origins.get(key, "default"), meaning)
        for section, policy in DEFAULT_POLICY.items():
            key = f"wording.{section.value}"
            chosen = self.wording.get(section.value, policy.value)
            yield Setting(key, chosen, self.origins.get(key, "default"), "strict, coach or off")
        for command, keys in self.keymap.items():
            key = f"keymap.{command}"
            yield Setting(key, keys, self.origins.get(key, "default"), "the keys of a command")


_MEANINGS: Mapping[str, str] = {
    "theme": "the theme of the screen",
    "projector_theme": "the theme of projector mode",
    "bell": "ring when a stage's time is up",
    "timezone": "the display zone of new retros",
    "facilitator": "who facilitates new retros",
    "dir": "the folder of retros",
}

_TEXTS = frozenset({"theme", "projector_theme", "timezone", "facilitator", "dir"})

_FROM_ENVIRONMENT: Mapping[str, str] = {"dir": "RETROTUI_DIR", "theme": "RETROTUI_THEME"}


def settings_file(env: Mapping[str, str] = os.environ) -> Path:
    """Where the settings file stands, whether it is there or not."""
    named = env.get("RETROTUI_CONFIG", "")
    if named:
        return _at_home(named)
    import platformdirs

    return platformdirs.user_config_path("retrotui", appauthor=False) / "settings.toml"


def load_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this person. Whatever is wrong with the file is left out and said in `problems`."""
    path = settings_file(env)
    text, problems = _read(path, required=bool(env.get("RETROTUI_CONFIG")))
    reader = _Reader(path, text)
    values = reader.values()
    origins = dict(reader.origins)
    for key, name in _FROM_ENVIRONMENT.items():
        named = env.get(name, "")
        if named:
            values[key] = named
            origins[key] = f"environment {name}"
    if "dir" in values:
        folder = _at_home(values["dir"])
        values["dir"] = folder if "environment" in origins["dir"] else path.parent / folder
    if "timezone" not in values:
        values["timezone"] = local_timezone(env)
    settings = Settings(where=Places(path), problems=(*problems, *reader.problems), origins=origins)
    return replace(settings, **values)


def _at_home(path: str) -> Path:
    """A path with `~` as the user's home; as it is when there is no such home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def local_timezone(env: Mapping[str, str] = os.environ) -> str:
    """The name of this machine's zone, such as `Europe/Dublin`; UTC when it has none that is known."""
    named = env.get("TZ", "").removeprefix(":")
    if named and _is_zone(named):
        return named
    try:
        target = os.path.realpath("/etc/localtime")
    except OSError:
        return "UTC"
    name = target.partition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    return name if name and _is_zone(name) else "UTC"


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except Exception:  # zoneinfo raises several kinds, among them OSError for a folder's name
        return False
    return not name.startswith(("/", "."))


def _read(path: Path, *, required: bool) -> tuple[str, tuple[str, ...]]:
    try:
        if not path.exists() and not required:
            return "", ()
        if not path.is_file():
            missing = not path.exists()
            what = "there is no such file" if missing else "this is not a file"
            return "", (f"{path}: {what}; the defaults are used",)
        if path.stat().st_size > _MOST_BYTES:
            return "", (f"{path}: larger than 1 MB; the defaults are used",)
        data = path.read_bytes()
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (f"{path}:{line}: this is not UTF-8; save it as UTF-8. The defaults are used",)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be read"
        return "", (f"{path}: {reason.lower()}; the defaults are used",)


class _Reader:
    """Takes what can be used out of the text of a settings file, and says what cannot."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.problems: list[str] = []
        self.origins: dict[str, str] = {}
        self._text = text
        self._lines: dict[tuple[str | int, ...], int] = {}
        self._table = self._parsed()

    def _parsed(self) -> dict[str, Any]:
        from retrotui.toml_lines import fault_in_words, lines_of

        if not self._text.strip():
            return {}
        try:
            table = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            line, message = fault_in_words(error, self._text)
            rows = self._text.splitlines()
            found = _shown(printable(rows[line - 1].strip())) if line <= len(rows) else "the end"
            self.problems.append(
                f"{self.path}:{line}: found {found}: {message}. Until it is mended the defaults are used"
            )
            return {}
        except (ValueError, RecursionError):
            self.problems.append(
                f"{self.path}: a value is too long or too deep within others to be a setting; "
                "take it out. Until then the defaults are used"
            )
            return {}
        self._lines = lines_of(self._text)
        return table

    def values(self) -> dict[str, Any]:
        """What the file sets, by field."""
        found: dict[str, Any] = {}
        for key, value in self._table.items():
            if key == "wording":
                found["wording"] = dict(self._wording(value))
            elif key == "keymap":
                found["keymap"] = dict(self._keymap(value))
            elif key == "bell":
                if isinstance(value, bool):
                    found[key] = self._from_here(key, value)
                else:
                    self._refuse((key,), f"found {_shown(value)}; write true or false")
            elif key in _TEXTS:
                if isinstance(value, str):
                    self._text_value(key, value, found)
                else:
                    self._refuse(
                        (key,), f'found {_shown(value)}; write text in quotation marks, as {key} = "…"'
                    )
            else:
                self._unknown((key,), (*_MEANINGS, "wording", "keymap"))
        return found

    def _text_value(self, key: str, value: str, found: dict[str, Any]) -> None:
        if key == "timezone" and not _is_zone(value):
            self._refuse(
                (key,), f"{_shown(value)} is not a time zone; use a name such as Europe/Dublin or UTC"
            )
        elif key == "dir" and (not value or "\0" in value):
            self._refuse((key,), f"{_shown(value)} is not a folder's name")
        else:
            found[key] = self._from_here(key, value)

    def _wording(self, value: object) -> Iterator[tuple[str, str]]:
        if not isinstance(value, Mapping):
            self._refuse(("wording",), f"found {_shown(value)}; write a [wording] table")
            return
        for section, policy in value.items():
            if section not in _SECTIONS:
                self._unknown(("wording", section), _SECTIONS)
            elif policy not in _POLICIES:
                near = _nearest(policy, _POLICIES)
                self._refuse(
                    ("wording", section), f"found {_shown(policy)}; allowed are {', '.join(_POLICIES)}{near}"
                )
            else:
                yield section, self._from_here(f"wording.{section}", policy, ("wording", section))

    def _keymap(self, value: object) -> Iterator[tuple[str, str]]:
        if not isinstance(value, Mapping):
            self._refuse(("keymap",), f"found {_shown(value)}; write a [keymap] table")
            return
        yield from self._keys_in(value, ("keymap",))

    def _keys_in(self, table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The commands of a table; `clock.pause` without quotation marks is a table in a table."""
        for name, keys in table.items():
            here = (*path, name)
            command = ".".join(here[1:])
            if isinstance(keys, Mapping):
                yield from self._keys_in(keys, here)
                continue
            listed = [keys] if isinstance(keys, str) else keys
            if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
                joined = ",".join(item.strip() for item in listed)
                yield command, self._from_here(f"keymap.{command}", joined, here)
            else:
                self._refuse(here, f'found {_shown(keys)}; write keys in quotation marks, as "f2,space"')

    def _from_here(self, key: str, value: Any, path: tuple[str, ...] = ()) -> Any:
        self.origins[key] = self._place(path or (key,))
        return value

    def _place(self, path: tuple[str, ...]) -> str:
        line = self._lines.get(path) or self._lines.get(path[:1])
        return f"{self.path}:{line}" if line else str(self.path)

    def _refuse(self, path: tuple[str, ...], sentence: str) -> None:
        self.problems.append(f"{self._place(path)}: {'.'.join(map(printable, path))}: {sentence}")

    def _unknown(self, path: tuple[str, ...], known: Iterable[str]) -> None:
        near = _nearest(path[-1], known)
        self._refuse(path, f"there is no such setting; it is left out{near}")


def _nearest(found: object, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # seldom needed

    close = get_close_matches(str(found)[:80].lower(), list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:59] + "…")
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, list) else "a time"
