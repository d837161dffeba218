"""The frozen program's first lines; the command line itself is in `alliance_desktop.__main__`."""

import sys

from alliance_desktop.__main__ import main

sys.exit(main())
