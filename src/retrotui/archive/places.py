"""Folders of the program's own, outside the folder of retros. Nothing is made here: who writes makes them."""

import os
from collections.abc import Mapping
from pathlib import Path


def state_dir(env: Mapping[str, str] = os.environ) -> Path:
    """The user's state folder for this program; `RETROTUI_STATE` names another one."""
    named = env.get("RETROTUI_STATE", "")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_state_path("retrotui", appauthor=False)


def cache_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Where what can be made again is kept, such as indexes; `RETROTUI_CACHE_DIR` names another one."""
    named = env.get("RETROTUI_CACHE_DIR", "")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("retrotui", appauthor=False)
