"""Related pages that notes name and nobody can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.related import Directory, NamedPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.own_pages import PageLink
    from castpress.model.podcast import Episode


def check_related(episodes: Sequence[Episode], pages: Iterable[PageLink]) -> Iterator[Problem]:
    """A problem for each name that is of no other episode and no page, whether out or not."""
    asking = [(episode, entry) for episode in episodes for entry in _named(episode)]
    if not asking:
        return
    directory = Directory(episodes, pages)
    for episode, entry in asking:
        if directory.find(entry.name, episode) is not None:
            continue
        near = directory.near(entry.name, episode)
        advice = (
            f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else (
                "write the slug, the file's name, the number or the title of another episode, "
                "or `title:` and `url:`"
            )
        )
        yield Problem(
            "unknown-related",
            f"no other episode and no page is called {entry.name!r}",
            entry.location,
            Severity.WARNING,
            advice,
        )


def _named(episode: Episode) -> Iterator[NamedPage]:
    return (entry for entry in episode.related if isinstance(entry, NamedPage))
