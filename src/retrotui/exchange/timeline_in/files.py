"""Opens what a person names as a source: a file, a folder, a zip archive, or standard input.

Archives are read in place and never unpacked, so that nothing in them can be written anywhere; names
that lead out of one, and members that swell beyond reason, are refused all the same.
Leaves formats to their modules.
"""

import stat
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from retrotui.exchange.timeline_in.candidates import BadSource
from retrotui.exchange.timeline_in.streaming import Meter, Source

MOST_MEMBERS = 200_000
"""Files in one archive or folder."""
MOST_UNPACKED = 16 << 30
"""Bytes that all members of an archive may have together."""
BOMB_RATIO = 400
"""How many times larger than packed a big member may be; text packs to a tenth or twentieth."""
BOMB_SIZE = 50 << 20
"""Members smaller than this may pack as well as they like."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export, by its place in it."""

    place: PurePosixPath
    size: int
    name: str
    """For sentences: `export.zip/incidents/2017-01-31.json`."""


class Bundle:
    """A folder or archive of files, opened one at a time."""

    def __init__(self, name: str, parts: tuple[Part, ...]) -> None:
        self.name = name
        self.parts = parts

    @contextmanager
    def open(self, part: Part, meter: Meter) -> Iterator[Source]:
        """Opens one of its parts."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Closes what is open."""


class Folder(Bundle):
    """A folder and what lies one or two levels below it. Links that lead out of it are left out."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        super().__init__(str(root), tuple(sorted(self._found(root), key=lambda part: part.place)))

    def _found(self, root: Path) -> Iterator[Part]:
        try:
            for count, path in enumerate(_two_levels(root)):
                if count > MOST_MEMBERS:
                    raise BadSource(
                        str(root), f"more than {MOST_MEMBERS:,} files; name the export's own folder"
                    )
                if path.resolve().is_relative_to(self._root):
                    place = PurePosixPath(path.relative_to(root).as_posix())
                    yield Part(place, path.stat().st_size, str(path))
        except OSError as error:
            raise _unreadable(str(root), error) from error

    @contextmanager
    def open(self, part: Part, meter: Meter) -> Iterator[Source]:
        with open_file(self._root / part.place, meter, part.name) as source:
            yield source


def _two_levels(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "__MACOSX")):
            continue
        if path.is_dir():
            yield from (item for item in sorted(path.iterdir()) if item.is_file())
        elif path.is_file():
            yield path


class Archive(Bundle):
    """A zip archive, read in place."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BadSource(str(path), f"this is no zip archive that can be read: {error}") from error
        except OSError as error:
            raise _unreadable(str(path), error) from error
        self._infos: dict[PurePosixPath, zipfile.ZipInfo] = {}
        try:
            parts = tuple(self._checked(path))
        except BaseException:
            self._zip.close()
            raise
        super().__init__(str(path), parts)

    def _checked(self, path: Path) -> Iterator[Part]:
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise BadSource(str(path), f"more than {MOST_MEMBERS:,} files in the archive; this is no export")
        total = 0
        for info in infos:
            raw = info.filename.replace("\\", "/")
            place = PurePosixPath(raw)
            if place.is_absolute() or ".." in place.parts or ":" in raw.split("/")[0] or "\x00" in raw:
                raise BadSource(
                    str(path), f"holds {raw!r}, a name that leads out of the archive; it is not read"
                )
            if stat.S_ISLNK(info.external_attr >> 16):
                raise BadSource(str(path), f"holds {raw!r}, a link; it is not read")
            total += info.file_size
            packed = max(info.compress_size, 1)
            if info.file_size > BOMB_SIZE and info.file_size > packed * BOMB_RATIO:
                raise BadSource(
                    str(path),
                    f"{raw!r} would swell from {packed >> 10:,} kB to {info.file_size >> 20:,} MB; not read",
                )
            if total > MOST_UNPACKED:
                raise BadSource(
                    str(path), f"would swell to more than {MOST_UNPACKED >> 30} GB; it is not read"
                )
            if info.is_dir() or place.parts[:1] == ("__MACOSX",) or place.name.startswith("."):
                continue
            self._infos[place] = info
            yield Part(place, info.file_size, f"{path}/{raw}")

    @contextmanager
    def open(self, part: Part, meter: Meter) -> Iterator[Source]:
        info = self._infos[part.place]
        if info.flag_bits & 1:
            raise BadSource(part.name, "is locked with a password; unlock the archive first")
        try:
            stream = self._zip.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise BadSource(part.name, f"the archive is damaged here: {error}") from error
        with stream:
            yield Source(part.name, stream, meter)

    def close(self) -> None:
        self._zip.close()


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive, by its first bytes."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


@contextmanager
def open_file(path: Path, meter: Meter, name: str = "") -> Iterator[Source]:
    """Opens a file, or standard input for `-`.

    Raises:
        BadSource: when it is not there or cannot be read.
    """
    if str(path) == "-":
        yield Source("standard input", _stdin(), meter)
        return
    name = name or str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not stat.S_ISFIFO(path.stat().st_mode):
            raise BadSource(name, "is not a file that can be read")
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    with stream:
        yield Source(name, stream, meter, path=path)


def _stdin() -> IO[bytes]:
    return sys.stdin.buffer


def _unreadable(name: str, error: OSError | ValueError) -> BadSource:
    if isinstance(error, FileNotFoundError):
        return BadSource(name, "is not there")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadSource(name, f"cannot be read: {reason.lower()}")


def size_of(path: Path) -> int:
    """The bytes of a file, 0 when that cannot be told."""
    try:
        return path.stat().st_size if str(path) != "-" else 0
    except OSError:
        return 0
