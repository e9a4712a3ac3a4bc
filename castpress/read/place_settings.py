"""What show.yaml says of the place of publication and of who hears of it; never any keys."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from castpress.model.problem import Location, Problem, Severity
from castpress.model.secret import holds_secret, is_secret_name, shows_secret
from castpress.read.schema import Schema, Text, Url, one_or_many

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from castpress.read.strict_yaml import YamlText

_DISTRIBUTION = re.compile(r"[A-Z0-9]{8,40}")
_PLACES = ("publish_to", "s3", "announce")


def _endpoint(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or parts.path.strip("/") or "?" in value:
        raise ValueError(
            "expected the address of the store alone; write one such as "
            "https://s3.eu-central-003.backblazeb2.com"
        )
    return value.rstrip("/")


def _distribution(value: str) -> str:
    if not _DISTRIBUTION.fullmatch(value):
        raise ValueError(
            "expected the ID of a distribution; write one such as E1A2B3C4D5E6F7, which the "
            "CloudFront console lists"
        )
    return value


def _hub(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("expected the address of a hub such as https://pubsubhubbub.appspot.com/")
    return value


Hub = Annotated[Url, AfterValidator(_hub)]


class S3Entry(Schema):
    """How an S3 store is reached; what is left out is taken from boto3's own settings."""

    endpoint: Annotated[Url, AfterValidator(_endpoint)] | None = None
    region: Text | None = None
    path_style: bool | None = None
    profile: Text | None = None

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """What the same is called in other tools."""
        return {
            "endpoint_url": "write `endpoint:`",
            "url": "write `endpoint:`",
            "region_name": "write `region:`",
            "aws_profile": "write `profile:`",
            "addressing_style": "write `path_style: true`, or delete it",
            "force_path_style": "write `path_style: true`",
            "bucket": "write `publish_to: s3://BUCKET/FOLDER` instead",
            "prefix": "write `publish_to: s3://BUCKET/FOLDER` instead",
        }


class AnnounceEntry(Schema):
    """Who is told of a new publication."""

    cloudfront: Annotated[Text, AfterValidator(_distribution)] | None = None
    websub: Annotated[tuple[Hub, ...], BeforeValidator(one_or_many)] = ()
    podping: bool = False
    podcast_index: bool = False

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """What the same is called elsewhere."""
        return {
            "hub": "write `websub:`",
            "hubs": "write `websub:`",
            "pubsubhubbub": "write `websub:`",
            "distribution": "write `cloudfront:`",
            "podcastindex": "write `podcast_index: true`",
        }


def take_secrets_out(read: YamlText, file: PurePosixPath) -> tuple[YamlText, tuple[Problem, ...]]:
    """The settings without keys that stand where a place is described, and a problem for each.

    Neither their values nor the line they stand on are shown: logs are read by others.
    """
    value = dict(read.value)
    problems = []
    for name in _PLACES:
        kept, found = _without_secrets(value.get(name), name)
        problems += [_secret_problem(where, Location(file)) for where in found]
        if found:
            value.pop(name)
            if kept:
                value[name] = kept
    return replace(read, value=value), tuple(problems)


def hide_lines(problems: tuple[Problem, ...], text: str, *, hides_all: bool) -> tuple[Problem, ...]:
    """The problems, but none points at a line that holds keys: the line would be shown with it.

    Where keys were found, all are hidden: they may go on over several lines.
    """
    # Lines as those who show them count them.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def is_hidden(place: Location) -> bool:
        return hides_all or (place.line <= len(lines) and shows_secret(lines[place.line - 1]))

    return tuple(
        replace(problem, location=Location(problem.location.file))
        if problem.location.line and is_hidden(problem.location)
        else problem
        for problem in problems
    )


def _without_secrets(value: object, where: str) -> tuple[object, list[str]]:
    """The value without what is secret in it, and where that stood."""
    if isinstance(value, str):
        return ("", [where]) if holds_secret(value) else (value, [])
    if isinstance(value, list):
        parts = [_without_secrets(each, where) for each in value]
        return [part for part, found in parts if not found], list(
            dict.fromkeys(place for _, found in parts for place in found)
        )
    if not isinstance(value, dict):
        return value, []
    kept: dict[object, object] = {}
    found: list[str] = []
    for name, inner in value.items():
        if is_secret_name(str(name)) or holds_secret(str(name)):
            found.append(f"{where}.{name}" if not holds_secret(str(name)) else where)
            continue
        rest, inside = _without_secrets(inner, f"{where}.{name}")
        found += inside
        if not inside or rest:
            kept[name] = rest
    return kept, found


def _secret_problem(where: str, place: Location) -> Problem:
    return Problem(
        "secret-in-settings",
        f"`{where}` holds keys or a password, and show.yaml is read by everybody who has the show",
        place,
        Severity.ERROR,
        "take it out, and put keys into ~/.aws/credentials or the environment "
        "(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CASTPRESS_PODPING_TOKEN); if the file was "
        "ever shared, have new ones made",
    )
