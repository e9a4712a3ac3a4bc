"""What of an episode's notes does not fit into the text that apps show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.text import DESCRIPTION_BYTES

if TYPE_CHECKING:
    from castpress.model.feed_text import MissingText
    from castpress.model.podcast import Episode

_MOST_NAMES = 5


def check_feed_text(episode: Episode, missing: MissingText | None) -> tuple[Problem, ...]:
    """A note that names what the feed's description is without; nothing where it is whole."""
    if missing is None:
        return ()
    names = [*missing.parts]
    if missing.cut is not None:
        names.append(f"the end of {_named(missing.cut)}")
    names += map(_named, missing.sections)
    if len(names) > _MOST_NAMES:
        names[_MOST_NAMES:] = [f"{len(names) - _MOST_NAMES} more"]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    problem = Problem(
        "cut-feed-text",
        f"the notes make {missing.whole_bytes} bytes of text, and apps take {DESCRIPTION_BYTES}; "
        f"the feed's description is without {listed}",
        missing.location or episode.location,
        Severity.NOTE,
        "type nothing: content:encoded and the page have the whole; or shorten notes and chapter "
        "titles, because Apple and Spotify show the description only",
    )
    return (problem,)


def _named(title: str) -> str:
    return repr(title) if title else "the text above the first heading"
