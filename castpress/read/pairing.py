"""Which audio belongs to which notes: the same stem, or what the note says."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity
from castpress.read.alternates import AlternateFile, Beside, labelled_stem, master_left_out
from castpress.read.languages import canonical_language, is_language, meant_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

NOTES_SUFFIXES = (".md", ".txt", ".html", ".htm")
TRANSCRIPT_SUFFIXES = (".vtt", ".srt", ".json", ".sbv")
"""What is a transcript whatever its name."""
AUDIO_SUFFIXES = (
    ".mp3", ".m4a", ".m4b", ".aac", ".mp4", ".m4v", ".mov",
    ".opus", ".ogg", ".oga", ".flac", ".wav",
)  # fmt: skip
"""What is taken for audio or video; of files with one name, the first of these is the main one."""
# Text that is a transcript by its name: `042.transcript.txt`, `042-transcript.md`.
_TEXT_SUFFIXES = (".html", ".htm", ".txt", ".md")
_MARKED = re.compile(
    r"(.+)([._ -])"
    r"(?:transcri(?:pts?|ption|ptie|pcion|pción|cao|ção)|transkript(?:ion)?|trascrizione)"
    r"(?:[._-]([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*))?",
    re.IGNORECASE,
)

# Names that files of one format have; the first is that of published copies.
_ENDINGS = {
    "m4a": (".m4a", ".m4b", ".mp4"),
    "mp4": (".mp4", ".m4v"),
    "opus": (".opus", ".ogg", ".oga"),
    "ogg": (".ogg", ".oga"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One episode's sources: its notes, its audio, its transcripts as (language or None, file).

    ``absent`` is the problem of a note that names audio which is not there; show.lock may know it.
    ``alternates`` are the other encodings of the audio.
    """

    stem: str
    notes: PurePosixPath
    audio: PurePosixPath | None
    transcripts: tuple[tuple[str | None, PurePosixPath], ...] = ()
    absent: Problem | None = None
    alternates: tuple[AlternateFile, ...] = ()


def stem_of(file: PurePosixPath) -> str:
    """The stem that pairs files, the same on every file system (composed Unicode)."""
    return unicodedata.normalize("NFC", file.stem)


def pair_sources(
    notes: Iterable[PurePosixPath],
    audio: Iterable[PurePosixPath],
    transcripts: Iterable[PurePosixPath],
    chosen_audio: Mapping[PurePosixPath, tuple[str, Location]],
    published: Mapping[str, str] | None = None,
) -> tuple[tuple[Pair, ...], tuple[Problem, ...]]:
    """The episodes of a folder, by stem.

    ``chosen_audio`` is what a note's ``audio:`` says, and where; ``published`` are the formats of
    what is out, by stem: a file put beside one is no replacement. Notes without audio come with
    None; whether that is a fault depends on whether they are out, which is not known here. Beside
    the audio lie its other encodings, which have its name, or a word more that says which.
    """
    problems: list[Problem] = []
    audio_by_stem = _by_stem(audio)
    notes_by_stem = _by_stem(notes)
    transcripts_by_stem = _transcripts_by_stem(transcripts, notes_by_stem, problems)
    chosen = {
        stem: _choose(
            files[0],
            chosen_audio.get(files[0]),
            audio_by_stem,
            _as_published(audio_by_stem.get(stem, []), (published or {}).get(stem)),
        )
        for stem, files in sorted(notes_by_stem.items())
    }
    mains = {file for file, _ in chosen.values() if file is not None}
    beside = Beside(audio_by_stem, notes_by_stem, mains)
    pairs: list[Pair] = []
    used = set(mains)
    for stem, (file, fault) in chosen.items():
        files = notes_by_stem[stem]
        if len(files) > 1:
            problems.append(_two_notes(files))
        problems += [one for one in fault if file is not None]
        absent = next(iter(fault), None) if file is None else None
        used.update(audio_by_stem.get(stem, ()))
        alternates, masters = beside.of(stem_of(file)) if file is not None else ((), ())
        used.update(one.file for one in alternates)
        used.update(masters)
        problems += [master_left_out(one, file) for one in masters if file is not None]
        transcripts_of_it = tuple(transcripts_by_stem.get(stem, ()))
        pairs.append(Pair(stem, files[0], file, transcripts_of_it, absent, alternates))
    spare = [file for files in audio_by_stem.values() for file in files if file not in used]
    lonely = [pair.notes for pair in pairs if pair.audio is None]
    by_stem = {stem_of(pair.audio): pair.audio for pair in pairs if pair.audio is not None}
    problems += [_no_notes(file, lonely, by_stem) for file in sorted(spare)]
    problems += _stray_transcripts(transcripts_by_stem, notes_by_stem)
    return tuple(pairs), tuple(problems)


def no_audio(note: PurePosixPath, spare: Iterable[PurePosixPath]) -> Problem:
    """The problem of a note that is out and has nothing to hear; ``spare`` is unpaired audio."""
    by_stem = {stem_of(file): file for file in spare}
    near = difflib.get_close_matches(stem_of(note), list(by_stem), n=1, cutoff=0.6)
    file = by_stem[near[0]] if near else None
    advice = (
        f"rename {file.name} to {stem_of(note)}{file.suffix}, or write `audio: {file.name}` at "
        "the top of the note"
        if file
        else f"put {stem_of(note)}.mp3 into episodes/, or write `draft: true` at the top"
    )
    return Problem(
        "no-audio", f"there is no audio for {note.name}", Location(note), Severity.ERROR, advice
    )


def _by_stem(files: Iterable[PurePosixPath]) -> dict[str, list[PurePosixPath]]:
    found: dict[str, list[PurePosixPath]] = defaultdict(list)
    for file in sorted(files):
        found[stem_of(file)].append(file)
    return found


def _transcripts_by_stem(
    files: Iterable[PurePosixPath], notes: Mapping[str, object], problems: list[Problem]
) -> dict[str, list[tuple[str | None, PurePosixPath]]]:
    """``042.vtt`` is in the episode's language, ``042.de.vtt`` in German; the best format first."""
    found: dict[str, list[tuple[str | None, PurePosixPath]]] = defaultdict(list)
    order = (*TRANSCRIPT_SUFFIXES, *_TEXT_SUFFIXES)
    for file in sorted(files, key=lambda file: (order.index(file.suffix.lower()), file)):
        owner, code = transcript_owner(file, notes)
        language = canonical_language(code) if code else None
        if language is not None and (not is_language(language) or meant_language(language)):
            problems.append(_unknown_language(file, owner, language))
            language = meant_language(language)
            if language is None:
                continue
        found[owner].append((language, file))
    return found


def part_transcripts(
    files: Iterable[PurePosixPath], audio: Iterable[PurePosixPath]
) -> tuple[tuple[PurePosixPath, ...], tuple[PurePosixPath, ...]]:
    """The notes and the transcripts among the files of show_notes/.

    Text is a transcript where its name says so: always behind a dot, behind another mark only where
    the name before it has notes and the whole one no audio.
    """
    everything = tuple(files)
    stems = {stem_of(file) for file in everything if file.suffix.lower() in NOTES_SUFFIXES}
    heard = {stem_of(file) for file in audio}
    notes, transcripts = [], []
    for file in everything:
        suffix = file.suffix.lower()
        match = _MARKED.fullmatch(stem_of(file)) if suffix in _TEXT_SUFFIXES else None
        is_marked = match is not None and (
            match[2] == "." or (match[1] in stems and stem_of(file) not in heard)
        )
        if suffix in TRANSCRIPT_SUFFIXES or is_marked:
            transcripts.append(file)
        elif suffix in NOTES_SUFFIXES:
            notes.append(file)
    return tuple(notes), tuple(transcripts)


def transcript_owner(
    file: PurePosixPath, notes: Iterable[str] | Mapping[str, object]
) -> tuple[str, str | None]:
    """The stem of the notes that a transcript belongs to, and its language's code if it has one.

    >>> from pathlib import PurePosixPath as P
    >>> [transcript_owner(P(n), {"042"}) for n in ("042.vtt", "042.pt_BR.srt", "042.mp3.json")]
    [('042', None), ('042', 'pt_BR'), ('042', None)]
    >>> transcript_owner(P("042.transcript.de.txt"), {"042"})
    ('042', 'de')
    """
    known = notes if isinstance(notes, (dict, set, frozenset)) else set(notes)
    stem = stem_of(file)
    marked = _MARKED.fullmatch(stem) if stem not in known else None
    code = marked[3] if marked else None
    base = marked[1] if marked else stem
    if base not in known and code is None:
        head, _, tail = base.rpartition(".")
        if canonical_language(tail) is not None and _without_audio(head) in known:
            base, code = head, tail
    base = base if base in known else _without_audio(base)
    return (base, code) if base in known else (stem, None)


def _without_audio(stem: str) -> str:
    """The stem without the audio's ending, which some tools keep: ``042.mp3.vtt``."""
    head, dot, tail = stem.rpartition(".")
    return head if f"{dot}{tail}".lower() in AUDIO_SUFFIXES else stem


def _choose(
    note: PurePosixPath,
    choice: tuple[str, Location] | None,
    audio_by_stem: Mapping[str, list[PurePosixPath]],
    own: Iterable[PurePosixPath],
) -> tuple[PurePosixPath | None, list[Problem]]:
    if choice is not None:
        chosen, place = choice
        for files in audio_by_stem.values():
            for file in files:
                if chosen in (file.name, file.stem, str(file)):
                    return file, []
        near = difflib.get_close_matches(
            chosen, [file.name for files in audio_by_stem.values() for file in files], n=1
        )
        advice = f"did you mean `audio: {near[0]}`?" if near else "put it into episodes/"
        fault = Problem(
            "no-such-audio",
            f"`audio: {chosen}` names no file in episodes/",
            place,
            Severity.ERROR,
            advice,
        )
        return None, [fault]
    files = sorted(own, key=lambda file: (_rank(file), file))
    if len(files) > 1 and _rank(files[0]) == _rank(files[1]):
        names = f"{files[0].name} and {files[1].name}"
        fault = Problem(
            "two-audio-files",
            f"{names} both belong to {note.name}",
            Location(note),
            Severity.ERROR,
            f"delete one of them, or write `audio: {files[0].name}` at the top of the note",
        )
        return files[0], [fault]
    return (files[0] if files else None), []


def _as_published(files: list[PurePosixPath], extension: str | None) -> list[PurePosixPath]:
    """Of several files the one in the format that is out, all where none or no one is."""
    endings = _ENDINGS.get(extension or "", (f".{extension}",))
    same = [file for file in files if file.suffix.lower() in endings]
    return same if extension and same else files


def _rank(file: PurePosixPath) -> int:
    return AUDIO_SUFFIXES.index(file.suffix.lower())


def _two_notes(files: list[PurePosixPath]) -> Problem:
    names = " and ".join(file.name for file in files)
    return Problem(
        "two-notes",
        f"{names} are notes for the same audio",
        Location(files[1]),
        Severity.ERROR,
        f"keep one of them, or rename the other; a transcript is called "
        f"{stem_of(files[1])}.transcript{files[1].suffix}",
    )


def _no_notes(
    file: PurePosixPath, lonely: list[PurePosixPath], mains: Mapping[str, PurePosixPath]
) -> Problem:
    near = difflib.get_close_matches(stem_of(file), [stem_of(note) for note in lonely], n=1)
    beside = labelled_stem(stem_of(file), mains)
    if near:
        advice = f"rename it to {near[0]}{file.suffix} if it belongs to those notes"
    elif beside is not None:
        main, language = mains[beside[0]], meant_language(beside[1])
        labels = (language,) if language else ("low", "64k", "de")
        names = ", ".join(f"{beside[0]}.{label}{file.suffix}" for label in labels)
        advice = (
            f"if it is another encoding of {main.name}, let its name say which: {names}; else "
            f"write show_notes/{stem_of(file)}.md, or move it away"
        )
    else:
        advice = f"write show_notes/{stem_of(file)}.md; its first line may be `# The title`"
    return Problem(
        "no-notes",
        f"{file.name} has no show notes, so it is not published",
        Location(file),
        Severity.WARNING,
        advice,
    )


def _stray_transcripts(
    transcripts: Mapping[str, list[tuple[str | None, PurePosixPath]]],
    notes: Mapping[str, object],
) -> list[Problem]:
    problems = []
    for stem, files in sorted(transcripts.items()):
        if stem in notes:
            continue
        base, _, tail = stem.rpartition(".")
        language = meant_language(tail) if base in notes else None
        marked = _MARKED.fullmatch(stem)
        near = difflib.get_close_matches(marked[1] if marked else stem, list(notes), n=1)
        for _, file in files:
            if file.suffix.lower() == ".json" and not (marked or near or language):
                continue  # much else is JSON
            advice = "give it the name of its notes"
            if language is not None:
                advice = f"rename it to {base}.{language}{file.suffix}"
            elif near:
                mark = "" if file.suffix.lower() in TRANSCRIPT_SUFFIXES else ".transcript"
                advice = f"rename it to {near[0]}{mark}{file.suffix}"
            problems.append(
                Problem(
                    "stray-transcript",
                    f"{file.name} belongs to no notes",
                    Location(file),
                    Severity.WARNING,
                    advice,
                )
            )
    return problems


def _unknown_language(file: PurePosixPath, stem: str, language: str) -> Problem:
    meant = meant_language(language)
    mark = "" if file.suffix.lower() in TRANSCRIPT_SUFFIXES else ".transcript"
    told = f"it is read as {meant}" if meant else "so it is left out"
    name = f"{stem}{mark}.{meant or 'de'}{file.suffix}"
    return Problem(
        "unknown-language",
        f"{language!r} in {file.name} is no language's code; {told}",
        Location(file),
        Severity.WARNING,
        f"rename it to {name}" if meant else f"write the code of its language, as in {name}",
    )
