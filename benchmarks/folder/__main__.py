"""What a folder of retros costs: `python -m benchmarks.folder [COUNT]`.

Builds the index and prints its speed beside that of `tomllib` alone on the same files, then what a warm
question takes, a changed file, and how much memory it all needs. Works in a temporary folder.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.folder.generate import write
from retrotui.archive.index import Index
from retrotui.archive.ledger import Ledger, Wanted
from retrotui.archive.repeats import recurring, similar
from retrotui.archive.search import search

TODAY = date(2027, 2, 20)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def parse_all(folder: Path) -> None:
    """What nobody who reads TOML in Python can do without."""
    for path in folder.rglob("*.toml"):
        tomllib.loads(path.read_bytes().decode("utf-8"))


def build(folder: Path, cache: Path) -> None:
    """Brings the index up to date."""
    with Index(folder, cache) as index:
        index.ask(lambda db: None)


def command(*words: str, cache: Path) -> float:
    """Wall seconds of the whole program, the best of five."""
    env = {**os.environ, "RETROTUI_CACHE_DIR": str(cache)}
    code = "import sys; from retrotui.cli import main; sys.exit(main())"
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *words], env=env, stdout=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - start)
    return best


def peak_mb(folder: Path, cache: Path) -> float:
    """The most memory that a process of its own needs to build the index."""
    code = (
        "import sys; from pathlib import Path; from retrotui.archive.index import Index;"
        "Index(Path(sys.argv[1]), Path(sys.argv[2])).ask(lambda db: None);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    )
    words = [sys.executable, "-c", code, str(folder), str(cache)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def main(count: int) -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory(prefix="retrotui-bench-") as place:
        folder, cache = Path(place) / "retros", Path(place) / "cache"
        write(folder, count)
        size = sum(path.stat().st_size for path in folder.rglob("*.toml"))
        bare = seconds(lambda: parse_all(folder))
        built = seconds(lambda: build(folder, cache))
        rows = [
            ("retros", f"{count} in {size / 1e6:.0f} MB"),
            ("tomllib alone", f"{count / bare:.0f} retros/s"),
            ("first build of the index", f"{count / built:.0f} retros/s, {built / bare:.2f} x tomllib alone"),
        ]
        build(folder, cache)  # what was written a moment ago is looked at once more
        rows.append(("nothing changed", f"{seconds(lambda: build(folder, cache)) * 1000:.0f} ms"))
        changed = next(folder.rglob("*.toml"))
        changed.write_bytes(changed.read_bytes().replace(b'status = "draft"', b'status = "closed"'))
        with Index(folder, cache) as index:
            took = seconds(lambda: index.ask(lambda db: None))
            assert index.refreshed is not None
            rows.append(("one file changed", f"{took * 1000:.0f} ms, {index.refreshed.read} file read"))
        with Ledger(folder, cache) as ledger:
            took = seconds(lambda: ledger.items(Wanted("overdue"), TODAY))
            rows.append(("overdue actions, warm", f"{took * 1000:.0f} ms"))
            questions: tuple[tuple[str, Callable[[sqlite3.Connection], object]], ...] = (
                ("search for two words", lambda db: search(db, "kill switch")),
                ("similar to a sentence", lambda db: similar(db, ["alert averages over ten minutes"])),
                ("what recurs", lambda db: recurring(db, TODAY)),
            )
            for name, question in questions:
                rows.append((name, f"{seconds(partial(ledger.index.ask, question)) * 1000:.0f} ms"))
        took = command("actions", "--overdue", "--dir", str(folder), cache=cache)
        rows.append(("`retrotui actions --overdue`, whole program", f"{took * 1000:.0f} ms"))
        if sys.platform == "linux":
            small = Path(place) / "small"
            write(small, max(1, count // 10))
            rows.append(("memory for a tenth of them", f"{peak_mb(small, Path(place) / 'one'):.0f} MB"))
            rows.append(("memory for all of them", f"{peak_mb(folder, Path(place) / 'two'):.0f} MB"))
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            print(f"{name.ljust(width)}  {value}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
