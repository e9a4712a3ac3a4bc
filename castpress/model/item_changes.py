"""What changes about one episode, from one feed to the next, as a subscriber meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.chapter_changes import chapter_change
from castpress.model.detail_changes import WORDS, detail_change
from castpress.model.difference_kind import Difference, Kind, bytes_text, two_sizes
from castpress.model.problem import Severity
from castpress.model.recovery import audio_digest
from castpress.model.timecode import format_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from castpress.model.listing import ListedItem

_REFRESH = "apps show it at their next refresh"


def new_item(item: ListedItem, newest: datetime | None, zone: tzinfo | None) -> Difference:
    """An episode that was not in the feed; ``newest`` is the last date that was."""
    if item.published is not None and newest is not None and item.published < newest:
        text = (
            f"is added among the older episodes, dated {_day(item.published, zone)}; apps list it "
            "there, and few of them tell anybody"
        )
    else:
        text = "arrives as a new episode; apps announce and download it"
    return _difference(Kind.NEW_EPISODE, item, text, Severity.NOTE, ("", item.enclosure_url))


def gone_item(item: ListedItem) -> Difference:
    """An episode that is no longer in the feed."""
    text = "leaves the feed; apps take it off their lists, whoever has downloaded it may keep it"
    return _difference(Kind.GONE_EPISODE, item, text, Severity.WARNING, (item.enclosure_url, ""))


def twin_item(old: ListedItem, item: ListedItem) -> Difference:
    """An episode that comes back under another guid; nothing else about it matters then."""
    text = (
        f"has guid {item.guid}, {old.guid} before: every app downloads it again as a new episode, "
        "and forgets what has been heard"
    )
    return _difference(Kind.GUID_CHANGED, item, text, Severity.ERROR, (old.guid, item.guid))


def item_changes(old: ListedItem, item: ListedItem, zone: tzinfo | None) -> Iterator[Difference]:
    """All that differs between an episode before and after, under one guid."""
    yield from _enclosure(old, item)
    yield from _date(old, item, zone)
    yield from _place(old, item)
    yield from _chapters(old, item)
    yield from _duration(old, item)
    yield from _alternates(old, item)
    rows = (
        (Kind.RETITLED, old.title, item.title, f"is its title now, {old.title!r} before"),
        (
            Kind.LINK_MOVED,
            old.link,
            item.link,
            f"has its page at {item.link or 'no address'} now, {old.link or 'none'} before",
        ),
        (
            Kind.ARTWORK_CHANGED,
            old.artwork_url,
            item.artwork_url,
            "has another picture" if item.artwork_url else "has no picture of its own any more",
        ),
        (
            Kind.NOTES_CHANGED,
            old.description_digest,
            item.description_digest,
            "has other notes" if item.description_digest else "has no notes any more",
        ),
    )
    for kind, was, now, text in rows:
        if was != now:
            yield _difference(kind, item, f"{text}; {_REFRESH}", Severity.NOTE, (was, now))
    yield from _details(old, item)


def _details(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    """What the item says besides, in one difference for all of it."""
    found = detail_change(
        old.details,
        item.details,
        WORDS,
        has_other_title=old.title != item.title,
        has_other_artwork=old.artwork_url != item.artwork_url,
    )
    if found is not None:
        text = f"has other details: {found.words}; {_REFRESH}"
        values = (found.before, found.after)
        yield _difference(Kind.DETAILS_CHANGED, item, text, Severity.NOTE, values)


def _enclosure(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    """Another file, other bytes under one address, or another word for what the file is."""
    lengths = (old.byte_length, item.byte_length)
    sizes = ""
    if old.byte_length and item.byte_length and old.byte_length != item.byte_length:
        sizes = " ({1}, {0} before)".format(*two_sizes(old.byte_length, item.byte_length))
    severity, text = Severity.WARNING, ""
    digest = audio_digest(item.enclosure_url)
    has_moved = digest is not None and digest == audio_digest(old.enclosure_url)
    if old.enclosure_url != item.enclosure_url and has_moved and not sizes:
        text, severity = "has the same audio at another address; nobody notices", Severity.NOTE
    elif old.enclosure_url != item.enclosure_url:
        text = (
            f"has a new audio file{sizes}: new listeners get the new file; apps that have the old "
            "one keep it"
        )
    elif sizes:
        text = (
            f"has other audio under the same address{sizes}: apps that hold half of the old file "
            "go on with the new one and stumble"
        )
    elif lengths[0] != lengths[1]:
        told = bytes_text(item.byte_length) if item.byte_length else "nothing"
        text, severity = f"says {told} of the size of its audio; nobody notices", Severity.NOTE
    if text:
        was, now = old.enclosure_url, item.enclosure_url
        if was == now:
            was, now = (str(length or 0) for length in lengths)
        yield _difference(Kind.ENCLOSURE_CHANGED, item, text, severity, (was, now))
    if old.media_type != item.media_type:
        text = (
            f"is said to be {item.media_type or 'of no type'}, {old.media_type or 'none'} before; "
            "apps that play by type treat it otherwise"
        )
        was, now = old.media_type, item.media_type
        yield _difference(Kind.TYPE_CHANGED, item, text, Severity.NOTE, (was, now))


def _date(old: ListedItem, item: ListedItem, zone: tzinfo | None) -> Iterator[Difference]:
    """Another moment; the same moment written with another offset is none."""
    if old.published == item.published:
        return
    was, now = _two_moments(old.published, item.published, zone)
    text = f"is dated {now or 'never'}, {was or 'never'} before; apps list it at its new place"
    if old.published and item.published and item.published > old.published:
        text += ", some announce it again"
    yield _difference(Kind.DATE_MOVED, item, text, Severity.WARNING, (was, now))


def _place(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    """Season, number, kind, and whether directories list it at all."""
    was, now = _number(old), _number(item)
    if was != now:
        text = f"is {now} now, {was} before; {_REFRESH}"
        yield _difference(Kind.NUMBER_CHANGED, item, text, Severity.NOTE, (was, now))
    if old.episode_type != item.episode_type:
        was, now = old.episode_type, item.episode_type
        text = f"is of type {now} now, {was} before; apps list it elsewhere"
        yield _difference(Kind.TYPE_CHANGED, item, text, Severity.WARNING, (was, now))
    if old.is_blocked != item.is_blocked:
        text = (
            "asks directories to hide it; subscribers there no longer see it"
            if item.is_blocked
            else "no longer asks directories to hide it; it appears there"
        )
        yield _difference(Kind.VISIBILITY_CHANGED, item, text, Severity.WARNING)


def _alternates(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    """The other encodings, by their addresses."""
    was = {source for found in old.alternates for source in found.sources}
    now = {source for found in item.alternates for source in found.sources}
    if was != now:
        count = len(item.alternates)
        text = (
            f"can be had in {count} other encoding{'' if count == 1 else 's'}, "
            f"{len(old.alternates)} before; few apps offer them"
        )
        yield _difference(Kind.ALTERNATES_CHANGED, item, text, Severity.NOTE)


def _chapters(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    change = chapter_change(old.chapters, item.chapters)
    was, now = str(len(old.chapters)), str(len(item.chapters))
    if change is None:
        if old.chapters_url == item.chapters_url:
            return
        was, now = old.chapters_url or "", item.chapters_url or ""
        change = f"has its file of chapters at {now or 'no address'} now, {was or 'none'} before"
    text = f"{change}; some apps keep those that they already have"
    yield _difference(Kind.CHAPTERS_CHANGED, item, text, Severity.NOTE, (was, now))


def _duration(old: ListedItem, item: ListedItem) -> Iterator[Difference]:
    """Another length in whole seconds, which is all that a feed can say."""
    was, now = _clock(old.duration_ms), _clock(item.duration_ms)
    if was != now:
        text = f"is said to last {now}, {was} before; {_REFRESH}"
        yield _difference(Kind.DURATION_CHANGED, item, text, Severity.NOTE, (was, now))


def _difference(
    kind: Kind,
    item: ListedItem,
    text: str,
    severity: Severity,
    values: tuple[str | None, str | None] = ("", ""),
) -> Difference:
    """The difference about an episode; values that are empty are none."""
    before, after = (value or None for value in values)
    return Difference(kind, item.guid, item.title or item.guid, text, severity, before, after)


def _number(item: ListedItem) -> str:
    season = None if item.season is None else f"season {item.season}"
    number = None if item.number is None else f"episode {item.number}"
    return " ".join(part for part in (season, number) if part) or "without a number"


def _clock(duration_ms: int | None) -> str:
    return "an unknown time" if duration_ms is None else format_clock(max(duration_ms, 0))


def _day(moment: datetime, zone: tzinfo | None) -> str:
    return moment.astimezone(zone or moment.tzinfo).date().isoformat()


def _two_moments(
    before: datetime | None, after: datetime | None, zone: tzinfo | None
) -> tuple[str, str]:
    """Two dates to the minute, to the second where they would read the same."""
    words = ("", "")
    for exactness in ("minutes", "seconds", "microseconds"):
        words = (_moment(before, zone, exactness), _moment(after, zone, exactness))
        if words[0] != words[1]:
            break
    return words


def _moment(moment: datetime | None, zone: tzinfo | None, exactness: str) -> str:
    if moment is None:
        return ""
    return moment.astimezone(zone or moment.tzinfo).isoformat(" ", exactness)
