"""Any ledger, for hypothesis: all that show.lock can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.ledger import Ledger, LedgerEntry, PublishedAudio, WrittenTags
from castpress.model.podcast import AudioFacts, Chapter, Enclosure

# No surrogates: they are no text. All else may stand in a title.
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
NAME = st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1, max_size=8)
SLUG = st.lists(st.text("abz09", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
MS = st.integers(min_value=0, max_value=10**8)
PIXELS = st.integers(min_value=1, max_value=8192)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


TAGS = st.builds(
    WrittenTags,
    title=TEXT,
    artist=TEXT,
    album=TEXT,
    number=maybe(st.integers(min_value=0, max_value=9999)),
    date=maybe(st.dates(min_value=date(1990, 1, 1))),
    link=maybe(TEXT),
    language=maybe(NAME),
    artwork_sha256=maybe(DIGEST),
    chapters=st.lists(st.tuples(MS, TEXT), max_size=3).map(tuple),
)


@st.composite
def published_audio(draw: st.DrawFn, sound: str) -> PublishedAudio:
    media_type = draw(st.sampled_from(["audio/mpeg", "audio/x-m4a"]))
    chapters = draw(st.lists(st.builds(Chapter, MS, MS, TEXT), max_size=3))
    facts = AudioFacts(
        media_type=media_type,
        extension=draw(st.sampled_from(["mp3", "m4a"])),
        byte_length=draw(MS),
        duration_ms=draw(MS),
        sha256=sound,
        title=draw(maybe(TEXT)),
        artist=draw(maybe(TEXT)),
        chapters=tuple(chapters),
        width_px=draw(maybe(PIXELS)),
        height_px=draw(maybe(PIXELS)),
    )
    digest = draw(DIGEST)
    enclosure = Enclosure(f"audio/{digest[:32]}.mp3", media_type, draw(MS), digest)
    alternates = draw(st.lists(alternate(), max_size=2))
    return PublishedAudio(enclosure, facts, draw(maybe(TAGS)), tuple(alternates))


@st.composite
def alternate(draw: st.DrawFn) -> AlternateEnclosure:
    digest = draw(DIGEST)
    return AlternateEnclosure(
        media_type=draw(st.sampled_from(["audio/ogg", "video/mp4"])),
        sources=(f"audio/{draw(SLUG)}-{digest[:32]}.opus",),
        byte_length=draw(MS),
        bitrate=draw(maybe(MS)),
        height_px=draw(maybe(PIXELS)),
        language=draw(maybe(NAME)),
        title=draw(maybe(TEXT)),
        codecs=draw(maybe(NAME)),
        sha256=digest,
    )


@st.composite
def entries(draw: st.DrawFn, guid: str, stem: str) -> LedgerEntry:
    sound = draw(DIGEST)
    slug = draw(maybe(SLUG))
    old = draw(st.lists(SLUG, max_size=2, unique=True))
    return LedgerEntry(
        guid=guid,
        stem=stem,
        fingerprint=sound,
        is_retired=draw(st.booleans()),
        slug=slug,
        old_slugs=tuple(known for known in old if known != slug),
        audio=draw(maybe(published_audio(sound))),
        is_withdrawn=draw(st.booleans()),
        revision=draw(st.integers(min_value=0, max_value=3)),
    )


@st.composite
def ledgers(
    draw: st.DrawFn, names: st.SearchStrategy[str] = NAME, guids: st.SearchStrategy[str] = NAME
) -> Ledger:
    """A ledger whose names and guids are each there once."""
    found = draw(st.lists(guids, max_size=4, unique=True))
    stems = draw(st.lists(names, min_size=len(found), max_size=len(found), unique=True))
    made = [draw(entries(guid, stem)) for guid, stem in zip(found, stems, strict=True)]
    paths = st.sampled_from(["feed.xml", "courses/a/feed.xml"])
    digests = st.lists(DIGEST, min_size=1, max_size=3, unique=True).map(tuple)
    return Ledger(
        entries=tuple(sorted(made, key=lambda entry: (entry.stem, entry.guid))),
        feed_guids=tuple(sorted(draw(st.dictionaries(paths, NAME)).items())),
        live_feeds=tuple(sorted(draw(st.dictionaries(paths, digests)).items())),
        former_urls=tuple(draw(st.lists(NAME, max_size=2, unique=True))),
    )
