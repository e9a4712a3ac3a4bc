"""Where in the notes the exercises of an episode stand."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Section
    from castpress.model.podcast import Exercise

_TAG = re.compile(r"<[^>]+>")
_NO_LETTERS = re.compile(r"[\W_]+")


def exercises_anchor(sections: Sequence[Section], exercises: Sequence[Exercise]) -> str | None:
    """The section of the exercises, else the first that names the first one; None without any."""
    if not exercises:
        return None
    for section in sections:
        if section.role is SectionRole.EXERCISES:
            return section.anchor
    wanted = _letters(exercises[0].name)
    for section in sections:
        is_notes = section.role is not SectionRole.TRANSCRIPT
        if is_notes and wanted in _letters(html.unescape(_TAG.sub(" ", section.html))):
            return section.anchor
    return None


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
