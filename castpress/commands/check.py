"""``castpress check``: every problem in the show, notes included; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands.clock import moment
from castpress.commands.options import add_moment, add_show, cache_of
from castpress.commands.reporter import count_words, report

if TYPE_CHECKING:
    import argparse

    from castpress.commands.reporter import Reporter


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``check``."""
    add_show(parser)
    add_moment(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Report every problem in the show; change nothing."""
    from castpress.commands.summary import schedule_lines
    from castpress.commands.walk import walk

    now = moment(arguments.now)
    walked, problems = walk(arguments.show, now, cache_of(arguments.show), reporter)
    code = report(reporter, problems, arguments.show, is_strict=arguments.strict, notes=True)
    if walked is not None:
        for line in schedule_lines(walked.show, walked.schedule, now):
            reporter.say(line)
    reporter.say(count_words(problems) or "no problems")
    return code
