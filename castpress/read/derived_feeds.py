"""``feeds`` of show.yaml become feeds; what one leaves out is taken from the main feed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.feed_files import derived_feed_path, without_live
from castpress.model.podcast import FeedType
from castpress.model.problem import Problem, Severity
from castpress.read.settings import feed_guid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.ledger import Ledger
    from castpress.model.podcast import Artwork, Feed
    from castpress.read.feed_entries import DerivedFeedEntry
    from castpress.read.settings import PlacedSettings

_ADVICE = "write one of `tag: …`, `person: …`, `season: 2`, `all: true` below it"


def derived_feeds(
    placed: PlacedSettings, main: Feed, artworks: Mapping[str, Artwork], ledger: Ledger
) -> tuple[tuple[DerivedFeed, ...], tuple[Problem, ...]]:
    """The feeds that repeat some of the episodes, in the order of show.yaml.

    Title, description, artwork, order and guid are a feed's own, all else is what the main feed
    says; its page is the show's. A guid is as written, else as recorded, else minted from the
    feed's first address, as a course's is.
    """
    found: list[DerivedFeed] = []
    problems: list[Problem] = []
    for name, entry in placed.settings.feeds.items():
        selections = entry.selections()
        if len(selections) == 1:
            path = derived_feed_path(name)
            guid = entry.guid or ledger.feed_guid(path) or _minted(placed, path)
            found.append(
                _derived(entry, selections[0], replace(main, path=path, guid=guid), artworks)
            )
            continue
        keys = " and ".join(f"`{by.value}`" for by, _ in selections)
        message = (
            f"`feeds.{name}` takes episodes by {keys}, and one of them has to be enough"
            if selections
            else f"`feeds.{name}` does not say which episodes it takes"
        )
        place = placed.place("feeds", name)
        problems.append(Problem("bad-value", message, place, Severity.ERROR, _ADVICE))
    return tuple(found), tuple(problems)


def _minted(placed: PlacedSettings, path: str) -> str:
    return feed_guid(placed.settings.base_url + path)


def _derived(
    entry: DerivedFeedEntry,
    selection: tuple[By, str | int | None],
    feed: Feed,
    artworks: Mapping[str, Artwork],
) -> DerivedFeed:
    """The entry made from ``feed``, which is the main one under another address and guid."""
    by, value = selection
    what = {By.SEASON: f"Season {value}", By.ALL: "All episodes"}.get(by, str(value))
    artwork = artworks.get(entry.artwork or "")
    if artwork is not None and entry.artwork_alt:
        artwork = replace(artwork, alt=entry.artwork_alt)
    own = replace(
        feed if by is By.ALL else without_live(feed),
        title=entry.title or f"{feed.title}: {what}",
        description=entry.description.strip() if entry.description else feed.description,
        feed_type=entry.type or (FeedType.SERIAL if by is By.SEASON else feed.feed_type),
        artwork=artwork or feed.artwork,
        # What Apple calls the show, and how often it comes, is not true of a part of it.
        apple_title=None,
        update_frequency=None,
    )
    return DerivedFeed(own, by, value)
