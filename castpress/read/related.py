"""Related articles of the notes: links, and cards with a category and an excerpt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.model.notes import Card, SectionRole
from castpress.model.problem import Problem, Severity
from castpress.read.blocks import BlockKind, plain, split_lines
from castpress.read.takeaways import leading_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.read.blocks import Document, Places, Run
    from castpress.read.sections import Part

_LONGEST_EXCERPT = 300
_LABELLED = re.compile(r"\s*[·|•]\s*(?P<label>[^·|•]{1,40})")
_CUT_MARK = re.compile(r"\s*(?:\.{3,}|…|\[(?:\.{3}|…)\])\s*$")


def read_related(
    parts: Iterable[Part], document: Document, places: Places
) -> tuple[tuple[Card, ...], list[Problem]]:
    """What the section about related pages lists, each address once; one problem for lost ones."""
    cards: dict[str, Card] = {}
    lost: list[tuple[str, int]] = []
    for part in parts:
        if part.role is not SectionRole.RELATED and SectionRole.RELATED not in part.within:
            continue
        for card, start in _cards_of(part, document):
            known = cards.setdefault(card.url or card.title, card)
            if known is card and card.url is None:
                lost.append((card.title, start))
    problems = [_lost(lost, places)] if lost else []
    return tuple(cards.values()), problems


def _cards_of(part: Part, document: Document) -> Iterator[tuple[Card, int]]:
    if part.heading is not None and SectionRole.RELATED in part.within:
        is_card = all(
            block.kind is BlockKind.PARAGRAPH and not _links(block.runs, document)
            for block in part.blocks
        )
        if is_card:
            url = next(iter(_links(part.heading.runs, document)), ("", None))[1]
            text = " ".join(plain(block.runs) for block in part.blocks)
            yield Card(part.title, url, None, excerpt_of(text)), part.heading.start
            return
    for block in part.blocks:
        if block.kind is BlockKind.LIST:
            for item in block.items:
                if item.depth == 0:
                    yield from _card(item.runs, item.start, document, is_item=True)
        else:
            yield from _card(block.runs, block.start, document, is_item=False)


def _card(
    runs: Sequence[Run], start: int, document: Document, *, is_item: bool
) -> Iterator[tuple[Card, int]]:
    """The card that an item or a paragraph is, or one for each of its links."""
    lines = split_lines(runs)
    title = leading_name(lines[0]) if lines else ""
    links = _links(runs, document)
    rest = plain(lines[0])[len(title) :] if title else ""
    label = _LABELLED.fullmatch(rest)
    is_alone = len(lines) == 1 and not rest
    if title and (is_item or is_alone or len(lines) > 1 or label is not None):
        category = label["label"].strip() if label is not None else None
        below = [plain(line) for line in lines[1:]]
        text = " ".join(below if category is not None else [rest, *below])
        url = links[0][1] if links else None
        excerpt = excerpt_of(text.lstrip(" –—:|·•-"))
        yield Card(title.strip(" :–—-"), url, category, excerpt), start
    elif links:
        for text, url in links:
            yield Card(text or url, url), start
    elif is_item and plain(runs):
        yield Card(plain(runs)), start


def _links(runs: Iterable[Run], document: Document) -> list[tuple[str, str]]:
    """The web links of the runs, text and address, each once."""
    found: dict[str, str] = {}
    for run in runs:
        if run.link >= 0:
            link = document.links[run.link]
            if not link.url.startswith(("#", "mailto")):
                found.setdefault(link.url, " ".join(link.text.split()))
    return [(text, url) for url, text in found.items()]


def excerpt_of(text: str) -> str | None:
    """The beginning of an article as a card shows it: cut between words, with one sign for that.

    >>> excerpt_of("It was wet, and slow...")
    'It was wet, and slow…'
    """
    text = " ".join(text.split())
    short = _CUT_MARK.sub("", text)
    is_cut = short != text
    if len(short) > _LONGEST_EXCERPT:
        short, is_cut = short[:_LONGEST_EXCERPT].rpartition(" ")[0] or short, True
    return (short.rstrip(" ,;:–—-") + "…" if is_cut else short) or None


def _lost(rows: Sequence[tuple[str, int]], places: Places) -> Problem:
    names = ", ".join(repr(title) for title, _ in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    count = "1 related article has" if len(rows) == 1 else f"{len(rows)} related articles have"
    return Problem(
        "related-without-link",
        f"{count} no address: {names}{more}",
        places.at(rows[0][1]),
        Severity.NOTE,
        help=f"link each title: [{rows[0][0]}](https://…)",
    )
