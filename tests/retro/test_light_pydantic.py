"""Pydantic finds no plugins, and everything else of it is as it is."""

import subprocess
import sys

PROBE = """
import sys
import retrotui.retro
loader = sys.modules["pydantic.plugin._loader"]
assert loader.get_plugins() == ()
assert "entry_points" not in vars(loader)
assert loader.PYDANTIC_ENTRY_POINT_GROUP == "pydantic"
print(retrotui.retro.Info(id="a", title="b").title)
"""


def test_no_package_is_searched_for_plugins() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("b", "")
