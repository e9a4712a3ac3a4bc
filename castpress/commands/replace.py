"""``castpress replace``: the audio of an episode becomes another file, under the same guid."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import (
    Found,
    Tale,
    add_change,
    carry_out,
    facts_of,
    find_episode,
    refusal,
    refuse,
)
from castpress.commands.options import cache_of
from castpress.model.ledger import LEDGER_FILE, replaced
from castpress.model.problem import Location
from castpress.model.staged import is_staged
from castpress.model.timecode import format_clock

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.podcast import AudioFacts
    from castpress.model.problem import Problem


_HAVE = ("has", "have")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``replace``."""
    parser.add_argument(
        "episode", metavar="EPISODE", help="its files' name, guid or page's address"
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="the new audio, copied into episodes/; without it the file there is the new one",
    )
    add_change(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Let the next build publish the new audio, at a new address."""
    from castpress.commands.walk import walk

    root: Path = arguments.show
    walked, problems = walk(root, moment(None), cache_of(root), reporter)
    if walked is None:
        return refuse(reporter, problems, root)
    found, unknown = find_episode(walked, arguments.episode)
    if found is None:
        return refuse(reporter, unknown, root, exit_codes.USAGE)
    facts, faults = _new_audio(walked, found, arguments.file)
    place, more = _destination(walked, found, arguments.file)
    faults += more or _of_another(walked, found, facts)
    entry = found.entry
    if facts is None or faults:
        return refuse(reporter, faults, root)
    told = facts_of(found) | {"audio_sha256": facts.sha256, "duration_ms": facts.duration_ms}
    is_kept = entry is not None and entry.audio is not None and not is_staged(entry)
    if entry is None or is_staged(entry) or (not is_kept and arguments.file is None):
        line = f"Nothing to do: {found.stem} is not published yet; what is in episodes/ is taken."
        return carry_out(arguments, reporter, Tale((line,), told), None)
    if entry.audio is not None and entry.audio.facts.sha256 == facts.sha256:
        is_here = found.episode is not None and found.episode.audio.sha256 == facts.sha256
        if is_here or arguments.file is None:
            line = f"Nothing to do: this is the audio of {found.stem} that is published."
            return carry_out(arguments, reporter, Tale((line,), told), None)
    known = replaced(walked.recorded, entry.guid, facts.sha256)

    def change() -> None:
        from castpress.store.ledger import write_ledger
        from castpress.store.source_changes import SourceChanges

        with SourceChanges(root) as changes:
            if arguments.file is not None and place is not None:
                changes.copy(arguments.file, place)
            write_ledger(root, known)

    lines = (
        *_tale(found, facts),
        *_beside(walked, entry.guid),
        *_overwritten(root, arguments.file, place),
    )
    return carry_out(arguments, reporter, Tale(lines, told), change)


def _new_audio(
    walked: Walked, found: Found, file: Path | None
) -> tuple[AudioFacts | None, tuple[Problem, ...]]:
    """What is in the audio that is to be published from now on."""
    if file is not None:
        from castpress.store.audio.inspect import inspect_audio

        return inspect_audio(file, Location(PurePosixPath(file.as_posix())))
    episode = found.episode
    if episode is None or episode.audio.location is None:
        where = Location(PurePosixPath("episodes") / f"{found.stem}.mp3")
        message = f"the audio of {found.stem} is not in episodes/, so there is none to take"
        advice = f"put it there, or name the file: castpress replace {found.stem} FILE"
        return None, (refusal("no-new-audio", message, where, advice),)
    return episode.audio, ()


def _destination(
    walked: Walked, found: Found, file: Path | None
) -> tuple[PurePosixPath | None, tuple[Problem, ...]]:
    """Where the new file goes: into the place of the old one, if its ending allows it."""
    if file is None:
        return None, ()
    episode = found.episode
    present = episode.audio.location.file if episode and episode.audio.location else None
    if present is None:
        return PurePosixPath("episodes") / f"{found.stem}{file.suffix.lower()}", ()
    if present.suffix.lower() == file.suffix.lower():
        return present, ()
    message = f"{present} is there, and {file.name} has another ending"
    advice = f"move {present.name} away first; {file.name} would be another encoding beside it"
    return None, (refusal("name-taken", message, Location(present), advice),)


def _of_another(walked: Walked, found: Found, facts: AudioFacts | None) -> tuple[Problem, ...]:
    """A slip of the hand: this audio is another episode's."""
    for entry in walked.recorded.entries:
        is_other = found.entry is None or entry.guid != found.entry.guid
        if facts is not None and is_other and entry.fingerprint == facts.sha256:
            message = f"this is the audio of {entry.stem}, so it cannot be that of {found.stem}"
            advice = "look which file is which; no two episodes have the same audio"
            return (refusal("audio-of-another", message, Location(LEDGER_FILE), advice),)
    return ()


def _overwritten(root: Path, file: Path | None, place: PurePosixPath | None) -> Iterator[str]:
    if file is not None and place is not None:
        is_there = (root / place).exists()
        yield f"{place} {'is overwritten with' if is_there else 'becomes a copy of'} {file}"


def _beside(walked: Walked, guid: str) -> Iterator[str]:
    """Other encodings of the old audio, which nobody replaces but the author."""
    names = [heard.named.file.name for heard in walked.alternates.get(guid, ())]
    if names:
        yield f"Look whether {', '.join(names)} beside it {_HAVE[len(names) > 1]} the new audio."


def _tale(found: Found, facts: AudioFacts) -> Iterator[str]:
    yield (
        "Apps that have downloaded the old file keep it; whoever downloads from the next "
        "publication on gets the new one, under the same entry and at a new address."
    )
    yield "Nobody is told that it changed."
    old = found.entry.audio.facts if found.entry and found.entry.audio else None
    if old is not None:
        was, now = format_clock(old.duration_ms), format_clock(facts.duration_ms)
        yield f"{found.stem} lasts {now}, {was} before" if was != now else f"Both last {now}."
    else:
        yield f"{found.stem} lasts {format_clock(facts.duration_ms)}"
    if old is None or old.duration_ms != facts.duration_ms:
        yield "Look whether its chapters and its transcript still fit the new audio."
