"""Text as it was pasted, to text that can be read; line numbers stay what they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Spaces that look like one but are not: no-break, figure, narrow, thin, ideographic, line and
# paragraph separators (no editor counts those two as a line's end).
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
# Marks without width: zero-width space, word joiner, soft hyphen, byte order mark, and the
# embeddings and isolates that can make a line read differently from what it says.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f"
    "\u2028-\u202f\u205f-\u2069\u3000\ud800-\udfff\ufeff]"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text without odd characters, and what was found of them.

    ``first_line`` is the first line (from 1) that held a no-break space or an invisible mark.
    """

    text: str
    space_count: int = 0
    mark_count: int = 0
    first_line: int = 0


def clean_text(text: str) -> CleanText:
    r"""The text with plain spaces, ``\n`` line ends and nothing invisible.

    >>> clean_text("\ufeffStay\u00a0 tuned\r\n").text
    'Stay  tuned\n'
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = text.replace("\n", "").isprintable()  # most text by far, and seen at once
    odd = None if is_plain else _ODD.search(text)
    if odd is None:
        return CleanText(text)
    first_line = text.count("\n", 0, odd.start()) + 1
    text, space_count = _ODD_SPACES.subn(" ", text)
    text, mark_count = _INVISIBLE.subn("", text)
    if not _RIGHT_TO_LEFT.search(text):
        text, direction_count = _DIRECTION_MARKS.subn("", text)
        mark_count += direction_count
    text, control_count = _CONTROL.subn("", text)
    text = _SURROGATE.sub("\ufffd", text)
    return CleanText(text, space_count, mark_count + control_count, first_line)
