"""What changes about a show itself, from one feed to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.detail_changes import CHANNEL_WORDS, detail_change
from castpress.model.difference_kind import Difference, Kind, two_sizes
from castpress.model.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.listing import ListedFeed

_MEGABYTE = 1_000_000
# Directories name no limit; these are sizes at which something is known to begin.
SIZE_STEPS: tuple[tuple[int, str], ...] = (
    (1 * _MEGABYTE, "apps fetch all of it at every refresh, on phones too"),
    (2 * _MEGABYTE, "apps take noticeably long to refresh it"),
    (10 * _MEGABYTE, "content networks no longer compress it, and some apps give up"),
)
"""From how many bytes a feed is trouble, and which."""


def channel_changes(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    """All that is not about one episode."""
    yield from _podcast_guid(before, after)
    yield from _address(before, after)
    yield from _names(before, after)
    yield from _standing(before, after)
    yield from _details(before, after)
    yield from _archived(before, after)
    yield from _size(before, after)


def _names(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    """What directories print about the show."""
    first = "oldest" if after.feed_type == "serial" else "newest"
    rows = (
        (
            Kind.FEED_RETITLED,
            before.title,
            after.title,
            f"is the show's name now, {before.title!r} before; apps rename it for all subscribers",
        ),
        (
            Kind.TYPE_CHANGED,
            before.feed_type,
            after.feed_type,
            f"is {after.feed_type} now, {before.feed_type} before; apps list the {first} "
            "episode first",
        ),
        (
            Kind.LANGUAGE_CHANGED,
            before.language,
            after.language,
            f"is in language {after.language!r} now, {before.language!r} before; directories "
            "list it among others",
        ),
        (
            Kind.LINK_MOVED,
            before.link,
            after.link,
            f"has its page at {after.link or 'no address'} now, {before.link or 'none'} before",
        ),
        (
            Kind.ARTWORK_CHANGED,
            before.artwork_url,
            after.artwork_url,
            "has another cover; apps show it in the course of days"
            if after.artwork_url
            else "has no cover any more; apps show a grey square",
        ),
    )
    harmless = {Kind.LINK_MOVED, Kind.ARTWORK_CHANGED}
    for kind, old, new, text in rows:
        if old != new:
            level = Severity.NOTE if kind in harmless and new else Severity.WARNING
            yield Difference(kind, None, after.title or before.title, text, level, old, new)


def _standing(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    """Whether directories list the show at all, and whether they go on asking for it."""
    title = after.title or before.title
    if before.is_blocked != after.is_blocked:
        text = (
            "asks directories to leave it out; nobody finds it there any more"
            if after.is_blocked
            else "no longer asks directories to leave it out; it appears there"
        )
        yield Difference(Kind.VISIBILITY_CHANGED, None, title, text, Severity.WARNING)
    if before.is_complete != after.is_complete:
        text = (
            "says that nothing more will come; Apple stops asking for new episodes"
            if after.is_complete
            else "no longer says that nothing more will come"
        )
        yield Difference(Kind.COMPLETE_CHANGED, None, title, text, Severity.WARNING)


def _podcast_guid(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    old, new = before.podcast_guid, after.podcast_guid
    if old == new:
        return
    severity = Severity.ERROR
    if old is None:
        severity = Severity.NOTE
        text = f"has a podcast guid from now on, {new}"
    elif new is None:
        text = f"has lost its podcast guid, {old}; directories may take it for another show"
    else:
        text = f"has podcast guid {new}, {old} before; directories take it for another show"
    yield Difference(
        Kind.PODCAST_GUID_CHANGED, None, after.title or before.title, text, severity, old, new
    )


def _address(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    title = after.title or before.title
    for old, new, told, untold in (
        (
            before.new_feed_url,
            after.new_feed_url,
            "tells apps to follow it to {new}; keep the old address working for months",
            "no longer sends apps to {old}",
        ),
        (
            before.self_url,
            after.self_url,
            "gives {new} as the feed's own address, {old} before; new subscribers are sent there",
            "no longer says what the feed's own address is, {old} before",
        ),
    ):
        if old != new:
            text = (told if new else untold).format(old=old or "none", new=new)
            yield Difference(Kind.FEED_MOVED, None, title, text, Severity.WARNING, old, new)


def _details(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    """What the channel says besides, in one difference for all of it."""
    found = detail_change(
        before.details,
        after.details,
        CHANNEL_WORDS,
        has_other_title=before.title != after.title,
        has_other_artwork=before.artwork_url != after.artwork_url,
    )
    if found is not None:
        title, text = after.title or before.title, f"has other details: {found.words}"
        values = (found.before or None, found.after or None)
        yield Difference(Kind.DETAILS_CHANGED, None, title, text, Severity.NOTE, *values)


def _archived(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    """Episodes that stand in archive pages only from now on, or in the feed itself again."""
    title = after.title or before.title
    own_before = {item.guid for item in before.items}.difference(before.archived)
    own_after = {item.guid for item in after.items}.difference(after.archived)
    left = len(own_before.intersection(after.archived))
    back = len(own_after.intersection(before.archived))
    if left:
        text = (
            f"lists {left} of its older episodes in archive pages only: apps that read none, "
            "which are most, take them off their lists"
        )
        yield Difference(Kind.ARCHIVED, None, title, text, Severity.WARNING, "", str(left))
    if back:
        text = f"lists {back} of its archived episodes itself again; all apps show them"
        yield Difference(Kind.ARCHIVED, None, title, text, Severity.NOTE, str(back), "")
    is_same_list = set(before.archived) == set(after.archived)
    was, now = len(before.page_sizes), len(after.page_sizes)
    if is_same_list and before.page_sizes != after.page_sizes:
        pages = f"{now} archive pages now, {was} before" if was != now else "archive pages anew"
        text = f"divides its {len(after.archived)} older episodes into {pages}; nobody notices"
        yield Difference(Kind.PAGES_DIVIDED, None, title, text, Severity.NOTE, str(was), str(now))


def _size(before: ListedFeed, after: ListedFeed) -> Iterator[Difference]:
    old, new = before.byte_length, after.byte_length
    if old == new:
        return
    was, now = two_sizes(old, new)
    text, severity = f"is a feed of {now}, {was} before", Severity.NOTE
    for step, trouble in SIZE_STEPS:
        if old < step <= new:
            text = f"is a feed of {now}, {was} before, past {step // _MEGABYTE} MB: {trouble}"
            severity = Severity.WARNING
    yield Difference(
        Kind.FEED_SIZE, None, after.title or before.title, text, severity, str(old), str(new)
    )
