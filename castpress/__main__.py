"""``python -m castpress``, and what the installed command and ``build.py`` run."""

from __future__ import annotations

import sys

from castpress.unchanged import is_unchanged


def main(words: list[str] | None = None) -> int:
    """Run the command of the command line, or these words, and return its exit code."""
    said = sys.argv[1:] if words is None else words
    if is_unchanged(said):
        return 0
    import gc

    from castpress.cli import main as run

    code = run(said)
    # What is left is all in use or about to go; looking through it once more costs a tenth.
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
