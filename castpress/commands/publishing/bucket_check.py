"""What a bucket lacks so that listeners can read the show in it, found out after a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands.publishing.bucket_problems import exposed, lacking_problems, listed
from castpress.commands.publishing.bucket_state import is_listed, is_state_readable, look, served
from castpress.model.problem import Problem, Severity
from castpress.model.publication.bucket_policy import Access
from castpress.store.s3.faults import StoreError
from castpress.store.s3.set_up import BucketSettings, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from castpress.commands.publishing.bucket_state import BucketState
    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import S3Options


def check_bucket(
    address: S3Address,
    options: S3Options,
    base_url: str | None = None,
    known: Collection[str] = (),
    pages: tuple[str, ...] = (),
) -> tuple[Problem, ...]:
    """What a published bucket lacks: three requests to the store, and a few without keys.

    Meant for after the first publication, and after one with a new page of the author's own, of
    which ``pages`` are the folders. What listeners get at ``base_url`` counts for more than
    settings do; where neither tells, nothing is said. ``known`` are codes of problems that were
    found at ``base_url`` already: they are not told again.
    """
    try:
        settings = BucketSettings(address, options)
        state = look(settings, Part.POLICY, Part.CORS, Part.WEBSITE, pages=pages)
        answers = served(settings, base_url)
        shown = tuple(shown_problems(state, settings, base_url))
    except StoreError:
        return ()
    problems = (*lacking_problems(state, answers, str(address)), *shown)
    return tuple(problem for problem in problems if problem.code not in known)


def shown_problems(
    state: BucketState, settings: BucketSettings, base_url: str | None
) -> Iterator[Problem]:
    """What people without keys can read and should not, found out by reading alone."""
    name = str(settings.address)
    is_behind = state.access is Access.CLOUDFRONT
    if is_state_readable(settings, base_url) or (is_behind and state.exposing):
        yield exposed(state, name, Severity.WARNING)
    if is_listed(settings):
        yield listed(name, Severity.WARNING)
