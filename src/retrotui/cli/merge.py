"""`merge-file`: two versions of a retro made one, as a merge driver of git, and the set-up for it."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from retrotui.cli.files import read_bytes
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.cli.team import retros_folder, settings_now
from retrotui.safe_text import one_line

_ATTRIBUTES = ("*.toml merge=retrotui",)
_IGNORED = (".*.lock", ".*.draft.json", "*.bak")
"""What an open window keeps beside the files: it belongs to one machine."""


@click.command(
    "merge-file",
    epilog=examples(
        "retrotui merge-file --install                # once in each clone",
        "retrotui merge-file BASE OURS THEIRS         # what git then calls; OURS is written to",
    ),
)
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS]", type=click.Path(path_type=Path))
@click.option("--path", "name", default="", metavar="NAME", help="How to call the file in messages.")
@click.option("--install", is_flag=True, help="Let git merge the retros of the folder this way.")
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), help="The folder of your retros, for --install."
)
@click.pass_context
def merge_file(
    ctx: click.Context, files: tuple[Path, ...], name: str, install: bool, folder: Path | None
) -> int:
    """Merge two versions of a retro that grew from BASE, by ids, and write the result to OURS.

    Ends with 0 when everything could be merged, with 1 when both sides changed the same thing differently:
    OURS then keeps its own value, and the other one stands under [[merge_conflict]] at the end of the file.
    Versions that cannot be read are merged line by line, with git's own markers.
    """
    if install:
        if files:
            raise Stop("retrotui merge-file: --install takes no files.", MISUSE)
        return _install(retros_folder(folder or ctx.obj, settings_now()))
    if len(files) != 3:
        raise Stop("retrotui merge-file: name three files, BASE OURS THEIRS, or say --install.", MISUSE)
    return _merge(*files, name or str(files[1]))


def _merge(base: Path, ours: Path, theirs: Path, name: str) -> int:
    from retrotui.archive.merge_text import merge_bytes
    from retrotui.archive.safe_file import CannotWrite, write_safely

    start = b"" if str(base) == "/dev/null" else read_bytes(base)
    merged = merge_bytes(start, read_bytes(ours), read_bytes(theirs), name)
    try:
        write_safely(ours, merged.data)
    except CannotWrite as error:
        raise Stop(f"retrotui merge-file: {one_line(str(error))}.", FOUND) from None
    shown = one_line(name)
    if merged.by_lines:
        say(f"{shown}: merged line by line, because {one_line(merged.by_lines)}")
    for note in merged.notes:
        say(f"{shown}: {one_line(note)}")
    for conflict in merged.conflicts:
        say(
            f"{shown}: {conflict.where}: both sides changed it; ours is {one_line(_words(conflict.ours))}, "
            f"theirs is {one_line(_words(conflict.theirs))}"
        )
    if merged.conflicts:
        say(f"{shown}: decide, then delete the [[merge_conflict]] tables at the end of the file")
    return FOUND if merged.unsettled else 0


def _words(value: object) -> str:
    text = str(value)
    return repr(text) if text else "empty"


def _install(folder: Path) -> int:
    git = shutil.which("git")
    if git is None:
        raise Stop("retrotui merge-file: git is not installed here.", FOUND)
    if not folder.is_dir():
        raise Stop(
            f"retrotui merge-file: there is no folder {one_line(str(folder))}. Name yours with --dir.", MISUSE
        )

    def run(*words: str) -> str:
        done = subprocess.run([git, "-C", str(folder), *words], capture_output=True, text=True, check=False)
        if done.returncode:
            why = one_line(done.stderr) or f"git {words[0]} failed"
            raise Stop(f"retrotui merge-file: {one_line(str(folder))}: {why}", FOUND)
        return done.stdout.strip()

    run("rev-parse", "--show-toplevel")
    run("config", "merge.retrotui.name", "retros, merged by ids")
    run("config", "merge.retrotui.driver", f"{_ourselves()} merge-file %O %A %B --path %P")
    _add_lines(folder / ".gitattributes", _ATTRIBUTES)
    _add_lines(folder / ".gitignore", _IGNORED)
    out(f"git merges the retros in {one_line(str(folder))} by ids now.")
    say("Commit its .gitattributes and .gitignore; everybody else runs this command once in their own clone.")
    return 0


def _add_lines(path: Path, lines: tuple[str, ...]) -> None:
    """Puts lines that are missing at the end of one of git's files.

    Raises:
        Stop: it cannot be read or written.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        missing = [line for line in lines if line not in text.splitlines()]
        if missing:
            gap = "" if not text or text.endswith("\n") else "\n"
            path.write_text(text + gap + "".join(f"{line}\n" for line in missing), encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stop(f"retrotui merge-file: {one_line(str(path))}: {one_line(why)}.", FOUND) from None


def _ourselves() -> str:
    """How git's shell can start this program: by name where that works, else by the interpreter that runs
    it.
    """
    if shutil.which("retrotui"):
        return "retrotui"
    # git runs drivers with a POSIX shell on every platform.
    python = Path(sys.executable).as_posix()
    return f'{shlex.quote(python)} -c "import sys; from retrotui.cli import main; sys.exit(main())"'
