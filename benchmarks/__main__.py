"""`python -m benchmarks`: measure everything, print the table, and write it into `benchmarks/README.md`.

`--rounds N` for fewer or more repetitions (12), `--only GROUP` for one group of measurements, which are then
only printed.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measures import Row

README = Path(__file__).parent / "README.md"
_BETWEEN = re.compile(r"(<!-- table -->\n).*(<!-- end of table -->)", re.DOTALL)


def main() -> int:
    """Measure; 0 when everything could be measured, whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="how often each pair takes turns (12)")
    parser.add_argument(
        "--only", choices=("commands", "first_screen", "typing", "many_events", "saving", "at_rest")
    )
    asked = parser.parse_args()
    if sys.platform == "win32":
        sys.stderr.write("The benchmarks need pseudo-terminals, which Windows does not have.\n")
        return 2
    from benchmarks.measures import Bench

    with tempfile.TemporaryDirectory(prefix="retrotui-bench-") as folder:
        bench = Bench(Path(folder), asked.rounds)
        found: list[Row] = []
        for row in getattr(bench, asked.only)() if asked.only else bench.rows():
            found.append(row)
            sys.stdout.write(_line(row) + "\n")
            sys.stdout.flush()
    if not asked.only:
        table = "\n".join(
            ["| What | retrotui | Compared with | Ratio | Aim | |", "|---|---:|---:|---:|---|---|"]
        )
        table += "\n" + "\n".join(_line(row) for row in found)
        head = f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}.\n\n"
        text = README.read_text(encoding="utf-8")
        README.write_text(
            _BETWEEN.sub(lambda match: f"{match[1]}{head}{table}\n{match[2]}", text), encoding="utf-8"
        )
    return 0


def _line(row: "Row") -> str:
    met = "" if row.met is None else "met" if row.met else "**missed**"
    indented = row.what.replace("  ", "&nbsp;&nbsp;", 1) if row.what.startswith("  ") else row.what
    return f"| {' | '.join((indented, row.ours, row.bare, row.ratio, row.aim, met))} |"


def _machine() -> str:
    """The machine in general words."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("textual", "pydantic"))
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} processors, {platform.system()}, {platform.python_implementation()} "
        f"{platform.python_version()}, {libraries}{load}"
    )


if __name__ == "__main__":
    sys.exit(main())
