"""What a bucket needs besides its policy: CORS, the website, and who may make it public. Pure.

All of it is plain data in the form of the S3 API. What somebody else has set is never lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Rule = dict[str, Any]
"""A CORS rule, a website or a public access block as JSON has it."""

CORS_ID = "castpress"
"""What our CORS rule is recognised by."""

_READING = ("GET", "HEAD")

# Fetch specification, "CORS-safelisted response-header name": a page sees Content-Length by itself,
# of the others only what is named.
_EXPOSED = ("Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Last-Modified")


def cors_rule() -> Rule:
    """What lets players, transcripts and directories on other sites read the files."""
    return {
        "ID": CORS_ID,
        "AllowedOrigins": ["*"],
        "AllowedMethods": list(_READING),
        "AllowedHeaders": ["*"],
        "ExposeHeaders": list(_EXPOSED),
        "MaxAgeSeconds": 3600,
    }


def merged_cors(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with ours among them, where they do not let every site read already.

    Ours goes last, because a store takes the first rule that fits: so all others do what they did.
    """
    if covers_reading(rules):
        return list(rules)
    if any(rule.get("ID") == CORS_ID for rule in rules):
        return [cors_rule() if rule.get("ID") == CORS_ID else rule for rule in rules]
    return [*rules, cors_rule()]


def covers_reading(rules: Iterable[Rule]) -> bool:
    """Whether pages of any other site may read.

    >>> covers_reading([{"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"]}])
    True
    >>> covers_reading([{"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["GET"]}])
    False
    """
    methods = {
        str(method).upper()
        for rule in rules
        if "*" in rule.get("AllowedOrigins", ())
        for method in rule.get("AllowedMethods", ())
    }
    return methods.issuperset(_READING)


def website_of(prefix: str) -> Rule:
    """The settings by which a folder's address leads to its index.html.

    >>> website_of("runs/")
    {'IndexDocument': {'Suffix': 'index.html'}, 'ErrorDocument': {'Key': 'runs/404.html'}}
    """
    return {
        "IndexDocument": {"Suffix": "index.html"},
        "ErrorDocument": {"Key": f"{prefix}404.html"},
    }


def serves_folders(website: Rule | None) -> bool:
    """Whether a website's settings lead from a folder's address to its index.html."""
    index = (website or {}).get("IndexDocument")
    return isinstance(index, dict) and index.get("Suffix") == "index.html"


def opened_block(block: Mapping[str, Any] | None) -> Rule | None:
    """The public access block with room for a public policy; None where it has that.

    Access lists (ACLs) stay as blocked as they were: castpress uses none.

    >>> opened_block({"BlockPublicAcls": True, "BlockPublicPolicy": True})
    {'BlockPublicAcls': True, 'BlockPublicPolicy': False, 'RestrictPublicBuckets': False}
    """
    found = dict(block or {})
    names = ("BlockPublicPolicy", "RestrictPublicBuckets")
    if not any(found.get(name) for name in names):
        return None
    return found | dict.fromkeys(names, False)
