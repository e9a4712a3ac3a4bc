"""What of an episode's text a description in the feed has no room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.model.problem import Location


@dataclass(frozen=True, slots=True)
class MissingText:
    """What is left out of a text of ``whole_bytes``, its tags included.

    ``parts`` are in words what belongs to no section of the notes; ``sections`` the titles of
    those that are not there, ``cut`` that of the one that ends early, if one does. A title is
    empty for the text above the first heading. ``location`` is where the notes end, None where
    they are all there.
    """

    whole_bytes: int
    parts: tuple[str, ...]
    sections: tuple[str, ...]
    cut: str | None
    location: Location | None
