"""Who may read what in a bucket by its policy, and the one statement that a show needs.

Pure. The language is that of Amazon's "IAM JSON policy elements reference"; other stores speak
parts of it. So our statement uses none of its exceptions: an Allow with the names of what a site
consists of holds at each of them. A Deny of ``.castpress/`` for anonymous readers
(``aws:PrincipalType``) is ignored by Ceph, which then serves it; one without a condition shuts the
publisher out, too; ``NotResource`` is refused by older MinIO, and would open a shared bucket.
"""

from __future__ import annotations

import hashlib
import re
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from castpress.model.publication.live import PUBLICATION_PATH, SNAPSHOT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SITE_FILES = (
    *("404.html", "favicon.ico", "feed.json", "feed.xml", "feeds.opml", "index.html", "llms.txt"),
    *("manifest.webmanifest", "robots.txt", "sitemap.xml"),
)
"""All files at the top of a site."""

SITE_FOLDERS = (
    *(
        "archive",
        "articles",
        "artwork",
        "assets",
        "audio",
        "courses",
        "episodes",
        "exercises",
        "feeds",
        "people",
    ),
    *("seasons", "subscribe", "tags"),
    *("embed", "search"),
)
"""All folders at the top of a site, and in the last line those whose names are kept for it.

What else may lie in the bucket is not the show's business.
"""

_SID = "CastpressPublicRead"
_READ = "s3:GetObject"
_STATE_PATHS = (PUBLICATION_PATH, f"{SNAPSHOT_FOLDER}/feed.xml")

Policy = dict[str, Any]
"""A bucket policy as JSON has it."""


class Access(IntEnum):
    """Who may read: nobody without keys, only CloudFront, or everybody."""

    NOBODY = 0
    CLOUDFRONT = 1
    EVERYBODY = 2


def resource_of(bucket: str, key: str, region: str | None = None) -> str:
    """The name of an object in policies (its ARN).

    >>> resource_of("my-show", "pod/feed.xml")
    'arn:aws:s3:::my-show/pod/feed.xml'
    >>> resource_of("my-show", "feed.xml", "cn-north-1")
    'arn:aws-cn:s3:::my-show/feed.xml'
    """
    partitions = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    found = (name for start, name in partitions.items() if (region or "").startswith(start))
    return f"arn:{next(found, 'aws')}:s3:::{bucket}/{key}"


def public_statement(
    bucket: str, prefix: str, region: str | None = None, pages: Sequence[str] = ()
) -> Policy:
    """What lets everybody read the show in that folder, and nothing of ``.castpress``.

    ``pages`` are the folders of the author's own pages, which lie at the top, too. Nobody may list:
    that would tell the names of audio that waits for its day.
    """
    keys = (*SITE_FILES, *(f"{folder}/*" for folder in (*SITE_FOLDERS, *pages)))
    return {
        "Sid": statement_id(prefix),
        "Effect": "Allow",
        "Principal": "*",
        "Action": _READ,
        "Resource": [resource_of(bucket, prefix + key, region) for key in sorted(keys)],
    }


def statement_id(prefix: str) -> str:
    """What our statement for that folder is recognised by; only letters and digits are allowed.

    >>> statement_id(""), statement_id("runs/")
    ('CastpressPublicRead', 'CastpressPublicReadrunsba1be26e')
    """
    if not prefix:
        return _SID
    plain = re.sub(r"[^A-Za-z0-9]", "", prefix)[:32]
    return f"{_SID}{plain}{hashlib.sha256(prefix.encode()).hexdigest()[:8]}"


def merged_policy(policy: Policy | None, statement: Policy) -> Policy:
    """The policy with our statement in it: in the place of an older one of ours, else at the end.

    All else stays as it is.
    """
    if policy is None:
        return {"Version": "2012-10-17", "Statement": [statement]}
    there = _listed(policy.get("Statement", []))
    is_ours = [_is_named(row, statement["Sid"]) for row in there]
    if any(is_ours):
        rows = [statement if ours else row for row, ours in zip(there, is_ours, strict=True)]
    else:
        rows = [*there, statement]
    return {**policy, "Statement": rows}


def site_access(
    policy: Policy | None, bucket: str, prefix: str, region: str | None = None
) -> Access:
    """Who may read the whole of a site.

    Conditions of an Allow are taken to be met: where readers come through an address list or a
    proxy, somebody meant that.
    """
    keys = (*SITE_FILES, *(f"{folder}/any" for folder in SITE_FOLDERS))
    return min(_access(policy, resource_of(bucket, prefix + key, region)) for key in keys)


def own_folders(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders of the author's own pages among the files of a site.

    >>> own_folders(["index.html", "tags/index.html", "about/index.html", "episodes/x/index.html"])
    ('about',)
    """
    tops = (path.removesuffix("/index.html") for path in paths if path.endswith("/index.html"))
    return tuple(sorted({top for top in tops if "/" not in top and top not in SITE_FOLDERS}))


def is_folder_read(
    policy: Policy | None, bucket: str, key: str, access: Access, region: str | None = None
) -> bool:
    """Whether those who have that access to a site may also read what lies below that key."""
    return _access(policy, resource_of(bucket, f"{key}/any", region)) >= access


def exposing_statements(
    policy: Policy | None, bucket: str, prefix: str, region: str | None = None
) -> tuple[str, ...]:
    """The statements by which somebody without keys may read what castpress keeps for itself."""
    resources = [resource_of(bucket, prefix + path, region) for path in _STATE_PATHS]
    if not any(_access(policy, resource) for resource in resources):
        return ()
    rows = enumerate(_statements(policy), 1)
    return tuple(
        str(row.get("Sid") or f"statement {number}")
        for number, row in rows
        if row.get("Effect") == "Allow"
        and _reader(row)
        and any(_reads(row, resource) for resource in resources)
    )


def _access(policy: Policy | None, resource: str) -> Access:
    fitting = [row for row in _statements(policy) if _reads(row, resource)]
    refused = (row for row in fitting if row.get("Effect") == "Deny" and not row.get("Condition"))
    if any(_reader(row) is Access.EVERYBODY for row in refused):
        return Access.NOBODY
    allowed = (_reader(row) for row in fitting if row.get("Effect") == "Allow")
    return max(allowed, default=Access.NOBODY)


def _statements(policy: Policy | None) -> Iterator[Mapping[str, Any]]:
    for row in _listed((policy or {}).get("Statement", [])):
        if isinstance(row, dict):
            yield row


def _is_named(row: object, sid: str) -> bool:
    return isinstance(row, dict) and row.get("Sid") == sid


def _reader(row: Mapping[str, Any]) -> Access:
    """Whom a statement without keys in mind is for."""
    principal = row.get("Principal")
    if principal == "*":
        return Access.EVERYBODY
    if not isinstance(principal, dict):
        return Access.NOBODY
    names = [str(name) for value in principal.values() for name in _listed(value)]
    if "*" in names:
        return Access.EVERYBODY
    # An origin access control is a service; the older origin access identity is a user.
    marks = ("cloudfront.amazonaws.com", ":cloudfront:user/")
    is_cloudfront = any(mark in name for mark in marks for name in names)
    return Access.CLOUDFRONT if is_cloudfront else Access.NOBODY


def _reads(row: Mapping[str, Any], resource: str) -> bool:
    """Whether a statement is about reading that object."""
    return _matches(row, "Action", _READ.lower(), is_lower=True) and _matches(
        row, "Resource", resource, is_lower=False
    )


def _matches(row: Mapping[str, Any], element: str, value: str, *, is_lower: bool) -> bool:
    is_not = f"Not{element}" in row
    patterns = [str(p) for p in _listed(row.get(f"Not{element}" if is_not else element, []))]
    if is_lower:
        patterns = [pattern.lower() for pattern in patterns]
    return is_not != any(_pattern(pattern).fullmatch(value) for pattern in patterns)


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern with ``*`` for any text and ``?`` for one sign."""
    escaped = re.escape(re.sub(r"\*+", "*", text))
    return re.compile(escaped.replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - it is JSON
    """One or many, as lists; both forms are allowed nearly everywhere."""
    return value if isinstance(value, list) else [value]
