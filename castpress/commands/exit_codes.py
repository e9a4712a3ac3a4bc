"""What a command's exit code means; scripts and CI rely on them (docs/commands.md)."""

from __future__ import annotations

OK = 0
PROBLEMS = 1
USAGE = 2
MISSING_TOOL = 3
NETWORK = 4
BUG = 70
INTERRUPTED = 130
