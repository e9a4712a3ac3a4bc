"""``castpress publish --set-up-bucket``: what a bucket lacks so that a show can be heard from it.

Printed, and on request set. What somebody else has set there stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.own_pages import slugs_of_pages
from castpress.commands.publishing.bucket_check import shown_problems
from castpress.commands.publishing.bucket_problems import (
    exposed,
    left_problems,
    no_region,
)
from castpress.commands.publishing.bucket_state import (
    SetUp,
    is_region_unsaid,
    look,
    probe,
    served,
)
from castpress.commands.publishing.bucket_words import problem_row, set_up_lines, set_up_object
from castpress.commands.publishing.place import failed, location_of
from castpress.commands.reporter import report
from castpress.model.problem import Problem, Severity
from castpress.store.s3.faults import StoreError
from castpress.store.s3.set_up import BucketSettings, Part

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import S3Options

_LOST = "the store took it, and it is not there: do it on its web page"


def set_up_bucket(
    address: S3Address | None,
    options: S3Options,
    reporter: Reporter,
    *,
    root: Path,
    base_url: str | None,
    applies: bool,
    is_json: bool,
    is_strict: bool = False,
) -> int:
    """Print what the bucket lacks, or set it; the exit code.

    ``address`` is None where the show is published to a folder. ``base_url`` is the site's own
    address, at which it is read back, too.
    """
    if address is None:
        text = "a folder needs no set-up: let the web server serve it (docs/publishing.md)"
        reporter.result(json.dumps({"bucket": None, "note": text}) if is_json else text)
        return exit_codes.OK
    location = location_of(str(address))
    try:
        found = SetUp(BucketSettings(address, options), slugs_of_pages(root))
    except StoreError as error:
        return _end_early(failed(error, location), reporter, root, is_json=is_json)
    try:
        _work(found, base_url, applies=applies)
    except StoreError as error:
        found.problems.append(failed(error, location))
        found.has_failed = True
    if is_json:
        reporter.result(json.dumps(set_up_object(found, applies=applies), ensure_ascii=False))
    else:
        for line in set_up_lines(found, applies=applies):
            reporter.result(line)
        report(reporter, found.problems, root, is_strict=is_strict, notes=False)
    return _code(found, is_strict=is_strict)


def _work(found: SetUp, base_url: str | None, *, applies: bool) -> None:
    settings = found.settings
    name = str(settings.address)
    found.exists = settings.exists()
    if not found.exists:
        if not applies:
            return
        if is_region_unsaid(settings):
            found.problems.append(no_region(name))
            return
        settings.create()
        found.is_made = True
    found.state = look(settings, pages=found.pages)
    found.missing = found.state.missing()
    if not applies:
        found.problems += shown_problems(found.state, settings, base_url)
        codes = {problem.code for problem in found.problems}
        # Before the first publication there is nothing to be read, so the policy has to tell.
        if found.state.exposing and "public-state" not in codes:
            found.problems.append(exposed(found.state, name, Severity.WARNING))
        return
    for part, value in found.missing.items():
        found.done[part] = settings.write(part, value)
    if found.done:
        found.state = look(settings, pages=found.pages)
        for part in found.state.missing().keys() & found.done.keys():
            found.done[part] = found.done[part] or _LOST
    is_new = Part.POLICY in found.done and not found.done[Part.POLICY]
    found.seen = probe(settings, base_url, is_new=is_new)
    answers = served(settings, base_url)
    found.problems += left_problems(found.state, found.seen, answers, name)


def _end_early(problem: Problem, reporter: Reporter, root: Path, *, is_json: bool) -> int:
    if is_json:
        reporter.result(json.dumps({"problems": [problem_row(problem)]}, ensure_ascii=False))
    else:
        report(reporter, [problem], root, is_strict=True, notes=False)
    return exit_codes.NETWORK


def _code(found: SetUp, *, is_strict: bool) -> int:
    if found.has_failed:
        return exit_codes.NETWORK
    limit = Severity.WARNING if is_strict else Severity.ERROR
    is_bad = any(problem.severity >= limit for problem in found.problems)
    return exit_codes.PROBLEMS if is_bad else exit_codes.OK
