"""Where the page of a tag, a person or a season lies, and an exercise: their names alone decide.

So a page can link to one without knowing which others there are.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from slugify import slugify

TAGS_PATH = "tags/"
PEOPLE_PATH = "people/"
SEARCH_PATH = "search/"
EXERCISES_PATH = "exercises/"
_LONGEST = 80


def tag_path(tag: str) -> str:
    """The page of a tag; tags that differ in case or accents only share it.

    >>> tag_path("Trail running"), tag_path("trail  RUNNING")
    ('tags/trail-running/', 'tags/trail-running/')
    """
    return f"{TAGS_PATH}{_slug(tag)}/"


def person_path(name: str) -> str:
    """The page of a person.

    >>> person_path("Zoë Müller")
    'people/zoe-muller/'
    """
    return f"{PEOPLE_PATH}{_slug(name)}/"


def exercise_anchor(name: str) -> str:
    """Where an exercise stands on the page of all exercises; its name alone tells it from others.

    >>> exercise_anchor("Bent-knee calf raises"), exercise_anchor("Bent knee  calf raises!")
    ('bent-knee-calf-raises', 'bent-knee-calf-raises')
    """
    return _slug(name)


def season_path(number: int) -> str:
    """The page of a season of the show."""
    return f"seasons/{number}/"


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    """The words of a name in ASCII; a name without any is told from others by a digest.

    >>> _slug("日本語"), _slug("🏃")
    ('ri-ben-yu', 'x-dd505500')
    """
    found = str(slugify(name, max_length=_LONGEST, word_boundary=True))
    words = " ".join(name.split()).casefold()
    return found or f"x-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:8]}"
