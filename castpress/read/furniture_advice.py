"""What is said about the furniture of a website: what each line is, and where it belongs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from castpress.model.notes import FurnitureKind
from castpress.model.problem import Severity
from castpress.read.furniture_lines import copyright_holder
from castpress.read.numbers import number_and_name
from castpress.read.pasted_headings import Guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.read.furniture import FoundFurniture

_NAMES = {
    FurnitureKind.SHOW_TITLE: "the title of the show",
    FurnitureKind.TAGLINE: "the show's tagline",
    FurnitureKind.DESCRIPTION: "the show's description",
    FurnitureKind.HOSTS: "the sentence about the hosts",
    FurnitureKind.COVER: "the file name of a picture",
    FurnitureKind.SITE_NAME: "the name of the site",
    FurnitureKind.MOTTO: "the site's motto",
    FurnitureKind.BLURB: "the site's closing line",
    FurnitureKind.COPYRIGHT: "the site's copyright line",
    FurnitureKind.COURSE_TITLE: "the title of the course",
    FurnitureKind.SEASON: "the part of the course",
    FurnitureKind.SOCIAL: "the place of the social links",
    FurnitureKind.SUBSCRIBE: "the place of the subscribe links",
    FurnitureKind.NAVIGATION: "the site's menu",
    FurnitureKind.NEIGHBOURS: "links to the pages before and behind",
    FurnitureKind.SHARING: "buttons to share the page",
    FurnitureKind.COMMENTS: "the form for comments",
    FurnitureKind.COOKIES: "a notice about cookies",
    FurnitureKind.MAILING: "the footer of a mailing list",
    FurnitureKind.CARD_DETAILS: "the small print of related articles",
}
# Settings of show.yaml: the key, and where it stands there.
_KEYS = {
    FurnitureKind.SHOW_TITLE: ("title", ""),
    FurnitureKind.TAGLINE: ("tagline", ""),
    FurnitureKind.DESCRIPTION: ("description", ""),
    FurnitureKind.SITE_NAME: ("name", " below `site:`"),
    FurnitureKind.MOTTO: ("motto", " below `site:`"),
    FurnitureKind.BLURB: ("blurb", " below `site:`"),
    FurnitureKind.COPYRIGHT: ("copyright", ""),
    FurnitureKind.COURSE_TITLE: ("title", " below the course in `courses:`"),
}
_ADVICE = {
    FurnitureKind.HOSTS: "in show.yaml, write each host below `people:` with `name:` and "
    "`role: host`; such a sentence can be the `bio:`",
    FurnitureKind.COVER: "say what the picture shows, in show.yaml: `artwork_alt: …` (or, for "
    "the episode's own picture, `image_alt: …` in front matter)",
    FurnitureKind.SOCIAL: "in show.yaml, write each network below `social:` with `title:` and "
    "`url:`",
    FurnitureKind.SUBSCRIBE: "in show.yaml, write each app below `subscribe:` with `title:` and "
    "`url:`",
}
_PLACED = frozenset((*_KEYS, *_ADVICE, FurnitureKind.SEASON))
_PLAIN = re.compile(r"[^\W_][^\n:#]*")
_WORDS_OF_YAML = frozenset(("true", "false", "yes", "no", "null", "on", "off", "~"))
_LONGEST_QUOTE = 60


def furniture_guesses(furniture: Sequence[FoundFurniture]) -> Iterator[Guess]:
    """A note for each line that can be typed into show.yaml, one for each kind of the others."""
    tagline = next((f.text for f in furniture if f.kind is FurnitureKind.TAGLINE), "")
    plain: dict[FurnitureKind, list[FoundFurniture]] = {}
    for found in furniture:
        if found.is_known or found.kind not in _PLACED or found.kind in _ADVICE:
            plain.setdefault(found.kind, []).append(found)
            continue
        yield _guess([found], _typed(found, tagline))
    for kind, rows in plain.items():
        is_known = rows[0].is_known and kind in _PLACED
        advice = "take it out of the file" + ("; show.yaml says it already" if is_known else "")
        yield _guess(rows, _ADVICE.get(kind, advice))


def _guess(rows: Sequence[FoundFurniture], advice: str) -> Guess:
    return Guess(
        "site-furniture",
        f"{_quoted(row.text for row in rows)} {'is' if len(rows) == 1 else 'are'} read as "
        f"{_NAMES[rows[0].kind]}, and left out of the episode",
        rows[0].line,
        Severity.NOTE,
        advice,
    )


def _quoted(texts: Iterable[str]) -> str:
    listed = [_short(text) for text in texts]
    more = f" and {len(listed) - 4} more" if len(listed) > 4 else ""
    return ", ".join(map(repr, listed[:4])) + more


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _typed(found: FoundFurniture, tagline: str) -> str:
    """The line to type, and where."""
    if found.kind is FurnitureKind.SEASON:
        _, number, name = number_and_name(found.text)
        named = f" and `season_name: {yaml_text(name)}`" if name else ""
        return f"in front matter, write `season: {number}`{named}"
    key, below = _KEYS[found.kind]
    text, remark = found.text, ""
    if found.kind is FurnitureKind.COPYRIGHT:
        text = f"© {copyright_holder(text)}".strip()
        remark = "; a year would have to be changed by hand"
    elif (
        found.kind is FurnitureKind.DESCRIPTION and tagline and text.startswith(tagline.rstrip("."))
    ):
        text = text[len(tagline.rstrip(".")) :].lstrip(".!?… –—-:")
        remark = "; the tagline that it began with need not be repeated"
    return f"in show.yaml{below}, write `{key}: {yaml_text(text)}`{remark}"


def yaml_text(text: str) -> str:
    """A text as it can stand behind a key, in quotes where YAML would misread it.

    >>> yaml_text("Two Oars"), yaml_text("Rowing: a show")
    ('Two Oars', '"Rowing: a show"')
    """
    is_plain = _PLAIN.fullmatch(text) or (text[:1] == "©" and ":" not in text)
    if is_plain and text.lower() not in _WORDS_OF_YAML and not text[:1].isdigit():
        return text
    return json.dumps(text, ensure_ascii=False)
