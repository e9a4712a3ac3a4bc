"""What single values of the settings' tags may be, by the rules of the feed's own table."""

from __future__ import annotations

import difflib
import re
import uuid
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from castpress.model import value_kinds as kinds
from castpress.model.address import has_scheme
from castpress.model.countries import MEANT
from castpress.model.feed_tags import ServiceBlock
from castpress.model.podcast_elements import MEDIUM
from castpress.read.schema import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.value_kinds import Kind

NAME_LIMIT = 128
"""Characters in a name or title of the podcast namespace."""
LINE_LIMIT = 255
"""Characters in any other value (Apple; PSP-1)."""

_MOST = 10**15
_MANY_WORDS = 10
# What a page that shows a post must not lead to.
_NO_POST = frozenset({"about", "blob", "data", "file", "javascript", "vbscript"})
_WRITE_SERVICE = "write one such as amazon, google or spotify"
# As pydantic reads them.
_YES_AND_NO = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0"])


def fitting(kind: Kind, advice: str | None = None) -> AfterValidator:
    """A check by the feed's own rules, so that what is read can be written, too."""

    def check(value: str) -> str:
        if kind.fits(value):
            return value
        if not kind.words:
            raise ValueError(
                f"expected {kind.expected}; {advice or f'write one such as {kind.example}'}"
            )
        near = difflib.get_close_matches(value, kind.words, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"write {kind.expected}"
        is_long = len(kind.words) > _MANY_WORDS
        expected = "a word of the namespace" if is_long else kind.expected
        raise ValueError(f"expected {expected}; {hint}")

    return AfterValidator(check)


def _any_address(value: str) -> str:
    scheme = value.partition(":")[0].lower()
    if scheme in _NO_POST or not has_scheme(value) or not kinds.URI.fits(value):
        raise ValueError("expected an address; write one such as https://example.social/@amy/1")
    return value


def _guid_of_other(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError as error:
        raise ValueError("expected a UUID; copy the podcast:guid of that show's feed") from error


def _moment_as_fed(value: str) -> str:
    """A date and a time with a blank between them, as elsewhere in the settings."""
    return re.sub(r"(?<=\d) +(?=\d)", "T", value)


def _country(value: str) -> str:
    meant = MEANT.get(value.upper())
    if meant is not None:
        raise ValueError(f"expected a country's two letters; did you mean `country: {meant}`?")
    return value


Name = Annotated[Text, Field(min_length=1, max_length=NAME_LIMIT)]
Line = Annotated[Text, Field(min_length=1, max_length=LINE_LIMIT)]
Count = Annotated[int, Field(ge=0, le=_MOST)]
Size = Annotated[int, Field(ge=1, le=_MOST)]
Geo = Annotated[
    Text, fitting(kinds.GEO, "write latitude and longitude in degrees: geo:43.65,-79.38")
]
Osm = Annotated[
    Text,
    fitting(kinds.OSM, "write its letter N, W or R and its number: R324211"),
    AfterValidator(str.upper),
]
Country = Annotated[
    Text,
    AfterValidator(_country),
    fitting(kinds.COUNTRY, "write one such as CA or DE"),
    AfterValidator(str.upper),
]
Ratio = Annotated[
    Text,
    fitting(
        kinds.matching(r"(?=.*[1-9].*/)\d+(\.\d+)?/(?=.*[1-9])\d+(\.\d+)?", "width/height", "16/9")
    ),
]
Purposes = Annotated[
    Text,
    Field(max_length=NAME_LIMIT),
    fitting(
        kinds.matching(
            r"[a-z0-9./_-]+( [a-z0-9./_-]+)*", "small words, a blank between them", "social"
        ),
        "write one or more of artwork, social, canvas, banner, publisher, circular, poster",
    ),
]
MediaType = Annotated[Text, Field(max_length=LINE_LIMIT), fitting(kinds.MEDIA_TYPE)]
OtherGuid = Annotated[Text, AfterValidator(_guid_of_other)]
Medium = Annotated[Text, fitting(MEDIUM)]
Web = Annotated[Text, fitting(kinds.WEB)]
Address = Annotated[Text, AfterValidator(_any_address)]
Service = Annotated[
    Text,
    Field(max_length=NAME_LIMIT),
    fitting(
        kinds.matching(r"[a-z0-9]+([-_.][a-z0-9]+)*", "a service's short name", "amazon"),
        _WRITE_SERVICE,
    ),
]
Rrule = Annotated[Text, fitting(kinds.RRULE)]
IsoMoment = Annotated[
    Text,
    AfterValidator(_moment_as_fed),
    fitting(kinds.DAY_OR_MOMENT, "write it as 2026-09-08, or 2026-09-08T06:00:00-04:00"),
]
Sha256 = Annotated[
    Text,
    AfterValidator(str.lower),
    fitting(
        kinds.matching(r"[0-9a-f]{64}", "64 characters 0–9 and a–f", "0" * 64),
        "write what `sha256sum` prints",
    ),
]
EpisodeDisplay = Annotated[Text, Field(min_length=1, max_length=32)]


def _services(value: object) -> object:
    """``true``, a service, a list of them, or services with yes and no, as the last of these."""
    if isinstance(value, list):
        if not all(isinstance(service, str) for service in value):
            raise ValueError(f"expected a service's short name in each line; {_WRITE_SERVICE}")
        return dict.fromkeys(value, "true")
    if isinstance(value, str):
        return {"all": value} if value.lower() in _YES_AND_NO else {value: "true"}
    return value


Block = Annotated[dict[Service, bool], BeforeValidator(_services)]


def service_blocks(block: Mapping[str, bool]) -> tuple[ServiceBlock, ...]:
    """The services by name, as written; ``all`` is the whole and none of them."""
    return tuple(ServiceBlock(name, yes) for name, yes in block.items() if name != "all")
