"""What belongs to each episode, and whether it is as the last build found it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands.found import Found, as_heard
from castpress.model.identity import Claimant
from castpress.model.problem import Location, Problem, Severity
from castpress.read.alternates import (
    HeardAlternate,
    check_alternate,
    is_other_audio,
    other_audio,
    same_bytes,
)
from castpress.read.dates import publication_date
from castpress.read.lessons import is_title_needed, published_of
from castpress.read.pairing import (
    AUDIO_SUFFIXES,
    no_audio,
    pair_sources,
    part_transcripts,
    stem_of,
)
from castpress.store.fingerprints import Stamp, is_settled, stamp_of, text_digest
from castpress.store.sources import is_inside, outside, read_export

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.collector import Collector
    from castpress.commands.crew import Crew
    from castpress.commands.found import Heard
    from castpress.commands.reporter import Reporter
    from castpress.model.ledger import Ledger
    from castpress.model.outline import Outline
    from castpress.model.podcast import AudioFacts
    from castpress.read.pairing import Pair
    from castpress.read.settings import ShowSettings
    from castpress.store.memory import Memory
    from castpress.store.sources import Sources


_OTHER_TEXT = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".mht", ".mhtml")


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The transcripts of an episode: language, file and digest of each; one a language."""

    files: tuple[tuple[str, PurePosixPath, bytes], ...]
    problems: tuple[Problem, ...]


class Desk:
    """Where sources are looked at; ``memory`` is of the last build, ``fresh`` becomes this one's.

    Nothing is read that the disk says is as it was when the last build read it.
    """

    def __init__(
        self, sources: Sources, crew: Crew, memory: Memory, fresh: Memory, ledger: Ledger
    ) -> None:
        self._sources = sources
        self._root: Path = sources.root
        self._crew = crew
        self._memory = memory
        self._fresh = fresh
        self._unreadable: list[PurePosixPath] = []
        self._published = {
            entry.stem: entry.audio.facts.extension
            for entry in ledger.entries
            if entry.audio is not None and not entry.is_retired
        }

    def find(
        self, settings: ShowSettings | None, now: datetime, reporter: Reporter, collector: Collector
    ) -> Iterator[Found]:
        """Every note's head, paired with its files; a note that cannot be read is left out."""
        sources = self._sources
        audio = sources.episodes.with_suffix(AUDIO_SUFFIXES)
        notes, transcripts = part_transcripts(sources.show_notes.files, audio)
        outlines = self._outlines(notes, settings, reporter, collector)
        spoken = {
            PurePosixPath("show_notes") / outline.transcript
            for file, (_, outline) in outlines.items()
            if outline.transcript not in (None, file.name)
        }
        named = {
            file: (outline.audio, outline.audio_place)
            for file, (_, outline) in outlines.items()
            if outline.audio is not None
        }
        pairs = collector.take(
            pair_sources(
                [file for file in notes if file not in spoken],
                audio,
                [file for file in transcripts if file not in spoken],
                named,
                self._published,
            )
        )
        collector.add(not_ours(sources))
        taken = {pair.audio for pair in pairs} | {
            one.file for pair in pairs for one in pair.alternates
        }
        spare = sorted(set(audio) - taken)
        for pair in pairs:
            if pair.notes not in outlines:
                continue
            digest, outline = outlines[pair.notes]
            moment = None if outline.is_draft else _moment(outline, pair.stem, settings)
            is_out = moment is not None and moment <= now
            due = None if is_out else moment
            absent = pair.absent
            if pair.audio is None and absent is None and not outline.is_draft:
                absent = no_audio(pair.notes, spare)
                if not is_out:
                    # It is not due yet: the author is told and nothing is held up.
                    absent = replace(absent, severity=Severity.WARNING)
            yield Found(pair, digest, outline, is_out, due, absent)

    def listen(
        self, found: Sequence[Found], reporter: Reporter, collector: Collector
    ) -> Iterator[Heard]:
        """The episodes whose audio could be inspected."""
        names = [str(each.pair.audio) for each in found if each.pair.audio]
        known = self._measured("listen", names, reporter, collector)
        beside = [str(one.file) for each in found for one in each.pair.alternates]
        others = self._measured("listen_beside", beside, reporter, collector)
        for each in found:
            audio = known.get(str(each.pair.audio))
            if audio is not None:
                yield as_heard(each, audio, collector.take(_alternates(each.pair, audio, others)))

    def _measured(
        self, work: str, names: Sequence[str], reporter: Reporter, collector: Collector
    ) -> dict[str, AudioFacts]:
        """What was measured in files, by name; what is wrong with one depends on the work."""
        known: dict[str, AudioFacts] = {}
        unknown = []
        for name in names:
            facts = self._memory.facts.get(f"{work} {name}")
            if facts is not None and facts[0] == self._stamp(name):
                self._fresh.facts[f"{work} {name}"] = facts
                known[name] = facts[1]
            else:
                unknown.append(name)
        heard = self._crew.run(work, {name: name for name in unknown}, reporter.track)
        for name, file in heard.items():
            collector.add(file.problems)
            if file.facts is not None:
                known[name] = file.facts
                if file.stamp is not None:
                    self._fresh.facts[f"{work} {name}"] = file.stamp, file.facts
        return known

    def claimants(self, found: Sequence[Found], heard: Sequence[Heard]) -> Iterator[Claimant]:
        """Every note, with what is known of its audio; one that cannot be read keeps its name."""
        sounds = {each.pair.stem: each.audio.sha256 for each in heard}
        for each in found:
            yield Claimant(
                stem=each.pair.stem,
                fingerprint=sounds.get(each.pair.stem),
                location=each.outline.guid_place,
                guid=each.outline.guid,
                is_released=each.is_out,
            )
        known = {each.pair.stem for each in found}
        for file in self._unreadable:
            if stem_of(file) not in known:
                known.add(stem_of(file))
                yield Claimant(stem_of(file), None, Location(file), is_released=False)

    def transcripts(self, each: Found, language: str) -> Transcripts:
        """The transcripts of an episode and what is wrong with them as files."""
        files = list(each.pair.transcripts)
        named = each.outline.transcript
        problems: list[Problem] = []
        if named is not None:
            file = PurePosixPath("show_notes") / named
            if not is_inside(self._root, file):
                problems.append(outside(file))
            elif file not in [known for _, known in files]:
                files.append((None, file))
        seen: dict[str, PurePosixPath] = {}
        found = []
        for own_language, file in files:
            spoken = own_language or language
            if spoken in seen:
                problems.append(_second_transcript(file, seen[spoken], spoken))
                continue
            digest, faults = self._text_digest(file)
            problems += faults
            if digest is not None:
                seen[spoken] = file
                found.append((spoken, file, digest))
        return Transcripts(tuple(found), tuple(problems))

    def _outlines(
        self,
        notes: Sequence[PurePosixPath],
        settings: ShowSettings | None,
        reporter: Reporter,
        collector: Collector,
    ) -> dict[PurePosixPath, tuple[bytes, Outline]]:
        """The digest of each note and what its head says."""
        found: dict[PurePosixPath, tuple[bytes, Outline]] = {}
        unknown = []
        for file in notes:
            name = str(file)
            known, stamp = self._memory.outlines.get(name), self._memory.stamps.get(name)
            is_same = stamp is not None and stamp[0] == self._stamp(name)
            if known and stamp and is_same and self._is_read_so(known[1], settings):
                self._fresh.outlines[name], self._fresh.stamps[name] = known, stamp
                found[file] = known
            else:
                unknown.append(file)
        opened = self._crew.run(
            "open_note", {str(file): str(file) for file in unknown}, reporter.track
        )
        for file in unknown:
            note = opened[str(file)]
            collector.add(note.problems)
            if note.digest is None or note.outline is None:
                self._unreadable.append(file)
                continue
            found[file] = note.digest, note.outline
            if note.stamp is not None and not note.problems:
                self._fresh.outlines[str(file)] = found[file]
                self._fresh.stamps[str(file)] = note.stamp, note.digest
        return found

    def _is_read_so(self, outline: Outline, settings: ShowSettings | None) -> bool:
        """Whether the note's title, if a date hangs on it, was read by the same words."""
        if outline.title_read_by:
            return outline.title_read_by == self._crew.workshop.words
        return settings is None or not is_title_needed(outline.signs, settings)

    def _text_digest(self, file: PurePosixPath) -> tuple[bytes | None, tuple[Problem, ...]]:
        name = str(file)
        now_ns = time.time_ns()
        stamp = self._stamp(name)
        known = self._memory.stamps.get(name)
        if known is not None and known[0] == stamp:
            self._fresh.stamps[name] = known
            return known[1], ()
        text, problems = read_export(self._root, file)
        if text is None:
            return None, problems
        digest = text_digest(text)
        if stamp is not None and is_settled(stamp, now_ns) and not problems:
            self._fresh.stamps[name] = stamp, digest
        return digest, problems

    def _stamp(self, name: str) -> Stamp | None:
        try:
            return stamp_of((self._root / name).stat())
        except (OSError, ValueError):
            return None


def _alternates(
    pair: Pair, audio: AudioFacts, facts: Mapping[str, AudioFacts]
) -> tuple[tuple[HeardAlternate, ...], tuple[Problem, ...]]:
    """The other encodings of an episode that could be inspected, each of its own bytes."""
    found: list[HeardAlternate] = []
    problems: list[Problem] = []
    seen = {audio.sha256: pair.audio or PurePosixPath()}
    for named in pair.alternates:
        measured = facts.get(str(named.file))
        if measured is None:
            continue
        if measured.sha256 in seen:
            problems.append(same_bytes(named.file, seen[measured.sha256]))
            continue
        seen[measured.sha256] = named.file
        heard = HeardAlternate(named, measured)
        if is_other_audio(heard, audio):
            problems.append(other_audio(heard, audio))
            continue
        problems += check_alternate(heard, audio)
        found.append(heard)
    return tuple(found), tuple(problems)


def _moment(outline: Outline, stem: str, settings: ShowSettings | None) -> datetime | None:
    if settings is not None:
        return published_of(outline.signs, stem, settings)
    typed = outline.signs.published
    return publication_date(typed, "UTC") if typed else None


def _second_transcript(file: PurePosixPath, first: PurePosixPath, language: str) -> Problem:
    return Problem(
        "second-transcript",
        f"{file.name} is left out: {first.name} is the transcript in {language!r} already",
        Location(file),
        Severity.NOTE,
        f"delete one of them, or name the language: {first.stem}.de{file.suffix}",
    )


def not_ours(sources: Sources) -> Iterator[Problem]:
    """Files that look like an attempt at something, in a folder where they mean nothing."""
    for file in sources.show_notes.with_suffix(AUDIO_SUFFIXES):
        yield Problem(
            "audio-among-notes",
            f"{file.name} is audio and lies in show_notes/, where it is not looked for",
            Location(file),
            Severity.WARNING,
            "move it to episodes/",
        )
    known = {file for files in part_transcripts(sources.show_notes.files, ()) for file in files}
    for file in sources.show_notes.files:
        if file not in known and file.suffix.lower() in _OTHER_TEXT:
            yield Problem(
                "unknown-notes",
                f"{file.name} is not read: notes are Markdown, plain text or HTML",
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
