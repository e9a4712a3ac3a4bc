"""What the head of a note says that has to be known before the note is read whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.model.problem import Location


@dataclass(frozen=True, slots=True)
class Outline:
    """Who the episode is, what belongs to it and when it is out, as typed.

    Each ``…_place`` is where the author finds the value, or the note's first line.
    """

    guid: str | None
    slug: str | None
    guid_place: Location
    audio: str | None
    audio_place: Location
    transcript: str | None
    image: str | None
    image_alt: str | None
    image_place: Location
    course: str | None
    language: str | None
    published: str | None
    is_draft: bool
