"""``python -m castpress``."""

from __future__ import annotations

import sys

from castpress.cli import main

sys.exit(main())
