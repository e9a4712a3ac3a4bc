"""A script as visitors get it."""

from __future__ import annotations

import re

_HEAD = re.compile(r"\A\s*/\*(?!!).*?\*/", re.DOTALL)


def without_notes(script: str) -> str:
    r"""The same script without indentation, and without what stands in lines for whoever edits it.

    A comment ``/*! … */`` stays, for it is somebody's licence. Where a text in backticks may run
    over several lines nothing is touched, because there space is text.

    >>> without_notes("/* Mine. */\na(() => {\n  // say it\n  b('//');\n});\n")
    "a(() => {\nb('//');\n});\n"
    >>> without_notes("a(`one\n  // two`);")
    'a(`one\n  // two`);'
    """
    if any(line.count("`") % 2 for line in script.split("\n")):
        return script
    lines = (line.strip() for line in _HEAD.sub("", script).split("\n"))
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
