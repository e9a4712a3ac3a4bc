"""The first half of the walk, shared by all commands: from a folder to assembled episodes.

find sources → open notes → inspect audio → identify → assemble → check. All problems are kept,
nothing is written but the cache.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from castpress.commands.collector import Collector
from castpress.commands.crew import Crew
from castpress.commands.found import unheard_lessons, with_what_is_known, without_lone_alternates
from castpress.commands.own_pages import is_due, read_pages
from castpress.commands.pictures import Pictures
from castpress.commands.reading import Desk
from castpress.commands.tasks import ReadTask
from castpress.commands.waiting_pictures import waiting_pictures
from castpress.commands.workshop import Workshop
from castpress.model.derived_feed import members
from castpress.model.identity import identify
from castpress.model.ledger import Ledger, with_feed_guids
from castpress.model.merge import merge_ledgers
from castpress.model.problem import Location, Problem, Severity, worst
from castpress.model.schedule import Schedule, schedule
from castpress.read.addresses import settle_addresses, with_recorded_address
from castpress.read.lessons import course_named
from castpress.read.messages import no_catalogue, read_messages
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.store.ledger import read_ledger
from castpress.store.memory import Memory, ReadEpisode, digest_of, packed_digest, recall
from castpress.store.sources import SETTINGS_FILE, find_sources
from castpress.store.theme_files import read_catalogues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.found import Heard
    from castpress.commands.reporter import Reporter
    from castpress.model.ledger import LedgerEntry
    from castpress.model.messages import Messages
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Artwork, Episode, Show
    from castpress.read.alternates import HeardAlternate
    from castpress.read.settings import PlacedSettings
    from castpress.store.cache import Cache


@dataclass(frozen=True, slots=True)
class Walked:
    """A show as far as it is understood, and the ledger as it was and as it will be.

    ``recorded`` is what show.lock says, ``ledger`` what it will say; ``slugs`` are the addresses by
    guid that it learns once they are out. The episodes of the schedule are without their notes,
    which ``crew`` finds by ``tasks`` and ``read`` (by guid); ``show_digest`` tells shows apart.
    ``alternates`` are the other encodings by guid, of each episode whose audio is here.
    ``next_due`` is when the next note or page comes of age, with audio or not. ``pages`` are the
    author's own that are out.
    """

    root: Path
    show: Show
    schedule: Schedule
    recorded: Ledger
    ledger: Ledger
    slugs: dict[str, str]
    pictures: Pictures
    crew: Crew
    show_digest: bytes
    tasks: dict[str, ReadTask] = field(default_factory=dict)
    read: dict[str, ReadEpisode] = field(default_factory=dict)
    next_due: datetime | None = None
    alternates: dict[str, tuple[HeardAlternate, ...]] = field(default_factory=dict)
    pages: tuple[OwnPage, ...] = ()


def walk(
    root: Path,
    now: datetime,
    cache: Cache,
    reporter: Reporter,
    *,
    output: Path | None = None,
    live: Ledger | None = None,
    memory: Memory | None = None,
    fresh: Memory | None = None,
) -> tuple[Walked | None, tuple[Problem, ...]]:
    """The show as it would be published at that moment, and every problem in it.

    ``live`` is the ledger at the place of publication; what it knows weighs more than show.lock.
    ``memory`` is of the last build, and ``fresh`` is filled for the next one.
    """
    memory, fresh = memory or recall(cache), fresh or Memory()
    collector = Collector()
    sources = collector.take(find_sources(root))
    if sources.settings_text is None:
        return None, collector.problems
    placed = collector.take(parse_settings(sources.settings_text, SETTINGS_FILE))
    recorded = collector.take(read_ledger(root))
    known = recorded if live is None else merge_ledgers(recorded, live)
    pictures = Pictures(root, cache)
    show = None
    if placed is not None:
        collector.add(pictures.of_settings(placed))
        portraits, faults = pictures.portraits.of_settings(placed)
        collector.add(faults)
        messages = collector.take(_messages(root))
        show = collector.take(
            assemble_show(placed, pictures.artworks, known, messages, dict(portraits))
        )
        collector.add(no_catalogue(show.feed.language, messages, placed.place("language")))
    zone = placed.settings.time_zone if placed else "UTC"
    every_page = tuple(
        replace(page, shown=collector.take(pictures.shown.in_text(page.location.file, page.images)))
        for page in collector.take(read_pages(root, sources.pages, zone))
    )
    pages = tuple(page for page in every_page if is_due(page, now))
    if show is not None:
        show = replace(show, pages=tuple(page.link for page in pages))
    crew = Crew(Workshop(root, output or root / "public", cache, placed, show))
    desk = Desk(sources, crew, memory, fresh, known)
    settings = placed.settings if placed else None
    found = tuple(desk.find(settings, now, reporter, collector))
    heard = tuple(desk.listen(found, reporter, collector))
    found, heard = without_lone_alternates(found, heard, known)
    if placed is None or show is None:
        # The notes were still opened above, so that their problems are seen in the same run.
        return None, collector.problems
    claimants = tuple(desk.claimants(found, heard))
    identities = collector.take(identify(known, placed.settings.guid, claimants))
    by_guid = identities.ledger.by_guid()
    entries = {stem: by_guid[guid] for stem, guid in identities.guid_of.items() if guid in by_guid}
    complete = tuple(with_what_is_known(found, heard, entries, collector))
    unheard = tuple(unheard_lessons(found, complete))
    show_digest = digest_of(packed_digest(show), sources.settings_text)
    tasks = {
        each.pair.stem: _task(
            each,
            identities.guid_of[each.pair.stem],
            entries.get(each.pair.stem),
            _Surroundings(desk, placed, pictures, show_digest, collector),
        )
        for each in (*complete, *unheard)
    }
    read = _read(tasks, crew, memory, fresh, reporter)
    announced = tuple(read.pop(each.pair.stem).episode for each in unheard)
    for each in read.values():
        collector.add(each.problems)
    settled = collector.take(settle_addresses(_at_their_addresses(read, complete, entries)))
    plan = replace(schedule(settled, now), unheard=announced)
    _check(_Seen(show, placed, pictures, every_page), settled, plan, known, collector)
    guids = _feed_guids(show, settled)
    ledger = collector.take(with_feed_guids(identities.ledger, guids, placed.place("guid")))
    out = {episode.guid for episode in plan.released}
    pictures.hold_back(waiting_pictures(show, tasks.values(), out, every_page, pages))
    walked = Walked(
        root=root,
        show=show,
        schedule=plan,
        recorded=recorded,
        ledger=ledger,
        slugs={episode.guid: episode.slug for episode in plan.released},
        pictures=pictures,
        crew=crew,
        show_digest=show_digest,
        tasks={tasks[stem].guid: tasks[stem] for stem in read},
        read={each.episode.guid: each for each in read.values()},
        next_due=min(
            (
                *(each.due for each in found if each.due),
                *(page.published for page in every_page if page.published and page not in pages),
            ),
            default=None,
        ),
        alternates={identities.guid_of[each.pair.stem]: each.alternates for each in heard},
        pages=pages,
    )
    return walked, collector.problems


@dataclass(frozen=True, slots=True)
class _Seen:
    """What rules about the show look at, besides its episodes."""

    show: Show
    placed: PlacedSettings
    pictures: Pictures
    pages: tuple[OwnPage, ...]


def _check(
    seen: _Seen, settled: Sequence[Episode], plan: Schedule, known: Ledger, collector: Collector
) -> None:
    """All rules about the show and about its episodes together."""
    from castpress.check.courses import check_courses
    from castpress.check.feeds import check_feeds
    from castpress.check.leaving import check_leaving
    from castpress.check.look import check_look
    from castpress.check.related import check_related
    from castpress.check.show import check_show
    from castpress.commands.own_addresses import own_link_problems

    show, place = seen.show, seen.placed.place
    collector.add(check_show(show, settled, Location(SETTINGS_FILE, 1)))
    collector.add(check_courses(show, plan))
    links = (page.link for page in seen.pages)
    collector.add(check_related((*settled, *plan.unheard), links))
    collector.add(own_link_problems(show, (*settled, *plan.unheard), seen.pages))
    if worst(collector.problems) is not Severity.ERROR:
        # An error may be all that holds an episode back: first things first.
        collector.add(check_leaving(plan, known, show.time_zone))
    if show.look is not None:
        palette = seen.pictures.palette_of(show.feed.artwork)
        collector.add(check_look(show.look, palette, place("theme")))
    collector.add(check_feeds(show, settled, plan.released, place))


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What tasks are made with."""

    desk: Desk
    placed: PlacedSettings
    pictures: Pictures
    show_digest: bytes
    collector: Collector


def _task(each: Heard, guid: str, entry: LedgerEntry | None, around: _Surroundings) -> ReadTask:
    """The episode with all that assembling it reads; its key is the digest of that."""
    settings, outline = around.placed.settings, each.outline
    course = course_named(settings, outline.signs.course)
    language = outline.language or (course.language if course else None) or settings.language
    transcripts = around.desk.transcripts(each, language)
    around.collector.add(transcripts.problems)
    artwork: Artwork | None = around.collector.take(
        around.pictures.of_episode(outline.image, outline.image_alt, outline.image_place)
    )
    pictures = around.collector.take(around.pictures.named(outline.pictures))
    pictures += around.collector.take(around.pictures.shown.of_chapters(outline.chapter_pictures))
    shown = around.collector.take(around.pictures.shown.in_text(each.pair.notes, outline.shown))
    portraits = around.collector.take(around.pictures.portraits.take(outline.portraits))
    is_withdrawn = entry is not None and entry.is_withdrawn
    audio = each.audio
    key = digest_of(
        around.show_digest,
        each.digest,
        each.pair.stem,
        str(each.pair.notes),
        # What was measured follows from the bytes; what show.lock says of a file may be anything.
        (audio.sha256, str(audio.location)) if audio.location else audio,
        guid,
        [(spoken, str(file), digest) for spoken, file, digest in transcripts.files],
        artwork,
        pictures,
        shown,
        portraits,
        is_withdrawn,
    )
    return ReadTask(
        key=key,
        pair=each.pair,
        digest=each.digest,
        audio=audio,
        guid=guid,
        transcripts=transcripts.files,
        artwork=artwork,
        is_withdrawn=is_withdrawn,
        slug=entry.slug if entry is not None and outline.slug is None else None,
        pictures=pictures,
        shown=shown,
        portraits=portraits,
    )


def _read(
    tasks: dict[str, ReadTask], crew: Crew, memory: Memory, fresh: Memory, reporter: Reporter
) -> dict[str, ReadEpisode]:
    """The assembled episodes by stem, from memory where nothing that they read has changed."""
    known = {
        stem: found
        for stem, task in tasks.items()
        if (found := memory.read.get(stem)) is not None
        and found.key == task.key
        and found.slug == (task.slug or found.episode.slug)
    }
    missing = {stem: task for stem, task in tasks.items() if stem not in known}
    known |= crew.run("read", missing, reporter.track)
    read = {stem: known[stem] for stem in tasks}
    fresh.read.update(read)
    return read


def _at_their_addresses(
    read: Mapping[str, ReadEpisode],
    complete: Sequence[Heard],
    entries: Mapping[str, LedgerEntry],
) -> list[Episode]:
    """The episodes at the addresses that show.lock has for them.

    Not while they are assembled: the first build learns the addresses, and the second one would do
    everything again.
    """
    placed = []
    for each in complete:
        stem = each.pair.stem
        entry = entries.get(stem)
        slug, old_slugs = (entry.slug, entry.old_slugs) if entry else (None, ())
        placed.append(with_recorded_address(read[stem].episode, each.outline.slug, slug, old_slugs))
    return placed


def _messages(root: Path) -> tuple[tuple[Messages, ...], tuple[Problem, ...]]:
    """What pages say by themselves, in every language that has a catalogue."""
    packaged, own, problems = read_catalogues(root)
    messages, faults = read_messages(packaged, own)
    return messages, (*problems, *faults)


def _feed_guids(show: Show, episodes: Sequence[Episode]) -> dict[str, str]:
    """The guids of all feeds by path; one without episodes, but for the main one, is none yet."""
    taught = {episode.course for episode in episodes}
    found = zip(show.derived, members(show, episodes), strict=True)
    taken = (derived.feed for derived, inside in found if inside)
    courses = (course.feed for course in show.courses if course.slug in taught)
    return {feed.path: feed.guid for feed in (show.feed, *courses, *taken)}
