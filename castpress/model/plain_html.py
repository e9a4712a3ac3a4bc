"""HTML so plain that the sanitiser and lxml write it just as they read it.

Almost all notes are paragraphs and flat lists of such lines. To see that takes a fraction of the
time of parsing them, so who would parse asks here first.
"""

from __future__ import annotations

_TEXT = (
    r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0]*+(?:&(?:amp|lt|gt);[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0]*+)*+"
)
_HOST = r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*\.[a-z]{2,}"
_BEHIND_HOST = r"[/?#](?:[A-Za-z0-9_.~!()*+,;=:@/?#%-]|&amp;)*+"
_ADDRESS = rf"(?:https?://{_HOST}(?:{_BEHIND_HOST})?|#t=(?:0|[1-9][0-9]{{0,8}}))"


def line_pattern(*more: str) -> str:
    """The pattern of a line: text, and in it bold, emphasis and links, none within another.

    ``more`` are patterns of what may stand there too. The pattern has no group, and it never goes
    back over text that it has passed.
    """
    marks = (
        rf"<strong>{_TEXT}</strong>",
        rf"<em>{_TEXT}</em>",
        rf'<a href="{_ADDRESS}">{_TEXT}</a>',
        *more,
    )
    return rf"{_TEXT}(?:(?:{'|'.join(marks)}){_TEXT})*+"
