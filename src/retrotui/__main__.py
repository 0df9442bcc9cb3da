"""`python -m retrotui`: the same as the command."""

import sys

from retrotui.cli import main

sys.exit(main())
