"""``castpress status``: what is live, what publishing would change, what waits, who is at it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.options import add_moment, add_output, add_show
from castpress.commands.publish import add_place, wall_clock
from castpress.commands.reporter import report
from castpress.model.feed_files import FeedKind, feed_kind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.commands.publishing.place import State
    from castpress.commands.publishing.preparation import Wish
    from castpress.commands.publishing.show import Published
    from castpress.commands.reporter import Reporter


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``status``."""
    add_show(parser)
    add_output(parser)
    add_moment(parser)
    add_place(parser)
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Look, and change nothing."""
    from castpress.commands.publishing.place import find_place
    from castpress.commands.publishing.preparation import Wish
    from castpress.commands.publishing.show import publish_show
    from castpress.commands.publishing.words import as_object

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    place, problems = find_place(root, output, arguments.to)
    if place is None:
        return report(reporter, problems, root, is_strict=True, notes=False)
    wish = Wish(root, output, moment(arguments.now), is_strict=arguments.strict, is_dry=True)
    published = publish_show(wish, place, reporter, wall_clock)
    name = place.target.name
    if arguments.json:
        facts = {**as_object(published, name), "claim": _claim_words(published.state)}
        reporter.result(json.dumps(facts, ensure_ascii=False))
    else:
        report(reporter, published.problems, root, is_strict=wish.is_strict, notes=False)
        for line in _lines(published, name, wish):
            reporter.result(line)
    return exit_codes.NETWORK if published.has_failed else exit_codes.OK


def _lines(published: Published, name: str, wish: Wish) -> Iterator[str]:
    from castpress.commands.publishing.words import notice_lines, noticed, plan_lines
    from castpress.commands.summary import schedule_lines

    if published.state is None:
        yield f"{name}: what is live there is not known"
        return
    live = published.state.publication
    if live.since is None:
        yield f"{name}: nothing is published there yet"
    else:
        count = len(live.episodes)
        episodes = "1 episode" if count == 1 else f"{count} episodes"
        since = live.since.isoformat(" ", "minutes")
        yield f"{name}: publication {live.number}, live since {since}: {episodes}"
        yield from _feed_lines(published)
    claim = _claim_words(published.state)
    if claim is not None:
        yield claim
    yield "this folder:"
    walked, prepared = published.built.walked, published.prepared
    if walked is not None:
        yield from (f"  {line}" for line in schedule_lines(walked.show, walked.schedule, wish.now))
    if prepared is None:
        yield "what publishing would change cannot be told until the problems are solved"
    elif prepared.plan.is_empty:
        yield "publishing would change nothing"
    else:
        yield "publishing would send:"
        yield from plan_lines(prepared.plan)
        yield from notice_lines(noticed(published))


def _feed_lines(published: Published) -> Iterator[str]:
    """Each live feed with the number of its episodes; archive pages count with their feed."""
    if published.state is None:
        return
    live = published.state.publication
    at_home = Counter(episode.feed for episode in live.episodes.values())
    for path in sorted(live.feeds()):
        kind = feed_kind(path)
        if kind is FeedKind.DERIVED:
            count = _repeated(published, path)
            yield f"  {path}" if count is None else f"  {path}: {count}"
        elif kind is not FeedKind.ARCHIVE:
            yield f"  {path}: {at_home[path]}"


def _repeated(published: Published, path: str) -> int | None:
    """How many episodes a live feed repeats, of which only the homes are recorded.

    None where it was not read, and what is built is not known to be the same.
    """
    prepared = published.prepared
    if prepared is None:
        return None
    found = prepared.feeds.get(path)
    content = found.content if found else None
    if not prepared.feeds:  # none is going to change, so none was read
        content = published.built.feeds.get(path)
    return None if content is None else content.count(b"<item>")


def _claim_words(state: State | None) -> str | None:
    """Who is publishing, or that somebody was cut off; None where neither is."""
    from castpress.commands.publishing.claim import is_open, owner_words

    if state is None or state.publication.claim is None:
        return None
    owner = owner_words(state.publication.claim)
    if is_open(state, wall_clock()):
        return f"being published by {owner}"
    return f"a publication by {owner} was cut off; the next one finishes it"
