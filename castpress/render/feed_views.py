"""The feeds beside the main one, as the subscribe page offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.derived_feed import By
from castpress.render.page_views import FeedView

if TYPE_CHECKING:
    from castpress.model.derived_feed import DerivedFeed
    from castpress.render.catalogue import Catalogue


def view_feeds(listed: Catalogue) -> tuple[FeedView, ...]:
    """Feeds that repeat episodes; the one of everything first, and none by the show's name."""
    show = listed.edition.show
    offered = [each for each in show.derived if each.feed in listed.frame.feeds]
    offered.sort(key=lambda each: each.by is not By.ALL)
    return tuple(_view(each, listed) for each in offered)


def _view(derived: DerivedFeed, listed: Catalogue) -> FeedView:
    """A feed by its own name, with what is in it; by that alone where the name says no more."""
    show, feed, say = listed.edition.show, derived.feed, listed.frame.say
    words = _contents(derived, listed)
    name = feed.title.removeprefix(f"{show.title}: ")
    unnamed = {
        By.ALL: {"All episodes", say("site.all_episodes"), show.title},
        By.SEASON: {f"Season {derived.value}", say("label.season", number=derived.value)},
    }.get(derived.by, {str(derived.value)})
    if name in unnamed or name == words:
        return FeedView(words, show.url(feed.path), "")
    return FeedView(name, show.url(feed.path), words)


def _contents(derived: DerivedFeed, listed: Catalogue) -> str:
    """What is in a feed, in a few words."""
    say = listed.frame.say
    match derived.by:
        case By.TAG:
            return say("subscribe.tagged", tag=derived.value)
        case By.PERSON:
            return say("subscribe.with_person", name=derived.value)
        case By.SEASON:
            files = (file for file in listed.feeds if file.feed.path == derived.feed.path)
            names = (r.episode.season_name for file in files for r in file.releases)
            name = next(filter(None, names), "")
            season = say("label.season", number=derived.value)
            return f"{season}: {name}" if name else season
        case By.ALL:
            return say("subscribe.everything" if listed.frame.taught else "site.all_episodes")
