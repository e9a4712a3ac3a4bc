"""``castpress publish``: build the show and make the place of publication equal to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from castpress.check.publication import ALLOWABLE
from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.options import add_moment, add_output, add_show
from castpress.commands.reporter import report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.commands.publishing.place import Place
    from castpress.commands.publishing.preparation import Wish
    from castpress.commands.publishing.show import Published
    from castpress.commands.reporter import Reporter


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``publish``."""
    add_show(parser)
    add_output(parser)
    add_moment(parser)
    add_place(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would be done and why; change nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        choices=ALLOWABLE,
        metavar="CODE",
        help="publish although of this problem, because it is meant; may be given again",
    )
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="publish although another publication has not ended, because it hangs",
    )
    parser.add_argument(
        "--no-staging",
        action="store_true",
        help="do not put the audio of scheduled episodes ahead of their day",
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help="read all that is published, and put right what was damaged or removed there",
    )
    parser.add_argument(
        "--purge",
        action="append",
        default=[],
        metavar="EPISODE",
        help="delete at once what is left of an episode that was taken back; may be given again",
    )
    parser.add_argument(
        "--set-up-bucket",
        action="store_true",
        help="instead: print what the bucket needs so that listeners can read the show in it",
    )
    parser.add_argument("--apply", action="store_true", help="with --set-up-bucket: set it there")


def add_place(parser: argparse.ArgumentParser) -> None:
    """``--to``: where the show is published."""
    parser.add_argument(
        "--to",
        metavar="TARGET",
        help="where to, as s3://my-show or file:/srv/www/show (publish_to, in show.yaml)",
    )


def wall_clock() -> datetime:
    """The time of day, by which claims and times of grace count; never what ``--now`` says."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Publish; on any problem the place stays as it was, or is complete."""
    from castpress.commands.publishing.after import (
        Afterwards,
        afterwards_lines,
        afterwards_object,
        look_after,
    )
    from castpress.commands.publishing.place import find_place
    from castpress.commands.publishing.show import publish_show
    from castpress.commands.publishing.words import as_object

    if arguments.apply and not arguments.set_up_bucket:
        reporter.say("castpress publish: error: --apply goes with --set-up-bucket")
        return exit_codes.USAGE
    wish = wish_of(arguments)
    place, problems = find_place(wish.root, wish.output, arguments.to)
    if place is None:
        return report(reporter, problems, wish.root, is_strict=True, notes=False)
    if arguments.set_up_bucket:
        return _set_up(place, arguments, reporter)
    published = publish_show(wish, place, reporter, wall_clock)
    done = Afterwards()
    if published.is_done and published.prepared is not None:
        done = look_after(
            published.prepared,
            published.live,
            reporter,
            said=arguments.to,
            is_purge=bool(wish.purged),
            is_verified=wish.verifies,
        )
    if arguments.json:
        told = {**as_object(published, place.target.name), "after": afterwards_object(done)}
        reporter.result(json.dumps(told, ensure_ascii=False))
        return _code(published, reporter, wish, is_shown=False)
    code = _code(published, reporter, wish, is_shown=True)
    report(reporter, done.problems, wish.root, is_strict=False, notes=False)
    for line in (*_lines(published, place, wish), *afterwards_lines(done)):
        reporter.say(line)
    return code


def _set_up(place: Place, arguments: argparse.Namespace, reporter: Reporter) -> int:
    from castpress.commands.bucket_setup import set_up_bucket
    from castpress.commands.publishing.place import bucket_of, settings_of
    from castpress.store.s3.options import S3Options

    bucket = bucket_of(place)
    address, options = bucket if bucket is not None else (None, S3Options())
    placed, _ = settings_of(arguments.show)
    return set_up_bucket(
        address,
        options,
        reporter,
        root=arguments.show,
        base_url=placed.settings.base_url if placed else None,
        applies=arguments.apply,
        is_json=arguments.json,
        is_strict=arguments.strict,
    )


def wish_of(arguments: argparse.Namespace) -> Wish:
    """What was asked for on the command line."""
    from castpress.commands.publishing.preparation import Wish

    root: Path = arguments.show
    return Wish(
        root=root,
        output=arguments.output or root / "public",
        now=moment(arguments.now),
        is_strict=arguments.strict,
        is_dry=arguments.dry_run,
        stages=not arguments.no_staging,
        takes_over=arguments.take_over,
        verifies=arguments.verify,
        allowed=tuple(arguments.allow),
        purged=tuple(arguments.purge),
    )


def _code(published: Published, reporter: Reporter, wish: Wish, *, is_shown: bool) -> int:
    problems = published.problems
    if is_shown:
        code = report(reporter, problems, wish.root, is_strict=wish.is_strict, notes=False)
    else:
        bad = max((problem.severity for problem in problems), default=0)
        limit = 2 if wish.is_strict else 3
        code = exit_codes.PROBLEMS if bad >= limit else exit_codes.OK
    return exit_codes.NETWORK if published.has_failed else code


def _lines(published: Published, place: Place, wish: Wish) -> Iterator[str]:
    from castpress.commands.publishing.words import (
        dropped_lines,
        notice_lines,
        noticed,
        plan_lines,
        step_lines,
    )
    from castpress.commands.summary import schedule_lines

    walked, prepared = published.built.walked, published.prepared
    if walked is not None:
        yield from schedule_lines(walked.show, walked.schedule, wish.now)
    name = place.target.name
    if prepared is None or not (published.is_done or wish.is_dry):
        if published.is_feed_out:
            yield f"{name}: not finished; feeds may be the new ones already, with all they name"
        else:
            yield f"{name}: not published; what is live is as it was"
        return
    if prepared.plan.is_empty:
        yield f"{name}: nothing to publish, all of it is live"
    elif wish.is_dry:
        yield f"{name}: this would be done"
        yield from step_lines(prepared.plan)
        yield from dropped_lines(prepared.dropped)
        yield from notice_lines(noticed(published))
    else:
        yield f"{name}: published"
        yield from plan_lines(prepared.plan)
        yield from dropped_lines(prepared.dropped)
        yield from notice_lines(noticed(published))
    if wish.is_dry:
        yield "this was a dry run; nothing was changed"
