"""One retro on disk, and a folder of retros.

Leaves what a retro is to `retro`, and other formats to `exchange`. The names below are loaded when they are
first used, so that a command that only reads a file does not pay for locks and threads.
"""

from typing import TYPE_CHECKING

from retrotui.lazy_names import lazy_names

if TYPE_CHECKING:
    from retrotui.archive.codec import Validation, comments, dumps, has_comments, loads, validate_bytes
    from retrotui.archive.drafts import Draft
    from retrotui.archive.folder import (
        LedgerAction,
        RetroSummary,
        list_retros,
        open_actions,
        path_for,
        retros_dir,
        team_paths,
    )
    from retrotui.archive.inbox import NoteInbox, settle_notes, take_notes, with_notes
    from retrotui.archive.opened import (
        OpenedFile,
        backup_path,
        create_file,
        in_memory,
        open_file,
        read_bytes,
        restore_backup,
    )
    from retrotui.archive.problems import BadFile, FileProblem, NewerFormat
    from retrotui.archive.safe_file import CannotWrite, write_safely
    from retrotui.archive.saver import Saver
    from retrotui.archive.states import SaveKind, SaveState

_HOME = {
    "codec": ("Validation", "comments", "dumps", "has_comments", "loads", "validate_bytes"),
    "drafts": ("Draft",),
    "folder": (
        "LedgerAction",
        "RetroSummary",
        "list_retros",
        "open_actions",
        "path_for",
        "retros_dir",
        "team_paths",
    ),
    "inbox": ("NoteInbox", "settle_notes", "take_notes", "with_notes"),
    "opened": (
        "OpenedFile",
        "backup_path",
        "create_file",
        "in_memory",
        "open_file",
        "read_bytes",
        "restore_backup",
    ),
    "problems": ("BadFile", "FileProblem", "NewerFormat"),
    "safe_file": ("CannotWrite", "write_safely"),
    "saver": ("Saver",),
    "states": ("SaveKind", "SaveState"),
}

__all__ = [
    "BadFile",
    "CannotWrite",
    "Draft",
    "FileProblem",
    "LedgerAction",
    "NewerFormat",
    "NoteInbox",
    "OpenedFile",
    "RetroSummary",
    "SaveKind",
    "SaveState",
    "Saver",
    "Validation",
    "backup_path",
    "comments",
    "create_file",
    "dumps",
    "has_comments",
    "in_memory",
    "list_retros",
    "loads",
    "open_actions",
    "open_file",
    "path_for",
    "read_bytes",
    "restore_backup",
    "retros_dir",
    "settle_notes",
    "take_notes",
    "team_paths",
    "validate_bytes",
    "with_notes",
    "write_safely",
]

__getattr__ = lazy_names(__name__, _HOME)
