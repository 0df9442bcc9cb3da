"""retrotui facilitates live, blameless retrospectives in a terminal.

The rooms, from the ground up: `retro` (what a retro is), `blameless`, `templates` and `notation` (wording,
agendas, what people type), `facilitation` (a retro being run), `archive` (files), `exchange` (in and out),
`tui` and `cli` (people). An import goes down only.
"""

__version__ = "0.1.0"
