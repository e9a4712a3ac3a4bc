"""What is wrong with an answer of the web, for whom, and what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.web_answer import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# How S3 and the stores that speak like it name an error, in XML or in the page of a website.
_STORE_CODE = re.compile(rb"<Code>([A-Za-z]{3,40})</Code>|<li>Code: ([A-Za-z]{3,40})</li>")
_SET_UP = "`castpress publish --set-up-bucket`"
_LEAD = "let `base_url:` lead to the bucket and the folder of `publish_to:`"


@dataclass(frozen=True, slots=True)
class Fault:
    """A code, one line that says what is wrong for listeners, and one with what to type."""

    code: str
    message: str
    help: str


# By the store's own word, else by the status: what it means for listeners, and what to type.
_BY_CODE = {
    "NoSuchBucket": ("leads to a bucket that is not there", _LEAD),
    "NoSuchWebsiteConfiguration": (
        "leads to a bucket that is not set up as a website",
        f"type {_SET_UP}, or let a CDN read the bucket",
    ),
    "AccountProblem": ("is switched off by the store", "look into your account there"),
}
_BY_STATUS = {
    401: ("asks listeners for a password", "make the site public: apps know no password"),
    403: (
        "refuses listeners: the bucket is not public, or the CDN may not read it",
        f"type {_SET_UP}, which shows what makes it readable",
    ),
    404: ("gives nothing", _LEAD),
    410: ("gives nothing any more", _LEAD),
    429: ("has too many requests", "wait, and open it in a browser"),
}


def refusal(what: str, answer: Answer | NoAnswer) -> Fault:
    """Why listeners do not get something."""
    if isinstance(answer, NoAnswer):
        return Fault(
            "not-public",
            f"listeners cannot read {what} at {answer.url}: {answer.reason}",
            "see whether the domain of `base_url:` leads to the site, and whether its certificate "
            "is valid",
        )
    code = store_code(answer)
    meaning, advice = _BY_CODE.get(code) or _BY_STATUS.get(answer.status) or _other(answer.status)
    shown = f"{answer.status} {code}".strip()
    return Fault(
        "not-public",
        f"listeners cannot read {what}: {answer.url} {meaning} ({shown})",
        advice,
    )


def store_code(answer: Answer) -> str:
    """The store's own word for an error, "" where there is none.

    >>> store_code(Answer("", 403, body=b"<Error><Code>AccessDenied</Code></Error>"))
    'AccessDenied'
    """
    found = _STORE_CODE.search(answer.body[:4000])
    return (found[1] or found[2]).decode("ascii") if found else ""


def type_fault(what: str, answer: Answer, good: Collection[str], wanted: str) -> Iterator[Fault]:
    """That something comes with a type by which apps and browsers do not know what it is."""
    if answer.media_type in good:
        return
    found = answer.media_type if answer.media_type.isprintable() else ""
    yield Fault(
        "wrong-content-type",
        f"{what} at {answer.url} comes as {found or 'nothing in particular'}, not as {wanted}",
        "let the CDN or web server pass on the Content-Type that the store has; if the store has "
        "another, type `castpress publish --verify`",
    )


def _other(status: int) -> tuple[str, str]:
    if status >= 500:
        return "cannot answer at the moment", "open it in a browser after a while"
    if status >= 300:
        return "does not give it", _LEAD
    return "gives an answer without it", _LEAD
