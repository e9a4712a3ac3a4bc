"""Rules about the show as a whole and about its episodes together."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from castpress.model.podcast import EpisodeType
from castpress.model.problem import Location, Problem, Severity
from castpress.model.text import DESCRIPTION_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.podcast import Episode, Show

_FILE_NAME = re.compile(r"\S*\.(jpe?g|png|webp|gif)|(img|dsc|image)[-_ ]?\d+", re.IGNORECASE)


def alt_is_file_name(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """The words for those who cannot see the picture are a file name."""
    pictures = [feed.artwork for feed in show.feeds] + [e.artwork for e in episodes]
    for alt in dict.fromkeys(picture.alt for picture in pictures if picture is not None):
        words = alt.split()
        if alt and (_FILE_NAME.fullmatch(alt) or _FILE_NAME.fullmatch(words[-1])):
            yield Problem(
                "alt-is-file-name",
                f"the artwork is described as {alt!r}, which tells a blind listener nothing",
                place,
                Severity.WARNING,
                "say in `artwork_alt:` (or `image_alt:`) what the picture shows",
            )


def long_description(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """The description is longer than Apple takes."""
    del episodes
    # A feed without a description of its own has the show's.
    by_text = {feed.description: feed for feed in show.feeds}
    for feed in by_text.values():
        size = len(feed.description.encode("utf-8"))
        if size > DESCRIPTION_BYTES:
            yield Problem(
                "long-description",
                f"the description of {feed.title!r} has {size} bytes; Apple takes "
                f"{DESCRIPTION_BYTES}",
                place,
                Severity.ERROR,
                "shorten `description:`",
            )


def repeated_tagline(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """The description begins with the tagline, which stands right above it on the page."""
    del episodes
    tagline = (show.tagline or "").rstrip(".!? ").casefold()
    if tagline and show.feed.description.casefold().startswith(tagline):
        yield Problem(
            "repeated-tagline",
            "the description begins with the tagline, which stands right above it on the page",
            place,
            Severity.NOTE,
            "leave the sentence out of `description:`",
        )


def no_contact(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """Without an e-mail address in the feed some directories cannot be claimed."""
    del episodes
    if show.feed.owner_email is None:
        yield Problem(
            "no-owner",
            "the feed names no e-mail address; Spotify and Amazon send their proof of ownership "
            "to it",
            place,
            Severity.NOTE,
            "write `owner:` with `email:` below it; an address that may be public",
        )


def same_audio(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """Two episodes carry the very same audio."""
    del show, place
    by_audio: dict[str, list[Episode]] = defaultdict(list)
    for episode in episodes:
        if episode.audio.sha256:  # of audio that only a lost feed told of nobody knows it
            by_audio[episode.audio.sha256].append(episode)
    for first, *others in by_audio.values():
        for other in others:
            yield Problem(
                "same-audio",
                f"{other.location.file.name} has the same audio as {first.location.file.name}",
                other.location,
                Severity.WARNING,
                "replace the file in episodes/ if that is a slip of copying",
            )


def same_number(show: Show, episodes: Sequence[Episode], place: Location) -> Iterator[Problem]:
    """Two episodes of one season, or two lessons of one course, have the same number."""
    del show, place
    first: dict[tuple[str | None, int | None, int], Episode] = {}
    for episode in episodes:
        if episode.number is None or episode.decimal_number is not None:
            continue
        if episode.episode_type is not EpisodeType.FULL:
            continue
        key = episode.course, episode.season, episode.number
        other = first.setdefault(key, episode)
        if other is not episode:
            yield Problem(
                "same-number",
                f"{episode.location.file.name} has the number {episode.number}, and so has "
                f"{other.location.file.name}",
                episode.location,
                Severity.WARNING,
                "change one of them: `episode:`, or `lesson:` in a course",
            )


RULES = (
    alt_is_file_name,
    long_description,
    repeated_tagline,
    no_contact,
    same_audio,
    same_number,
)


def check_show(show: Show, episodes: Sequence[Episode], place: Location) -> tuple[Problem, ...]:
    """What the rules find in the show as a whole; ``place`` is where its settings stand.

    Of the episodes they need no notes: what is wrong with one alone is `check_episode`'s.
    """
    return tuple(problem for rule in RULES for problem in rule(show, episodes, place))
