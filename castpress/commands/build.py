"""``castpress build``: the whole walk, from the show's folder to the output folder."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.collector import Collector
from castpress.commands.options import add_moment, add_output, add_show, cache_of
from castpress.commands.reporter import report
from castpress.model.artifact import Wave
from castpress.model.problem import Location, Problem, Severity
from castpress.store.sources import SOURCE_FOLDERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.enclosed import Enclosed
    from castpress.commands.rendering import Rendered
    from castpress.commands.reporter import Reporter
    from castpress.commands.standing import Standing
    from castpress.commands.walk import Walked
    from castpress.model.artifact import OutputFile
    from castpress.model.ledger import Ledger
    from castpress.store.cache import Cache
    from castpress.store.output import OutputError, Written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``build``."""
    add_show(parser)
    add_output(parser)
    add_moment(parser)
    parser.add_argument(
        "--verify",
        action="store_true",
        help="read every file of the result, and mend what is not as it was written",
    )


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Build the show; nothing is written where there is an error."""
    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    began_ns = time.time_ns()
    now = moment(arguments.now)
    built = build(
        root, output, now, reporter, is_strict=arguments.strict, reads_all=arguments.verify
    )
    code = _tell(built, root, output, now, reporter, is_strict=arguments.strict)
    if code == exit_codes.OK and arguments.words[:1] == ["build"] and not arguments.verify:
        _record(built, arguments, now, began_ns, reporter)
    return code


def _tell(
    built: Built, root: Path, output: Path, now: datetime, reporter: Reporter, *, is_strict: bool
) -> int:
    from castpress.commands.summary import summary_lines

    code = report(reporter, built.problems, root, is_strict=is_strict, notes=False)
    for line in summary_lines(built, output, now):
        reporter.say(line)
    return code


def _record(
    built: Built, arguments: argparse.Namespace, now: datetime, began_ns: int, reporter: Reporter
) -> None:
    """Leave what lets the next build see at once that it has nothing to do."""
    from castpress.model.ledger import LEDGER_FILE, with_slugs
    from castpress.store.output import Written
    from castpress.store.unchanged_record import record_unchanged

    if built.walked is None:
        return
    ledger = with_slugs(built.walked.ledger, built.walked.slugs)
    if ledger != built.walked.recorded and any(
        problem.location.file == LEDGER_FILE for problem in built.problems
    ):
        return  # what show.lock was just told is told the author once
    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    out, err = io.StringIO(), io.StringIO()
    nothing_new = replace(built, written=Written((), len(built.files), ()))
    is_strict = arguments.strict
    _tell(nothing_new, root, output, now, reporter.recorder(out, err), is_strict=is_strict)
    is_by_clock = arguments.now is None and not os.environ.get("SOURCE_DATE_EPOCH")
    record_unchanged(
        cache_of(root),
        root,
        output,
        arguments.words,
        began_ns=began_ns,
        expires_ns=_expires_ns(built.walked, now) if is_by_clock else None,
        others=(*built.walked.pictures.sources, *_transcripts_elsewhere(built.walked)),
        files=built.files,
        ledger=ledger,
        said=(out.getvalue(), err.getvalue()),
    )


def _transcripts_elsewhere(walked: Walked) -> Iterator[Path]:
    """Those that notes name in other folders than their own."""
    for task in walked.tasks.values():
        for _, file, _ in task.transcripts:
            if file.parts[0] != "show_notes" or ".." in file.parts:
                yield walked.root / file


def _expires_ns(walked: Walked, now: datetime) -> int | None:
    """When the same build says or does something else, though no file has changed."""
    due = walked.next_due
    if walked.schedule.undated:
        # Their line names today.
        local = now.astimezone(ZoneInfo(walked.show.time_zone))
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        due = min(due, midnight) if due else midnight
    return None if due is None else int(due.timestamp() * 1_000_000_000)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to; ``written`` is None where nothing was written.

    ``files`` are all files of the output, ``enclosed`` the audio of what is out by guid, ``feeds``
    the bytes of each feed by path; they are empty where the build was stopped.
    """

    walked: Walked | None
    written: Written | None
    problems: tuple[Problem, ...]
    files: tuple[OutputFile, ...] = ()
    enclosed: Mapping[str, Enclosed] = field(default_factory=dict)
    feeds: Mapping[str, bytes] = field(default_factory=dict)


def build(
    root: Path,
    output: Path,
    now: datetime,
    reporter: Reporter,
    *,
    is_strict: bool,
    live: Ledger | None = None,
    is_dry: bool = False,
    reads_all: bool = False,
) -> Built:
    """Walk, render, and write if there is nothing against it.

    ``live`` is the ledger at the place of publication, which show.lock is joined with; a dry build
    does all the work and writes nothing but the cache. ``reads_all`` trusts no file of the output
    by its time.
    """
    from castpress.commands.rendering import render
    from castpress.commands.standing import Standing
    from castpress.commands.walk import walk
    from castpress.model.ledger import with_slugs
    from castpress.store.ledger import write_ledger
    from castpress.store.memory import Memory, recall, remember
    from castpress.store.output import OutputError, explained, settle, write_artifacts

    cache = cache_of(root)
    collector = Collector()
    collector.add(_among_sources(root, output))
    memory, fresh = recall(cache), Memory()
    walked = None
    try:
        try:
            walked = collector.take(
                walk(
                    root, now, cache, reporter, output=output, live=live, memory=memory, fresh=fresh
                )
            )
            if walked is None or collector.is_stopped(is_strict=is_strict):
                return Built(walked, None, collector.problems)
            if not is_dry:
                settle(output)
            standing = Standing(output, reads_all=reads_all)
            rendered = collector.take(render(walked, output, standing, (memory, fresh), reporter))
        except OSError as error:
            raise explained(cache.folder, error, "nothing was changed") from error
        if collector.is_stopped(is_strict=is_strict):
            return Built(walked, None, collector.problems)
        written = None
        if not is_dry:
            if walked.ledger != walked.recorded:
                # First: a guid that is recorded and not published harms nobody, the reverse does.
                write_ledger(root, walked.ledger, is_durable=False)
            written = write_artifacts(
                output, rendered.artifacts, rendered.unchanged, standing.damaged
            )
            if reads_all:
                collector.add(_strangers(standing, output, root))
            settled = with_slugs(walked.ledger, walked.slugs)
            if settled != walked.ledger:
                # An address that never was out is not kept.
                write_ledger(root, settled, is_durable=False)
            remember(cache, memory, fresh)
            if written.changed or written.removed:
                _tidy(cache, walked, rendered)
    except OutputError as error:
        collector.add([output_problem(error, root)])
        return Built(walked, None, collector.problems)
    finally:
        if walked is not None:
            walked.crew.close()
    return Built(
        walked,
        written,
        collector.problems,
        rendered.files,
        rendered.enclosed,
        _Feeds(output, rendered),
    )


def _tidy(cache: Cache, walked: Walked, rendered: Rendered) -> None:
    """Take out of the cache what no build of this show would ask for again."""
    from castpress.commands.cards import CARDS, cached_cards
    from castpress.commands.tagged_audio import cached_names

    now = time.time()
    frozen = (entry.audio for entry in walked.ledger.entries if entry.audio is not None)
    current = (enclosed.audio for enclosed in rendered.enclosed.values())
    needed = {name for audio in (*frozen, *current) for name in cached_names(audio)}
    cache.prune("audio", needed, now=now)
    cache.prune(CARDS, cached_cards(rendered.files), now=now)


class _Feeds(Mapping[str, bytes]):
    """The feeds of a build by path; one that was written before is read when it is asked for."""

    def __init__(self, output: Path, rendered: Rendered) -> None:
        self._output = output
        self._made = {a.path: a.content for a in rendered.artifacts if a.wave is Wave.FEED}
        there = (file.path for file in rendered.unchanged if file.wave is Wave.FEED)
        self._paths = tuple(sorted({*self._made, *there}))

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._made.get(path) or (self._output / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _strangers(standing: Standing, output: Path, root: Path) -> Iterator[Problem]:
    """Files in the output that nobody will publish."""
    folder = output.relative_to(root) if output.is_relative_to(root) else output
    for name in standing.strangers():
        yield Problem(
            "not-ours",
            f"{name} was not put there by castpress and is not published",
            Location(PurePosixPath(folder.as_posix()) / name),
            Severity.WARNING,
            "move it away; what belongs to the show is made from the show's own folders",
        )


def _among_sources(root: Path, output: Path) -> Iterator[Problem]:
    """An output that is, holds or lies among the author's own files would mix with them."""
    try:
        place, show = output.resolve(), root.resolve()
    except (OSError, RuntimeError):  # a link to itself; writing will say so
        return
    inside = place.relative_to(show).parts[:1] if place.is_relative_to(show) else ("",)
    if show.is_relative_to(place) or inside[0] in SOURCE_FOLDERS:
        yield Problem(
            "output-among-sources",
            f"the output would lie among the show's own files, in {output}",
            Location(PurePosixPath(output.as_posix())),
            Severity.ERROR,
            "name another folder, such as --output public",
        )


def output_problem(error: OutputError, root: Path) -> Problem:
    """An output that cannot be written, as a problem."""
    place = error.path.relative_to(root) if error.path.is_relative_to(root) else error.path
    return Problem(
        "output-failed",
        f"{place} {error.reason}",
        Location(PurePosixPath(place.as_posix())),
        Severity.ERROR,
        error.help,
    )
