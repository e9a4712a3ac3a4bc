"""``castpress build``: the whole walk, from the show's folder to the output folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands.clock import moment
from castpress.commands.collector import Collector
from castpress.commands.options import add_moment, add_output, add_show, cache_of
from castpress.commands.reporter import report
from castpress.model.artifact import Wave
from castpress.model.problem import Location, Problem, Severity
from castpress.store.sources import SOURCE_FOLDERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.commands.enclosures import Enclosed
    from castpress.model.artifact import Artifact, OutputFile
    from castpress.model.ledger import Ledger
    from castpress.model.podcast import Edition
    from castpress.store.cache import Cache
    from castpress.store.output import OutputError, Written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``build``."""
    add_show(parser)
    add_output(parser)
    add_moment(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Build the show; nothing is written where there is an error."""
    from castpress.commands.summary import summary_lines

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    now = moment(arguments.now)
    built = build(root, output, now, reporter, is_strict=arguments.strict)
    code = report(reporter, built.problems, root, is_strict=arguments.strict, notes=False)
    for line in summary_lines(built, output, now):
        reporter.say(line)
    return code


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
) -> Built:
    """Walk, render, and write if there is nothing against it.

    ``live`` is the ledger at the place of publication, which show.lock is joined with; a dry build
    does all the work and writes nothing but the cache.
    """
    from castpress.commands.walk import walk
    from castpress.model.artifact import output_file
    from castpress.model.ledger import with_slugs
    from castpress.store.ledger import write_ledger
    from castpress.store.output import OutputError, write_artifacts

    cache = cache_of(root)
    collector = Collector()
    collector.add(_among_sources(root, output))
    walked = collector.take(walk(root, now, cache, reporter, live))
    if walked is None or collector.is_stopped(is_strict=is_strict):
        return Built(walked, None, collector.problems)
    try:
        rendered = collector.take(render(walked, output, cache, reporter))
        if collector.is_stopped(is_strict=is_strict):
            return Built(walked, None, collector.problems)
        written = None
        if not is_dry:
            if walked.ledger != walked.recorded:
                # First: a guid that is recorded and not published harms nobody, the reverse does.
                write_ledger(root, walked.ledger)
            written = write_artifacts(output, rendered.artifacts)
            settled = with_slugs(walked.ledger, walked.slugs)
            if settled != walked.ledger:
                write_ledger(root, settled)  # an address that never was out is not kept
    except OutputError as error:
        collector.add([output_problem(error, root)])
        return Built(walked, None, collector.problems)
    return Built(
        walked,
        written,
        collector.problems,
        tuple(output_file(artifact) for artifact in rendered.artifacts),
        rendered.enclosed,
        {a.path: a.content for a in rendered.artifacts if a.wave is Wave.FEED and a.content},
    )


@dataclass(frozen=True, slots=True)
class _Rendered:
    artifacts: tuple[Artifact, ...]
    enclosed: Mapping[str, Enclosed]


def render(
    walked: Walked, output: Path, cache: Cache, reporter: Reporter
) -> tuple[_Rendered, tuple[Problem, ...]]:
    """Every file of the output; problems with audio and templates come along.

    Raises:
        OutputError: the cache cannot be written.
    """
    from castpress.commands.enclosures import enclose, released
    from castpress.model.podcast import Edition
    from castpress.render.pages import each_page
    from castpress.store.output import explained
    from castpress.store.theme_files import read_theme

    collector = Collector()
    try:
        enclosed = collector.take(
            enclose(walked, walked.schedule.released, output, cache, reporter)
        )
        palette = walked.pictures.palette_of(walked.show.feed.artwork)
    except OSError as error:
        raise explained(cache.folder, error, "nothing was changed") from error
    edition = Edition(walked.show, released(walked, enclosed))
    templates = collector.take(read_theme(walked.root))
    progress = reporter.track("making pages", len(edition.releases))
    pages = []
    for rendered in each_page(edition, templates, palette=palette):
        next(progress)
        pages.append(collector.take(rendered))
    artifacts = (
        *(artifact for each in enclosed.values() for artifact in each.artifacts),
        *walked.pictures.artifacts,
        *_sidecars(edition),
        *(page for page in pages if page is not None),
        *_feeds(edition),
    )
    return _Rendered(artifacts, enclosed), collector.problems


def _sidecars(edition: Edition) -> Iterator[Artifact]:
    from castpress.render.chapters import render_chapters_json
    from castpress.render.transcript import render_transcripts

    for release in edition.releases:
        if release.episode.chapters:
            yield render_chapters_json(edition.show, release)
        yield from render_transcripts(release)


def _feeds(edition: Edition) -> Iterator[Artifact]:
    """The feed of each course that has a lesson out, then the main one."""
    from castpress.render.feed import render_feed

    show = edition.show
    for course in show.courses:
        lessons = edition.of_feed(course.slug)
        if lessons:
            yield render_feed(show, course.feed, lessons)
    yield render_feed(show, show.feed, edition.of_feed(None))


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
