"""``castpress diff``: what subscribers would notice if the show were published now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.feed_sources import ReadFeeds, parse_named, read_feeds, with_pages
from castpress.commands.ledger_changes import refuse
from castpress.commands.options import add_moment, add_output, add_show, cache_of
from castpress.commands.reporter import report
from castpress.model.artifact import Wave
from castpress.model.problem import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.commands.feed_sources import NamedFeed
    from castpress.commands.reporter import Reporter
    from castpress.model.difference import Difference
    from castpress.model.ledger import Ledger

_MARKS = {Severity.ERROR: "!!", Severity.WARNING: " !", Severity.NOTE: "  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``diff``."""
    add_show(parser)
    parser.add_argument(
        "--against",
        metavar="FEED",
        help="what to compare with: a file, an address, or a folder of the site (the place of "
        "publication)",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument(
        "--exit-code",
        action="store_true",
        help="end with exit code 1 if there is anything that a subscriber notices",
    )
    add_output(parser)
    add_moment(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Build without writing, and compare feed by feed."""
    from castpress.commands.build import build

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    now = moment(arguments.now)
    ledger = None
    if arguments.against:
        live = read_feeds(arguments.against)
    else:
        live, ledger = _published(root, output)
    if live.exit_code != exit_codes.OK:
        return refuse(reporter, live.problems, root, live.exit_code)
    built = build(root, output, now, reporter, is_strict=arguments.strict, live=ledger, is_dry=True)
    limit = Severity.WARNING if arguments.strict else Severity.ERROR
    serious = tuple(problem for problem in built.problems if problem.severity >= limit)
    code = report(reporter, serious, root, is_strict=arguments.strict, notes=False)
    if code != exit_codes.OK or built.walked is None:
        return code
    from castpress.model.difference import is_noticed

    found, is_same = _compare(built, live)
    noticed = [change for changes in found.values() for change in changes if is_noticed(change)]
    if arguments.json:
        told = _as_json(found, is_same=is_same, has_noticed=bool(noticed))
        reporter.result(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(found, is_same=is_same):
            reporter.result(line)
    return exit_codes.PROBLEMS if noticed and arguments.exit_code else exit_codes.OK


def _published(root: Path, output: Path) -> tuple[ReadFeeds, Ledger | None]:
    """The feeds at the place that show.yaml names, and the ledger there, as publishing sees it."""
    from castpress.commands.publishing.place import failed, find_place, read_state
    from castpress.store.targets.target import TargetError

    place, problems = find_place(root, output, None)
    if place is None:
        return ReadFeeds((), problems, exit_codes.USAGE), None
    try:
        state, problems = read_state(place, cache_of(root))
        if state is None:
            return ReadFeeds((), problems, exit_codes.PROBLEMS), None
        feeds: list[NamedFeed] = []
        for path, file in sorted(state.publication.files.items()):
            found = place.target.get(path) if file.wave is Wave.FEED else None
            if found is not None:
                feeds += parse_named(path, found.content, path=path).feeds
    except TargetError as error:
        return ReadFeeds((), (failed(error, place.location),), exit_codes.NETWORK), None
    return ReadFeeds(with_pages(feeds), is_whole=True), state.ledger


def _compare(built: Built, live: ReadFeeds) -> tuple[Mapping[str, tuple[Difference, ...]], bool]:
    """The differences of each feed by its path, and whether the feeds are the same to the byte."""
    from castpress.model.difference import differences

    if built.walked is None:
        return {}, False
    show = built.walked.show
    coming = (
        feed
        for path, content in built.feeds.items()
        for feed in parse_named(path, content, path=path).feeds
    )
    ours = {feed.path or "": feed for feed in with_pages(coming)}
    before: dict[str, NamedFeed] = {}
    for feed in live.feeds:
        address = feed.listed.self_url or ""
        path = feed.path or address.removeprefix(show.base_url)
        before[path if path in ours or feed.path else show.feed.path] = feed
    # A feed on its own says nothing about the others.
    paths = sorted(ours.keys() | before.keys() if live.is_whole else before.keys())
    zone = ZoneInfo(show.time_zone)
    sides = {path: (before.get(path), ours.get(path)) for path in paths}
    found = {
        path: differences(was.listed if was else None, now.listed if now else None, zone=zone)
        for path, (was, now) in sides.items()
    }
    is_same = all(_contents(was) == _contents(now) for was, now in sides.values())
    return found, is_same and not any(found.values())


def _contents(feed: NamedFeed | None) -> tuple[bytes, ...]:
    """The bytes of a feed and of its archive pages."""
    return () if feed is None else (feed.content, *(page.content for page in feed.pages))


def _as_json(
    found: Mapping[str, tuple[Difference, ...]], *, is_same: bool, has_noticed: bool
) -> Mapping[str, object]:
    from castpress.model.difference import as_json_object

    return {
        "same": is_same,
        "noticed": has_noticed,
        "feeds": {path: [as_json_object(c) for c in changes] for path, changes in found.items()},
    }


def _lines(found: Mapping[str, tuple[Difference, ...]], *, is_same: bool) -> Iterator[str]:
    """One line a change, the worst first; `!!` loses subscribers, `!` is noticed by them."""
    if not any(found.values()):
        how = "are the same" if is_same else "say the same, written in another way"
        yield f"nobody notices anything: the feeds {how}"
        return
    for path, changes in found.items():
        if not changes:
            continue
        if len(found) > 1:
            yield f"{path}:"
        for change in changes:
            yield f"{_MARKS[change.severity]} {change.title}: {change.text}"
