"""One retro on disk, and a folder of retros. Leaves what a retro is to `retro`, and other formats to `exchange`."""

from retrotui.archive.codec import Validation, dumps, loads, validate_bytes
from retrotui.archive.problems import BadFile, FileProblem, NewerFormat

__all__ = ["BadFile", "FileProblem", "NewerFormat", "Validation", "dumps", "loads", "validate_bytes"]
