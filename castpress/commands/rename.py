"""``castpress rename``: other names for an episode's files; for subscribers it stays the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.collector import Collector
from castpress.commands.ledger_changes import Tale, add_change, carry_out, refusal, refuse
from castpress.model.episode_names import EpisodeName, find_named
from castpress.model.ledger import LEDGER_FILE, renamed
from castpress.model.problem import Location

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.model.ledger import Ledger, LedgerEntry
    from castpress.model.problem import Problem

Move = tuple[PurePosixPath, PurePosixPath]
_LONGEST_NAME_BYTES = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``rename``."""
    parser.add_argument(
        "old", metavar="OLD", help="the episode: its files' name, guid or page's address"
    )
    parser.add_argument(
        "new", metavar="NEW", help="the new name of notes, audio and transcripts, without ending"
    )
    add_change(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Rename the files and the entry in show.lock; where the files have the name, only that."""
    root: Path = arguments.show
    collector = Collector()
    shelf = _look(root, collector)
    if shelf is None or collector.problems:
        return refuse(reporter, collector.problems, root)
    new = _stem(arguments.new)
    faults = tuple(_bad_name(arguments.new, new))
    name, unknown = find_named(tuple(shelf.names()), arguments.old)
    if name is None or faults:
        return refuse(reporter, (*unknown, *faults), root, exit_codes.USAGE)
    entry = shelf.entry(name)
    moves = () if name.stem == new else tuple(shelf.moves(name.stem, new))
    taken = tuple(_taken(shelf, name, entry, new, moves))
    if taken:
        return refuse(reporter, taken, root)
    known = renamed(shelf.ledger, entry.guid, new) if entry else shelf.ledger
    is_known = known == shelf.ledger
    facts = {
        "episode": new,
        "old_name": name.stem,
        "guid": entry.guid if entry else None,
        "files": [[str(one), str(other)] for one, other in moves],
    }
    if not moves and is_known:
        return carry_out(arguments, reporter, Tale((f"{new} has that name already",), facts), None)

    def change() -> None:
        from castpress.store.ledger import write_ledger
        from castpress.store.source_changes import SourceChanges

        with SourceChanges(root) as changes:
            for source, target in moves:
                changes.rename(source, target)
            if not is_known:
                write_ledger(root, known)

    lines = (
        *_tale(name.stem, new, moves, entry, is_known=is_known),
        *(() if {name.stem, new} & shelf.numbered else _number(name.stem, new)),
    )
    return carry_out(arguments, reporter, Tale(lines, facts), change)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The files of the show by the names they have, and show.lock."""

    root: Path
    notes: tuple[PurePosixPath, ...]
    audio: tuple[PurePosixPath, ...]
    transcripts: tuple[PurePosixPath, ...]
    guids: dict[str, str]
    numbered: frozenset[str]
    named_audio: frozenset[str]
    ledger: Ledger

    def names(self) -> Iterator[EpisodeName]:
        """Everything in the folder and in show.lock that can be renamed."""
        own = set(self.audio) - self._owners().keys()
        stems = {_stem(file.name) for file in (*self.notes, *own)}
        for entry in self.ledger.entries:
            slugs = ((entry.slug,) if entry.slug else ()) + entry.old_slugs
            # Files of that name are its own; without any it is only remembered.
            is_gone = entry.is_retired
            yield EpisodeName(entry.stem, entry.guid, slugs, is_gone)
            if not is_gone:
                stems.discard(entry.stem)
        for stem in stems:
            yield EpisodeName(stem, self.guids.get(stem))

    def entry(self, name: EpisodeName) -> LedgerEntry | None:
        """What show.lock says of it, None where it never was out."""
        return self.ledger.by_guid().get(name.guid or "")

    def _owners(self) -> dict[PurePosixPath, str]:
        """The name of the audio that a file is another encoding of, by a word of its own name."""
        from castpress.read.alternates import labelled_stem, read_label

        notes = {_stem(file.name) for file in self.notes}
        stems = {file: _stem(file.name) for file in self.audio}
        names = set(stems.values())
        return {
            file: found[0]
            for file, stem in stems.items()
            if stem not in notes
            and (found := labelled_stem(stem, names)) is not None
            and read_label(file, found[1]) is not None
        }

    def moves(self, old: str, new: str) -> Iterator[Move]:
        """Each file of that stem with its new name; audio that a note names keeps its own."""
        from castpress.read.pairing import transcript_owner

        owners = self._owners()
        for file in (*self.notes, *self.audio):
            is_named = file in self.audio and {file.name, file.stem, str(file)} & self.named_audio
            if _stem(file.name) == old and not is_named:
                yield file, file.with_name(new + file.suffix)
            elif owners.get(file) == old and not is_named:
                ending = unicodedata.normalize("NFC", file.name).removeprefix(old)
                yield file, file.with_name(new + ending)
        stems = {old, *(_stem(file.name) for file in self.notes)}
        for file in self.transcripts:
            if transcript_owner(file, stems)[0] == old:
                ending = unicodedata.normalize("NFC", file.name).removeprefix(old)
                yield file, file.with_name(new + ending)


def _look(root: Path, collector: Collector) -> _Shelf | None:
    from castpress.read.front_matter import parse_head
    from castpress.read.pairing import AUDIO_SUFFIXES, part_transcripts
    from castpress.store.ledger import read_ledger
    from castpress.store.sources import find_sources, read_text

    sources, problems = find_sources(root)
    ledger = collector.take(read_ledger(root))
    if sources.settings_text is None:
        collector.add(problems)
        return None
    audio = sources.episodes.with_suffix(AUDIO_SUFFIXES)
    notes, transcripts = part_transcripts(sources.show_notes.files, audio)
    guids: dict[str, str] = {}
    named, numbered = set(), set()
    for file in notes:
        text, _ = read_text(root, file)
        head, _ = parse_head(text or "", file)
        if head.settings.audio:
            named.add(head.settings.audio)
        if head.settings.episode is not None or head.settings.lesson is not None:
            numbered.add(_stem(file.name))
        if head.settings.guid:
            guids[_stem(file.name)] = head.settings.guid
    return _Shelf(
        root, notes, audio, transcripts, guids, frozenset(numbered), frozenset(named), ledger
    )


def _stem(text: str) -> str:
    """The name without an ending that castpress knows, in composed Unicode."""
    from castpress.read.pairing import AUDIO_SUFFIXES, NOTES_SUFFIXES, TRANSCRIPT_SUFFIXES

    composed = unicodedata.normalize("NFC", text.strip())
    suffix = PurePosixPath(composed).suffix
    known = (*NOTES_SUFFIXES, *AUDIO_SUFFIXES, *TRANSCRIPT_SUFFIXES)
    return composed.removesuffix(suffix) if suffix.lower() in known else composed


def _bad_name(text: str, stem: str) -> Iterator[Problem]:
    is_long = len(stem.encode("utf-8", "replace")) > _LONGEST_NAME_BYTES
    is_odd = stem.startswith(".") or stem.endswith("~") or not stem.isprintable()
    if not stem or "/" in stem or "\\" in stem or is_odd or is_long:
        yield refusal(
            "bad-file-name",
            f"{text!r} cannot be the name of an episode's files",
            Location(LEDGER_FILE),
            "write a short name without slashes, such as 042-hills",
        )


def _taken(
    shelf: _Shelf,
    name: EpisodeName,
    entry: LedgerEntry | None,
    new: str,
    moves: Sequence[Move],
) -> Iterator[Problem]:
    """Names that belong to somebody else; nothing is ever overwritten."""
    from castpress.store.source_changes import is_taken

    sources = {source for source, _ in moves}
    has_notes = any(source in shelf.notes for source in sources)
    others = [file for file in shelf.notes if has_notes and _stem(file.name) == new]
    targets = [target for _, target in moves if is_taken(shelf.root, target)]
    for file in dict.fromkeys((*targets, *others)):
        if file not in sources and name.stem != new:
            yield refusal(
                "name-taken",
                f"{file} is there already, so nothing was renamed",
                Location(file),
                "choose another name, or move that file away first",
            )
    for other in shelf.ledger.entries:
        is_other = not other.is_retired and other.stem == new and other.guid != name.guid
        # A build may have taken the new name for a new episode; it counts once it was out.
        if is_other and (entry is None or other.audio is not None or has_notes):
            yield refusal(
                "name-taken",
                f"{new} is an episode of its own in show.lock, with the guid {other.guid}",
                Location(LEDGER_FILE),
                "choose another name; two episodes that are out cannot become one",
            )


def _number(old: str, new: str) -> Iterator[str]:
    """Apps show a number, and where neither settings nor title say one, the name does."""
    from castpress.read.lessons import number_in_stem

    was, now = number_in_stem(old), number_in_stem(new)
    if was != now:
        told = f"{_said(was)} becomes {_said(now)}"
        keep = f"; write `episode: {was}` at the top of the note to keep it"
        told += keep if was is not None else ""
        yield f"If its number in apps came from the files' name, {told}."


def _said(number: int | None) -> str:
    return "none" if number is None else str(number)


def _tale(
    old: str, new: str, moves: Sequence[Move], entry: LedgerEntry | None, *, is_known: bool
) -> Iterator[str]:
    if entry is None:
        yield f"Nobody notices: {old} has not been out yet."
    else:
        yield "Nobody notices: the guid, the page's and the audio's address stay as they are."
    for source, target in moves:
        yield f"{source} becomes {target.name}"
    if not is_known:
        yield f"show.lock: {old} is called {new}"
