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
    from castpress.model.listing import ListedFeed

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
    found = _compare(built, live)
    noticed = [change for changes in found.values() for change in changes if is_noticed(change)]
    if arguments.json:
        reporter.result(json.dumps(_as_json(found, has_noticed=bool(noticed)), ensure_ascii=False))
    else:
        for line in _lines(found):
            reporter.result(line)
    return exit_codes.PROBLEMS if noticed and arguments.exit_code else exit_codes.OK


def is_noticed(change: Difference) -> bool:
    """Whether anybody but a program sees it: a feed that has grown a little is nothing to see."""
    from castpress.model.difference import Kind

    return change.kind is not Kind.FEED_SIZE or change.severity > Severity.NOTE


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


def _compare(built: Built, live: ReadFeeds) -> Mapping[str, tuple[Difference, ...]]:
    """The differences of each feed by its path."""
    from castpress.model.difference import differences

    if built.walked is None:
        return {}
    show = built.walked.show
    coming = (
        feed
        for path, content in built.feeds.items()
        for feed in parse_named(path, content, path=path).feeds
    )
    ours: dict[str, ListedFeed] = {feed.path or "": feed.listed for feed in with_pages(coming)}
    before: dict[str, ListedFeed] = {}
    for feed in live.feeds:
        address = feed.listed.self_url or ""
        path = feed.path or address.removeprefix(show.base_url)
        before[path if path in ours or feed.path else show.feed.path] = feed.listed
    # A feed on its own says nothing about the others.
    paths = ours.keys() | before.keys() if live.is_whole else before.keys()
    zone = ZoneInfo(show.time_zone)
    return {
        path: differences(before.get(path), ours.get(path), zone=zone) for path in sorted(paths)
    }


def _as_json(
    found: Mapping[str, tuple[Difference, ...]], *, has_noticed: bool
) -> Mapping[str, object]:
    from castpress.model.difference import as_json_object

    return {
        "same": not any(found.values()),
        "noticed": has_noticed,
        "feeds": {path: [as_json_object(c) for c in changes] for path, changes in found.items()},
    }


def _lines(found: Mapping[str, tuple[Difference, ...]]) -> Iterator[str]:
    """One line a change, the worst first; `!!` loses subscribers, `!` is noticed by them."""
    if not any(found.values()):
        yield "nobody notices anything: the feeds are the same"
        return
    for path, changes in found.items():
        if not changes:
            continue
        if len(found) > 1:
            yield f"{path}:"
        for change in changes:
            yield f"{_MARKS[change.severity]} {change.title}: {change.text}"
