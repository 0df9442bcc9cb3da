"""The page of keys in the docs, made from the registry: `python -m retrotui.tui.key_page > docs/keys.md`."""

from retrotui.tui.keys import key_table

_INTRO = """# Keys

<!-- Made by: python -m retrotui.tui.key_page > docs/keys.md -->

There are two places for the focus: the line you type into, where letters are text, and the board, where
letters are commands. `esc` goes from the line to the board; `i` or `⏎` goes back. Function keys and keys
with ctrl work in both. Everything is in the command palette (`ctrl+p`) as well, under the same plain name,
and `F1` shows the keys of the place you are in.

`ctrl+a`, `ctrl+b`, `ctrl+s` and `ctrl+c` are left to your terminal, screen and tmux.

## Your own keys

In your settings file, under `[keymap]`, give a command other keys by its name in the last column:

```toml
[keymap]
"clock.pause" = "f2,space"
"park" = "f9,ctrl+o"
```

An entry that would take a key away from another command of the same place is left out, and the screen says so
when it starts. Digits always count hands.

## All keys

"""


def key_page() -> str:
    """The whole page, in Markdown."""
    return f"{_INTRO}{key_table().rstrip()}\n"


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(key_page(), end="")
