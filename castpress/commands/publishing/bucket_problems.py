"""What is wrong with a bucket that a show is published to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands.publishing.place import location_of
from castpress.model.problem import Problem, Severity
from castpress.model.publication.bucket_policy import Access
from castpress.model.publication.live import STATE_FOLDER
from castpress.store.s3.set_up import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.commands.publishing.bucket_state import BucketState, Seen, Served

_HELP = "type `castpress publish --set-up-bucket`, which prints what is missing"


def left_problems(state: BucketState, seen: Seen, found: Served, name: str) -> Iterator[Problem]:
    """What is wrong after all was done that could be done."""
    if seen.is_public is False and state.access is not Access.CLOUDFRONT:
        yield _not_public(name, Severity.ERROR, f"at {' or '.join(seen.addresses)}")
    elif seen.is_public is None and state.access in (None, Access.NOBODY):
        yield _not_public(name, Severity.WARNING, "as far as this computer can tell")
    if seen.is_state_public or (state.access is Access.CLOUDFRONT and state.exposing):
        yield exposed(state, name, Severity.ERROR)
    if seen.is_listed:
        yield listed(name, Severity.ERROR)
    for problem in lacking_problems(state, found, name):
        if problem.code != "not-public":
            yield problem


def lacking_problems(state: BucketState, found: Served, name: str) -> Iterator[Problem]:
    """What listeners lack; of what could not be read the settings tell."""
    missing = state.missing()
    if state.hidden_pages:
        yield _hidden(state, name)
    elif Part.POLICY in missing:
        yield _not_public(name, Severity.WARNING, "by its policy")
    if found.has_cors is False or (found.has_cors is None and Part.CORS in missing):
        yield Problem(
            "no-cors",
            f"players on other sites cannot read chapters and transcripts at {name}",
            location_of(name),
            Severity.WARNING,
            _HELP,
        )
    leads = found.leads_to_pages
    is_unset = Part.WEBSITE in missing or state.has_other_website
    if leads is False or (leads is None and is_unset):
        yield Problem(
            "no-folder-pages",
            f"addresses that end with a slash do not lead to their page at {name}",
            location_of(name),
            Severity.WARNING,
            f"{_HELP}; docs/s3.md tells what each store needs for it",
        )


def _not_public(name: str, severity: Severity, where: str) -> Problem:
    return Problem(
        "not-public",
        f"nobody can read the show without keys at {name}, {where}",
        location_of(name),
        severity,
        f"{_HELP}; some stores make a bucket public on their web page only (docs/s3.md)",
    )


def _hidden(state: BucketState, name: str) -> Problem:
    """Pages of the author's own lie beside what the policy opens."""
    pages = ", ".join(f"{page}/" for page in state.hidden_pages)
    helps = _HELP
    if state.access is Access.CLOUDFRONT:
        keys = ", ".join(f"`{state.prefix}{page}/*`" for page in state.hidden_pages)
        helps = f"add {keys} to the resources of the statement that lets CloudFront read"
    return Problem(
        "page-not-public",
        f"nobody can read {pages} at {name}, because its policy does not name it",
        location_of(name),
        Severity.WARNING,
        helps,
    )


def exposed(state: BucketState, name: str, severity: Severity) -> Problem:
    """What castpress keeps for itself can be read by people without keys."""
    names = " and ".join(state.exposing)
    by = f" by {names} in its policy" if names else ""
    return Problem(
        "public-state",
        f"everybody can read {STATE_FOLDER}/ at {name}{by}, which tells where the audio of "
        "scheduled episodes waits",
        location_of(name),
        severity,
        "narrow or remove what makes all of the bucket public; where the store cannot do that, "
        "publish with --no-staging (docs/s3.md)",
    )


def listed(name: str, severity: Severity) -> Problem:
    """Everybody can list the files."""
    return Problem(
        "public-listing",
        f"everybody can list the files at {name}, the audio of scheduled episodes among them",
        location_of(name),
        severity,
        "turn public listing off on the store's web page, and leave s3:ListBucket out of its "
        "policy; reading (s3:GetObject) is all that listeners need",
    )


def no_region(name: str) -> Problem:
    """The bucket is to be made, and nobody has said where."""
    return Problem(
        "no-region",
        f"{name} is not there, and nothing says in which region to make it",
        location_of(name),
        Severity.ERROR,
        "write `region: eu-central-1`, or whichever is near to your listeners, below `s3:` in "
        "show.yaml",
    )
