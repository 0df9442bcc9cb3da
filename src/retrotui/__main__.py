"""`python -m retrotui`: the same as the program `retrotui`, where only the interpreter is at hand."""

import sys

from retrotui.cli import main

if __name__ == "__main__":
    sys.exit(main())
