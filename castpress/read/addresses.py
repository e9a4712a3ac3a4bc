"""Each address of a page given once: settled among all episodes together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.podcast import page_path
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.podcast import Episode


def with_recorded_address(
    episode: Episode, own_slug: str | None, recorded: str | None, old_slugs: tuple[str, ...]
) -> Episode:
    """The episode at the address that show.lock has for it; one that was out stays.

    ``own_slug`` is what the note says, which wins; the addresses before lead to the one now.
    """
    if recorded is None:
        return episode
    slug = own_slug or recorded
    return replace(episode, slug=slug, aliases=(*episode.aliases, *old_slugs, recorded))


def settle_addresses(
    episodes: Sequence[Episode],
) -> tuple[tuple[Episode, ...], tuple[Problem, ...]]:
    """The episodes with each address given once: the one that was there first keeps it.

    Two pages in one place are an error; an old address that somebody has taken leads there.
    """
    problems: list[Problem] = []
    owner: dict[str, Episode] = {}
    for episode in sorted(episodes, key=lambda e: (e.published is None, str(e.published), e.stem)):
        first = owner.setdefault(episode.page_path, episode)
        if first is not episode:
            problems.append(_slug_clash(episode, first))
    settled = []
    for episode in episodes:
        kept = []
        for alias in dict.fromkeys(episode.aliases):
            path = page_path(episode.course, alias)
            first = owner.setdefault(path, episode)
            if first is episode:
                kept.append(alias)
            else:
                problems.append(_alias_taken(episode, path, first))
        aliases = tuple(alias for alias in kept if alias != episode.slug)
        settled.append(episode if aliases == episode.aliases else replace(episode, aliases=aliases))
    return tuple(settled), tuple(problems)


def _slug_clash(episode: Episode, first: Episode) -> Problem:
    return Problem(
        "slug-clash",
        f"{episode.title!r} would have the same address as {first.location.file.name}: "
        f"{episode.page_path}",
        episode.location,
        Severity.ERROR,
        f"write `slug: {episode.slug}-2`, or better words, at the top of the note",
    )


def _alias_taken(episode: Episode, path: str, first: Episode) -> Problem:
    return Problem(
        "alias-taken",
        f"{path} was an address of {episode.title!r} and is now one of {first.title!r}",
        episode.location,
        Severity.WARNING,
        f"give {first.location.file.name} another `slug:`, so that old links lead here",
    )
