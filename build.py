"""Build the show in this folder: the same as ``./run build`` and ``castpress build``."""

import sys

from castpress.__main__ import main

sys.exit(main(["build", *sys.argv[1:]]))
