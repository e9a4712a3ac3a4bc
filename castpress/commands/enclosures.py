"""The audio that is published, of all episodes that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands.enclosed import enclosed_elsewhere
from castpress.commands.standing import Standing
from castpress.commands.tagged_audio import feed_of
from castpress.commands.tasks import HearTask
from castpress.store.memory import HeardEpisode, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from castpress.commands.enclosed import Enclosed
    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.ledger import PublishedAudio
    from castpress.model.podcast import Episode
    from castpress.model.problem import Problem
    from castpress.store.memory import Memory


def enclose(
    walked: Walked,
    episodes: Iterable[Episode],
    output: Path,
    reporter: Reporter,
    *,
    standing: Standing | None = None,
    memory: Memory | None = None,
    fresh: Memory | None = None,
) -> tuple[dict[str, Enclosed], tuple[Problem, ...]]:
    """The published audio of each episode by guid; the sources stay as they are.

    What was published once is frozen in show.lock and made again as it was; an episode whose audio
    changed while it was read is left out, with an error.

    Raises:
        OSError: the cache cannot be written, or a source cannot be read any more.
    """
    problems: list[Problem] = []
    standing = standing or Standing(output)
    entries = walked.ledger.by_guid()
    wanted = tuple(episodes)
    tasks: dict[str, HearTask] = {}
    known: dict[str, Enclosed] = {}
    for episode in wanted:
        entry = entries.get(episode.guid)
        task = _hear_task(walked, episode, entry.audio if entry else None)
        heard = memory.heard.get(episode.guid) if memory else None
        if heard is not None and heard.key == task.key and _is_held(heard, output, standing):
            known[episode.guid] = enclosed_elsewhere(heard.audio)
            problems += heard.problems
            if fresh is not None:
                fresh.heard[episode.guid] = heard
        else:
            tasks[episode.stem] = task
    for found, (enclosed, faults) in zip(
        tasks.values(), walked.crew.run("hear", tasks, reporter.track).values(), strict=True
    ):
        problems += faults
        if enclosed is None:
            continue
        guid = found.episode.guid
        known[guid] = enclosed
        if fresh is not None:
            here = tuple(each.path for each, file in enclosed.pairs if file is not None)
            fresh.heard[guid] = HeardEpisode(found.key, enclosed.audio, here, faults)
    return {e.guid: known[e.guid] for e in wanted if e.guid in known}, tuple(problems)


def _hear_task(walked: Walked, episode: Episode, audio: PublishedAudio | None) -> HearTask:
    read = walked.read[episode.guid]
    picture = walked.pictures.embedded(episode.artwork or feed_of(episode, walked.show).artwork)
    alternates = walked.alternates.get(episode.guid)
    key = digest_of(
        walked.show_digest,
        read.key,
        episode.slug,
        picture.sha256 if picture else None,
        audio,
        alternates,
    )
    return HearTask(key, walked.tasks[episode.guid], episode, audio, picture, alternates)


def _is_held(heard: HeardEpisode, output: Path, standing: Standing) -> bool:
    """Whether what was there of the audio and its other encodings still is, and the rest is not."""
    return all(
        standing.find(each.path, each.sha256) is not None
        if each.path in heard.here
        else not (output / each.path).exists()
        for each in heard.audio.enclosures
    )
