"""`python3 -m sgoffice.terminal`: the command line of `sgo`."""

import sys

from sgoffice.terminal.commands import main

sys.exit(main(sys.argv[1:]))
