"""Tests of the archive: one retro on disk, and a folder of them."""
