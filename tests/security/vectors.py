"""The hostile texts of vectors.txt, each with a number of its own in it.

The quick suite takes a sample of each family; with CASTPRESS_LONG=1 all go everywhere.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

FILE = Path(__file__).with_name("vectors.txt")
HIT = "hit"
"""The function that no page may call; a vector calls it with its number."""

_ESCAPE = re.compile(
    r"\\(?:([nrt0\\])|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))", re.IGNORECASE
)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Vector:
    """One hostile text; ``mark`` stands in it wherever the file says so."""

    number: int
    family: str
    text: str

    @property
    def mark(self) -> str:
        """The number as the text spells it, long enough to stand nowhere else."""
        return mark_of(self.number)


def mark_of(number: int) -> str:
    """A number that no clock, size or date of a page is."""
    return f"77{number:04}77"


def read_vectors(text: str) -> tuple[Vector, ...]:
    r"""The vectors of a file's text.

    >>> [vector.text for vector in read_vectors("== a\n<b onclick=HIT>\\n\n")]
    ['<b onclick=hit(77000177)>\n']
    """
    found: list[Vector] = []
    family = ""
    for line in text.split("\n"):
        if line.startswith("== "):
            family = line.removeprefix("== ")
        elif family and line:
            mark = mark_of(len(found) + 1)
            filled = line.replace("HIT", f"{HIT}({mark})").replace("TICK", f"{HIT}`{mark}`")
            filled = filled.replace("MARK", mark)
            found.append(Vector(len(found) + 1, family, _ESCAPE.sub(_character, filled)))
    return tuple(found)


def _character(escape: re.Match[str]) -> str:
    code = escape[2] or escape[3] or escape[4]
    return chr(int(code, 16)) if code else _SHORT[escape[1].lower()]


def sample(vectors: tuple[Vector, ...], step: int) -> tuple[Vector, ...]:
    """The first of each family, each ``step``-th that follows it there, and the few pictures."""
    families = groupby(vectors, key=lambda vector: vector.family)
    return tuple(
        vector
        for _, family in families
        for number, vector in enumerate(family)
        if number % step == 0 or "![" in vector.text
    )


ALL_VECTORS = read_vectors(FILE.read_text("utf-8"))
VECTORS = ALL_VECTORS if os.environ.get("CASTPRESS_LONG") else sample(ALL_VECTORS, 4)
