"""Rules about artwork: what Apple and the other directories refuse.

Source: Apple Podcasts, "Podcast RSS feed requirements": square, 1400 to 3000 pixels, JPEG or PNG
in RGB, no alpha channel, the file's ending true to its format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.image import ImageFacts

_SMALLEST, _LARGEST = 1400, 3000
_HEAVY = 500_000
SHOWN_FORMATS = ("JPEG", "PNG", "WEBP")
_ENDINGS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


def artwork_type(facts: ImageFacts, location: Location) -> Iterator[Problem]:
    """The picture is not JPEG or PNG, or its name says something else than its content."""
    if facts.format not in _ENDINGS:
        yield _fault(
            "artwork-type",
            location,
            f"is a {facts.format} picture; podcast apps take JPEG and PNG",
            "save it again as JPEG and name that file",
        )
    elif location.file.suffix.lower() not in _ENDINGS[facts.format]:
        ending = _ENDINGS[facts.format][0]
        yield _fault(
            "artwork-type",
            location,
            f"is a {facts.format} picture under another name; Apple refuses that",
            f"rename it to {location.file.stem}{ending}",
        )


def artwork_size(facts: ImageFacts, location: Location) -> Iterator[Problem]:
    """The picture is not square, or smaller or larger than directories take."""
    size = f"{facts.width_px} × {facts.height_px}"
    if facts.width_px != facts.height_px:
        advice = "crop it to a square, best 3000 × 3000"
        yield _fault("artwork-not-square", location, f"is {size} pixels, not square", advice)
    elif not _SMALLEST <= facts.width_px <= _LARGEST:
        yield _fault(
            "artwork-size",
            location,
            f"is {size} pixels; Apple takes 1400 × 1400 to 3000 × 3000",
            "export it at 3000 × 3000 pixels",
        )


def artwork_colours(facts: ImageFacts, location: Location) -> Iterator[Problem]:
    """The picture is made for print (CMYK), or parts of it are transparent."""
    if facts.has_alpha:
        yield _fault(
            "artwork-transparent",
            location,
            "has transparent parts; Apple refuses an alpha channel",
            "save it as JPEG, or flatten it onto a background",
        )
    elif facts.mode not in ("RGB", "L", "P"):
        yield _fault(
            "artwork-colours",
            location,
            f"is saved in {facts.mode} colours; apps show those wrongly or not at all",
            "save it again in RGB (sRGB)",
        )


def artwork_turned(facts: ImageFacts, location: Location) -> Iterator[Problem]:
    """The picture lies on its side and trusts apps to turn it."""
    if facts.is_turned:
        yield _fault(
            "artwork-turned",
            location,
            "is stored sideways with a note to turn it, which some apps ignore",
            "open it, save it again, and it will be stored upright",
            Severity.WARNING,
        )


def artwork_weight(facts: ImageFacts, location: Location) -> Iterator[Problem]:
    """The picture is so heavy that some apps give up on it."""
    if facts.byte_length > _HEAVY:
        yield _fault(
            "artwork-heavy",
            location,
            f"has {facts.byte_length / 1e6:.1f} MB; some apps stop at 1 MB, others at 0.5",
            "export it as JPEG with quality 80",
            Severity.WARNING,
        )


def no_artwork(place: Location) -> Problem:
    """The show names no picture, so every directory refuses its feed."""
    return Problem(
        "no-artwork",
        "the show has no artwork; Apple and the others refuse a feed without it",
        place,
        Severity.WARNING,
        "write `artwork: artwork/cover.jpg` and put a picture of 3000 × 3000 pixels there",
    )


def no_alt(named: str, key: str, place: Location) -> Problem:
    """Artwork without words: who cannot see it learns only whose it is."""
    return Problem(
        "no-alt",
        f"{named} has no words for those who cannot see it",
        place,
        Severity.WARNING,
        f"write what the picture shows: `{key}: Two runners on a forest path`",
    )


RULES = (artwork_type, artwork_size, artwork_colours, artwork_turned, artwork_weight)


def check_artwork(facts: ImageFacts, location: Location) -> tuple[Problem, ...]:
    """All that directories would have against this picture."""
    return tuple(problem for rule in RULES for problem in rule(facts, location))


def check_picture(facts: ImageFacts, location: Location) -> tuple[Problem, ...]:
    """What apps would have against a picture that is no artwork: only its format counts."""
    return tuple(artwork_type(facts, location))


def check_shown(facts: ImageFacts, location: Location) -> tuple[Problem, ...]:
    """What browsers would have against a picture in a text."""
    if facts.format in SHOWN_FORMATS:
        return ()
    return (
        _fault(
            "picture-type",
            location,
            f"is a {facts.format} picture; pages show JPEG, PNG and WebP",
            "save it again as JPEG or PNG",
            Severity.WARNING,
        ),
    )


def _fault(
    code: str,
    location: Location,
    what: str,
    advice: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(code, f"{location.file.name} {what}", location, severity, advice)
