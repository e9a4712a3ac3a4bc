"""A show that lies on no disk: from text and facts to problems and feeds, the way a build goes.

What the walk does with files is done here with their texts, by the same functions in the same
order; a step that follows knows of the one before what show.lock would.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from slugify import slugify

from castpress.check.artwork import check_artwork, no_artwork
from castpress.check.courses import check_courses
from castpress.check.episode import check_episode
from castpress.check.feed_text import check_feed_text
from castpress.check.feeds import check_feeds
from castpress.check.leaving import check_leaving
from castpress.check.show import check_show
from castpress.commands.collector import Collector
from castpress.model import ledger as ledgers
from castpress.model.feed_files import feed_files
from castpress.model.identity import Claimant, identify
from castpress.model.image import ImageFacts
from castpress.model.ledger import Ledger, PublishedAudio
from castpress.model.podcast import Artwork, AudioFacts, Chapter, Edition, Enclosure, Release, Show
from castpress.model.problem import Location, Problem, Severity, by_place, worst
from castpress.model.schedule import schedule
from castpress.model.teaser import coming_of, teasers_of
from castpress.model.text import DESCRIPTION_BYTES
from castpress.read.addresses import settle_addresses, with_recorded_address
from castpress.read.episode import Material, assemble_episode
from castpress.read.episode_transcripts import TranscriptSource
from castpress.read.front_matter import parse_head
from castpress.read.lessons import published_of, signs_of
from castpress.read.notes import parse_notes
from castpress.read.pairing import no_audio, pair_sources
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.read.site_words import site_words
from castpress.render.description import gather_blocks
from castpress.render.feed import render_feed
from tests.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from castpress.model.podcast import Episode
    from castpress.read.front_matter import Head
    from castpress.read.pairing import Pair
    from castpress.read.people import PersonEntry
    from castpress.read.settings import PlacedSettings

SETTINGS_FILE = PurePosixPath("show.yaml")
NOTES, AUDIO = PurePosixPath("show_notes"), PurePosixPath("episodes")
# Whatever a case says nothing of; nothing is wrong with it.
SETTINGS = {
    "title": "title: Geese at Dawn",
    "base_url": "base_url: https://geese.example/",
    "guid": "guid: 9b024349-ccf0-5f69-a609-6b82873eab3c",
    "description": "description: Ida walks, and listens to geese.",
    "categories": "categories: [Sports > Running]",
    "author": "author: Ida",
    "artwork": "artwork: artwork/cover.jpg",
    "owner": "owner: {name: Ida, email: ida@geese.example}",
}
COVER: dict[str, Any] = {
    "format": "JPEG",
    "width_px": 3000,
    "height_px": 3000,
    "mode": "RGB",
    "has_alpha": False,
    "is_turned": False,
    "byte_length": 300_000,
}
PUBLISHED_AS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}
MEDIA_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".mp4": "video/mp4"}
LAST_STEP = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Folder:
    """The sources of a show as text and facts, by their names; a later step changes some of them.

    ``settings`` are lines over those of ``SETTINGS``, by key; ``without`` names keys that are left
    out. ``audio`` are fields of AudioFacts, ``pictures`` of ImageFacts.
    """

    settings: str = ""
    without: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    audio: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    transcripts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def settings_text(self) -> str:
        """show.yaml: the case's own lines first, so that they have the line numbers they have."""
        own = self.settings if not self.settings or self.settings.endswith("\n") else "\n"
        written = set(re.findall(r"^(\w+):", self.settings, re.MULTILINE)) | set(self.without)
        rest = (line for key, line in SETTINGS.items() if key not in written)
        return own + "\n".join(rest) + "\n"

    def audio_facts(self, file: PurePosixPath) -> AudioFacts:
        """What would have been measured; bytes of another ``content`` are another file."""
        given = dict(self.audio.get(file.name) or {})
        given["chapters"] = tuple(Chapter(**chapter) for chapter in given.get("chapters", ()))
        content = str(given.pop("content", file.stem))
        facts: dict[str, Any] = {
            "media_type": MEDIA_TYPES[file.suffix],
            "extension": file.suffix[1:],
            "byte_length": 31_415_926,
            "duration_ms": 1_801_500,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "location": Location(AUDIO / file.name),
        }
        return AudioFacts(**{**facts, **given})

    @property
    def audio_files(self) -> list[PurePosixPath]:
        """Named ones, and an MP3 for each note that nothing is said about."""
        named = {AUDIO / name for name, facts in self.audio.items() if facts is not None}
        silent = {PurePosixPath(name).stem for name in self.audio}
        made = {AUDIO / f"{PurePosixPath(name).stem}.mp3" for name in self.notes}
        return sorted(named | {file for file in made if file.stem not in silent})


@dataclass(frozen=True)
class Built:
    """What came of it: feeds by path, none where there is an error, problems, the next ledger."""

    feeds: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    ledger: Ledger


def build(folder: Folder, ledger: Ledger, now: datetime = LAST_STEP) -> Built:
    """The show as it would be published at that moment, with what subscribers already have."""
    told = Collector()
    placed = told.take(parse_settings(folder.settings_text, SETTINGS_FILE))
    if placed is None:
        return Built({}, by_place(told.problems), ledger)
    artworks = told.take(_artworks(folder, placed))
    portraits = _portraits(placed.settings.people)
    show = told.take(assemble_show(placed, artworks, ledger, MESSAGES, portraits))
    scene = _Scene(folder, placed, show, artworks, told)
    episodes, known = _episodes(scene, ledger, now)
    settled = told.take(settle_addresses(episodes))
    plan = schedule(settled, now)
    told.add(check_show(show, settled, Location(SETTINGS_FILE, 1)))
    told.add(check_courses(show, plan))
    told.add(check_leaving(plan, known, show.time_zone))
    told.add(check_feeds(show, settled, plan.released, placed.place))
    guids = {feed.path: feed.guid for feed in (show.feed, *(c.feed for c in show.courses))}
    known = told.take(ledgers.with_feed_guids(known, guids, placed.place("guid")))
    if worst(told.problems) is Severity.ERROR:
        return Built({}, by_place(told.problems), ledger)
    published = {e.guid: _published(known, e) for e in plan.released}
    releases = tuple(Release(e, published[e.guid].enclosure) for e in plan.released)
    edition = Edition(show, releases, teasers_of(show, plan), coming_of(show, plan))
    feeds = {
        file.feed.path: render_feed(show, file.feed, file.releases).content or b""
        for file in feed_files(edition)
    }
    known = ledgers.with_slugs(known, {e.guid: e.slug for e in plan.released})
    return Built(feeds, by_place(told.problems), ledgers.with_audio(known, published))


def command(folder: Folder, ledger: Ledger, line: str) -> Ledger:
    """What a command that changes show.lock leaves: replace, rename, unpublish or move."""
    name, *words = line.split()
    guid_of = {entry.stem: entry.guid for entry in ledger.entries}
    if name == "move":
        return ledgers.moved(ledger, words[0])
    guid = guid_of[words[0]]
    if name == "replace":
        file = next(f for f in folder.audio_files if f.stem == words[0])
        return ledgers.replaced(ledger, guid, folder.audio_facts(file).sha256)
    change: dict[str, Callable[[], Ledger]] = {
        "rename": lambda: ledgers.renamed(ledger, guid, words[1]),
        "unpublish": lambda: ledgers.withdrawn(ledger, guid),
    }
    return change[name]()


@dataclass(frozen=True)
class _Scene:
    """What all episodes of a build are made with."""

    folder: Folder
    placed: PlacedSettings
    show: Show
    artworks: dict[str, Artwork]
    told: Collector


def _episodes(scene: _Scene, ledger: Ledger, now: datetime) -> tuple[list[Episode], Ledger]:
    folder, told = scene.folder, scene.told
    heads = {
        NOTES / name: told.take(parse_head(text, NOTES / name))
        for name, text in folder.notes.items()
    }
    chosen = {
        file: (head.settings.audio, head.place("audio"))
        for file, head in heads.items()
        if head.settings.audio is not None
    }
    transcripts = [NOTES / name for name in folder.transcripts]
    pairs = told.take(pair_sources(heads, folder.audio_files, transcripts, chosen))
    claimants = [_claimant(scene, pair, heads[pair.notes], now) for pair in pairs]
    identities = told.take(identify(ledger, scene.placed.settings.guid, claimants))
    entries = identities.ledger.by_guid()
    episodes = []
    for pair in pairs:
        if pair.audio is None:
            continue
        head, guid = heads[pair.notes], identities.guid_of[pair.stem]
        episode = told.take(_episode(scene, pair, pair.audio, head, guid))
        entry = entries.get(guid)
        if entry is not None:
            own_slug = head.settings.slug
            episode = with_recorded_address(episode, own_slug, entry.slug, entry.old_slugs)
            episode = replace(episode, is_withdrawn=entry.is_withdrawn)
        blocks = gather_blocks(scene.show, episode)
        told.add(check_episode(episode, scene.show))
        told.add(check_feed_text(episode, blocks.missing(DESCRIPTION_BYTES)))
        episodes.append(episode)
    return episodes, identities.ledger


def _claimant(scene: _Scene, pair: Pair, head: Head, now: datetime) -> Claimant:
    given = head.settings
    moment = published_of(signs_of(head), pair.stem, scene.placed.settings)
    is_out = not given.draft and moment is not None and moment <= now
    if pair.absent is not None:
        scene.told.add([pair.absent])
    elif pair.audio is None and not given.draft:
        scene.told.add([no_audio(pair.notes, ())])
    sound = scene.folder.audio_facts(pair.audio).sha256 if pair.audio else None
    return Claimant(pair.stem, sound, head.place("guid"), given.guid, is_out)


def _episode(
    scene: _Scene, pair: Pair, audio_file: PurePosixPath, head: Head, guid: str
) -> tuple[Episode, tuple[Problem, ...]]:
    told, settings = Collector(), scene.placed.settings
    audio = scene.folder.audio_facts(audio_file)
    notes = told.take(
        parse_notes(
            head.body,
            pair.notes,
            settings.notes.as_vocabulary(),
            first_line=head.first_line,
            title=head.settings.title,
            duration_ms=audio.duration_ms,
            site=site_words(settings),
        )
    )
    named = head.settings.image, head.settings.image_alt
    artwork = told.take(_artwork(scene.folder, *named, scene.artworks))
    spoken = head.settings.language or settings.language
    sources = tuple(
        TranscriptSource(scene.folder.transcripts[file.name], file, language or spoken)
        for language, file in pair.transcripts
    )
    place = Location(pair.notes, 1)
    material = Material(
        pair.stem,
        guid,
        head,
        notes,
        audio,
        sources,
        artwork,
        place,
        portraits=tuple(_portraits(head.settings.people).items()),
    )
    return told.take(assemble_episode(material, scene.show, scene.placed)), told.problems


def _portraits(people: Iterable[PersonEntry]) -> dict[str, Artwork]:
    """The photos as they would be published, whatever they show."""
    files = [entry.file for entry in people if entry.file]
    return {file: Artwork(file, "image/jpeg", 640, 640) for file in files}


def _artworks(
    folder: Folder, placed: PlacedSettings
) -> tuple[dict[str, Artwork], tuple[Problem, ...]]:
    settings = placed.settings
    found: dict[str, Artwork] = {}
    _, problems = _artwork(folder, settings.artwork, settings.artwork_alt, found)
    if settings.artwork is None:
        problems = (*problems, no_artwork(placed.place("title")))
    for course in settings.courses.values():
        _, faults = _artwork(folder, course.artwork, course.artwork_alt, found)
        problems = (*problems, *faults)
    return found, problems


def _artwork(
    folder: Folder, named: str | None, alt: str | None, known: dict[str, Artwork]
) -> tuple[Artwork | None, tuple[Problem, ...]]:
    """The picture as it would be published, unless directories refuse it."""
    if named is None:
        return None, ()
    file = PurePosixPath(named)
    given = {**COVER, **folder.pictures.get(named, {})}
    digest = hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()
    given.pop("content", None)
    facts = ImageFacts(**given, sha256=digest)
    problems = check_artwork(facts, Location(file))
    if worst(problems) is Severity.ERROR:
        return None, problems
    media_type, ending = PUBLISHED_AS[facts.format]
    path = f"artwork/{slugify(file.stem)}-{digest[:16]}{ending}"
    known[named] = Artwork(path, media_type, facts.width_px, facts.height_px, alt or "")
    return known[named], problems


def _published(ledger: Ledger, episode: Episode) -> PublishedAudio:
    """What subscribers have; else a tagged copy, whose bytes follow from its source and tags."""
    entry = ledger.by_guid().get(episode.guid)
    if entry is not None and entry.audio is not None:
        return entry.audio
    facts = replace(episode.audio, location=None)
    tags = f"{facts.sha256} {episode.title} {episode.number}"
    digest = hashlib.sha256(tags.encode("utf-8", "surrogatepass")).hexdigest()
    path = f"audio/{episode.slug}-{digest[:32]}.{facts.extension}"
    return PublishedAudio(Enclosure(path, facts.media_type, facts.byte_length, digest), facts, None)
