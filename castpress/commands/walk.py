"""The first half of the walk, shared by all commands: from a folder to assembled episodes.

find sources → parse notes → inspect audio → identify → assemble → check. All problems are kept,
nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.check.show import check_show
from castpress.commands.collector import Collector
from castpress.commands.pictures import Pictures
from castpress.model.identity import Claimant, identify
from castpress.model.ledger import Ledger, LedgerEntry, with_feed_guids
from castpress.model.merge import merge_ledgers
from castpress.model.problem import Location, Problem, Severity
from castpress.model.schedule import Schedule, schedule
from castpress.read.episode import Material, assemble_episode, settle_addresses
from castpress.read.front_matter import parse_head, publication_date
from castpress.read.notes import parse_notes
from castpress.read.pairing import (
    AUDIO_SUFFIXES,
    NOTES_SUFFIXES,
    TRANSCRIPT_SUFFIXES,
    no_audio,
    pair_sources,
)
from castpress.read.settings import parse_settings
from castpress.read.show import MAIN_FEED, assemble_show, course_feed_guid, course_feed_path
from castpress.read.transcript import parse_transcript
from castpress.store.audio.facts_cache import inspect_cached
from castpress.store.ledger import read_ledger
from castpress.store.sources import (
    SETTINGS_FILE,
    Sources,
    find_sources,
    is_inside,
    outside,
    read_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from castpress.commands.reporter import Reporter
    from castpress.model.podcast import AudioFacts, Episode, Show, Transcript
    from castpress.read.front_matter import Head
    from castpress.read.pairing import Pair
    from castpress.read.settings import PlacedSettings
    from castpress.store.cache import Cache


@dataclass(frozen=True, slots=True)
class Walked:
    """A show as far as it is understood, and the ledger as it was and as it will be.

    ``recorded`` is what show.lock says, ``ledger`` what it will say; ``slugs`` are the addresses by
    guid that it learns once they are out.
    """

    root: Path
    show: Show
    schedule: Schedule
    recorded: Ledger
    ledger: Ledger
    slugs: dict[str, str]
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class _Found:
    """One episode whose note was read, with the files that go with it."""

    pair: Pair
    head: Head
    is_out: bool
    absent: Problem | None


@dataclass(frozen=True, slots=True)
class _Heard(_Found):
    """The same with what is known of its audio."""

    audio: AudioFacts


def walk(
    root: Path, now: datetime, cache: Cache, reporter: Reporter, live: Ledger | None = None
) -> tuple[Walked | None, tuple[Problem, ...]]:
    """The show as it would be published at that moment, and every problem in it.

    ``live`` is the ledger at the place of publication; what it knows weighs more than show.lock.
    """
    collector = Collector()
    sources = collector.take(find_sources(root))
    if sources.settings_text is None:
        return None, collector.problems
    placed = collector.take(parse_settings(sources.settings_text, SETTINGS_FILE))
    zone = placed.settings.time_zone if placed else "UTC"
    found = tuple(_read_heads(sources, zone, now, collector))
    heard = tuple(_listen(sources, found, cache, reporter, collector))
    if placed is None:
        # The notes were still read above, so that their problems are seen in the same run.
        return None, collector.problems
    recorded = collector.take(read_ledger(root))
    known = recorded if live is None else merge_ledgers(recorded, live)
    identities = collector.take(
        identify(known, placed.settings.guid, tuple(_claimants(found, heard)))
    )
    entries = {
        stem: entry
        for stem, guid in identities.guid_of.items()
        if (entry := identities.ledger.by_guid().get(guid))
    }
    heard = tuple(_with_what_is_known(found, heard, entries, collector))
    pictures = Pictures(root, cache)
    collector.add(pictures.of_settings(placed))
    show = collector.take(assemble_show(placed, pictures.artworks, known))
    episodes = []
    progress = reporter.track("reading notes", len(heard))
    for each in heard:
        next(progress)
        material = _material(
            sources,
            each,
            entry=entries.get(each.pair.stem),
            guid=identities.guid_of[each.pair.stem],
            placed=placed,
            pictures=pictures,
            collector=collector,
        )
        episodes.append(collector.take(assemble_episode(material, show, placed)))
    settled = collector.take(settle_addresses(episodes))
    collector.add(check_show(show, settled, Location(SETTINGS_FILE, 1)))
    plan = schedule(settled, now)
    ledger = collector.take(
        with_feed_guids(
            identities.ledger, _feed_guids(placed, known, settled), placed.place("guid")
        )
    )
    slugs = {episode.guid: episode.slug for episode in plan.released}
    return Walked(root, show, plan, recorded, ledger, slugs, pictures), collector.problems


def _read_heads(
    sources: Sources, zone: str, now: datetime, collector: Collector
) -> Iterator[_Found]:
    """Every note's head, paired with its files; a note that cannot be read is left out."""
    heads: dict[PurePosixPath, Head] = {}
    for file in sources.show_notes.with_suffix(NOTES_SUFFIXES):
        text = collector.take(read_text(sources.root, file))
        if text is not None:
            heads[file] = collector.take(parse_head(text, file))
    audio = sources.episodes.with_suffix(AUDIO_SUFFIXES)
    pairs = collector.take(
        pair_sources(
            sources.show_notes.with_suffix(NOTES_SUFFIXES),
            audio,
            sources.show_notes.with_suffix(TRANSCRIPT_SUFFIXES),
            {
                file: (head.settings.audio, head.place("audio"))
                for file, head in heads.items()
                if head.settings.audio is not None
            },
        )
    )
    collector.add(_not_ours(sources))
    spare = sorted(set(audio) - {pair.audio for pair in pairs if pair.audio})
    for pair in pairs:
        if pair.notes not in heads:
            continue
        head = heads[pair.notes]
        published = head.settings.published
        is_out = (
            not head.settings.draft
            and published is not None
            and publication_date(published, zone) <= now
        )
        absent = pair.absent
        if pair.audio is None and absent is None and not head.settings.draft:
            absent = no_audio(pair.notes, spare)
            if not is_out:
                # It is not due yet: the author is told and nothing is held up.
                absent = replace(absent, severity=Severity.WARNING)
        yield _Found(pair, head, is_out, absent)


def _not_ours(sources: Sources) -> Iterator[Problem]:
    """Files that look like an attempt at something, in a folder where they mean nothing."""
    for file in sources.show_notes.with_suffix(AUDIO_SUFFIXES):
        yield Problem(
            "audio-among-notes",
            f"{file.name} is audio and lies in show_notes/, where it is not looked for",
            Location(file),
            Severity.WARNING,
            "move it to episodes/",
        )
    for file in sources.show_notes.without_suffix((*NOTES_SUFFIXES, *TRANSCRIPT_SUFFIXES)):
        if file.suffix.lower() in (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".html"):
            yield Problem(
                "unknown-notes",
                f"{file.name} is not read: notes are plain text or Markdown",
                Location(file),
                Severity.WARNING,
                f"copy its text into {file.stem}.txt",
            )
    for file in sources.episodes.without_suffix(AUDIO_SUFFIXES):
        yield Problem(
            "unknown-audio",
            f"{file.name} is not taken for audio",
            Location(file),
            Severity.WARNING,
            "put MP3 or M4A files here, and other files elsewhere",
        )


def _listen(
    sources: Sources,
    found: Sequence[_Found],
    cache: Cache,
    reporter: Reporter,
    collector: Collector,
) -> Iterator[_Heard]:
    """The episodes whose audio could be inspected."""
    progress = reporter.track("listening", len(found))
    for each in found:
        next(progress)
        file = each.pair.audio
        if file is None:
            continue
        if not is_inside(sources.root, file):
            collector.add([outside(file)])
            continue
        facts = collector.take(inspect_cached(sources.root / file, Location(file), cache))
        if facts is not None:
            yield _Heard(each.pair, each.head, each.is_out, None, facts)


def _with_what_is_known(
    found: Sequence[_Found],
    heard: Sequence[_Heard],
    entries: Mapping[str, LedgerEntry],
    collector: Collector,
) -> Iterator[_Heard]:
    """The episodes with audio that is here, or that show.lock knows all about."""
    by_stem = {each.pair.stem: each for each in heard}
    for each in found:
        entry = entries.get(each.pair.stem)
        if each.pair.stem in by_stem:
            yield by_stem[each.pair.stem]
        elif each.pair.audio is None and entry is not None and entry.audio is not None:
            yield _Heard(each.pair, each.head, each.is_out, None, entry.audio.facts)
        elif each.absent is not None:
            collector.add([each.absent])


def _claimants(found: Sequence[_Found], heard: Sequence[_Heard]) -> Iterator[Claimant]:
    """Every note, with what is known of its audio; one without keeps the guid it has."""
    sounds = {each.pair.stem: each.audio.sha256 for each in heard}
    for each in found:
        yield Claimant(
            stem=each.pair.stem,
            fingerprint=sounds.get(each.pair.stem),
            location=each.head.place("guid"),
            guid=each.head.settings.guid,
            is_released=each.is_out,
        )


def _material(
    sources: Sources,
    each: _Heard,
    *,
    entry: LedgerEntry | None,
    guid: str,
    placed: PlacedSettings,
    pictures: Pictures,
    collector: Collector,
) -> Material:
    head, pair = each.head, each.pair
    notes = collector.take(
        parse_notes(
            head.body,
            pair.notes,
            placed.settings.notes.as_vocabulary(),
            first_line=head.first_line,
            title=head.settings.title,
            duration_ms=each.audio.duration_ms,
        )
    )
    course = placed.settings.courses.get(head.settings.course or "")
    language = (
        head.settings.language or (course.language if course else None) or placed.settings.language
    )
    image = collector.take(pictures.of_episode(head))
    return Material(
        stem=pair.stem,
        guid=guid,
        head=head,
        notes=notes,
        audio=each.audio,
        transcripts=tuple(_read_transcripts(sources, each, language, collector)),
        artwork=image,
        location=Location(pair.notes, 1),
        slug=entry.slug if entry else None,
        old_slugs=entry.old_slugs if entry else (),
        is_withdrawn=entry is not None and entry.is_withdrawn,
    )


def _read_transcripts(
    sources: Sources, each: _Heard, language: str, collector: Collector
) -> Iterator[Transcript]:
    files = list(each.pair.transcripts)
    named = each.head.settings.transcript
    if named is not None:
        file = PurePosixPath("show_notes") / named
        if not is_inside(sources.root, file):
            collector.add([outside(file)])
        elif file not in [known for _, known in files]:
            files.append((None, file))
    seen: dict[str, PurePosixPath] = {}
    for own_language, file in files:
        spoken = own_language or language
        if spoken in seen:
            collector.add([_second_transcript(file, seen[spoken], spoken)])
            continue
        text = collector.take(read_text(sources.root, file))
        if text is None:
            continue
        seen[spoken] = file
        transcript = collector.take(parse_transcript(text, file, spoken))
        if transcript.cues:
            yield transcript


def _second_transcript(file: PurePosixPath, first: PurePosixPath, language: str) -> Problem:
    return Problem(
        "second-transcript",
        f"{file.name} is left out: {first.name} is the transcript in {language!r} already",
        Location(file),
        Severity.NOTE,
        f"delete one of them, or name the language: {first.stem}.de{file.suffix}",
    )


def _feed_guids(
    placed: PlacedSettings, known: Ledger, episodes: Sequence[Episode]
) -> dict[str, str]:
    """Guids of the main feed and of courses; one without lessons has no feed yet."""
    taught = {episode.course for episode in episodes}
    return {MAIN_FEED: placed.settings.guid} | {
        course_feed_path(slug): course_feed_guid(placed.settings, slug, known)
        for slug in placed.settings.courses
        if slug in taught
    }
