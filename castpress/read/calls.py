"""What the notes ask of the listener and promise: call to action, next episode, how to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.model.notes import Contact, Mention, SectionRole, TypedCall
from castpress.model.problem import Problem, Severity
from castpress.read.blocks import Block, BlockKind, plain, split_lines
from castpress.read.buttons import is_button
from castpress.read.pasted_title import is_shouted
from castpress.read.roles import compared
from castpress.read.section_time import read_timed_title
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.read.blocks import Document, Places
    from castpress.read.sections import Part

_FEWEST_WORDS = 4
_MOST_BLOCKS = 5
_NEXT = r"(?:lesson|episode|class|session|show|week|time|month|one|instal+ment|issue|module)"
_TEASER_HEADING = re.compile(
    rf"(?:next {_NEXT}|(?:coming )?up next|coming (?:soon|up)|in (?:the|our) next {_NEXT}"
    rf"|what s next|next {_NEXT}s? (?:lesson|episode|class|session|show))"
)
_TEASER = re.compile(
    rf"(?:so )?(?:stay tuned (?:for|next|because|as)|tune in (?:again )?(?:next|for)|join us next"
    rf"|coming (?:up )?(?:next|soon)|up next|next up|(?:in|on) (?:the|our|my) next {_NEXT}"
    rf"|(?:in )?next (?:week|month|lesson|episode|class|session|time)['’]s"
    rf"|next {_NEXT}(?: on [^.!?,]{{1,40}})?[,:]? (?:we|i|it|there|our|liz|you)\b"
    rf"|next {_NEXT}(?: on [^.!?,]{{1,40}})?:)"
    rf"|.{{0,80}}\bnext (?:week|month)['’]s {_NEXT}\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]?\s+(?=[A-ZÀ-Þ\"“(])")
_EMAIL = re.compile(
    r"(?<![\w.+/-])[A-Za-z0-9](?:[\w.+-]{0,62}[\w+-])?@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"
)
_PERSON_WORD = (
    r"\b(?:with|by|to|from|ask|call|contact|meet|see|e-?mail|mail|message|reach|and|for|host)\s+"
)
_NAME_TAIL = r"(?: (?!(?:At|On|In|Or|And|For|To)\b)[A-ZÀ-Þ][\w'’-]+){0,2}"


def read_call(
    parts: Sequence[Part], document: Document
) -> tuple[TypedCall | None, tuple[Problem, ...]]:
    """The first section that is a heading, some text and a button; a lost address is a problem."""
    for part in parts:
        call = _call(part, document)
        if call is None:
            continue
        if call.url is not None:
            return call, ()
        problem = Problem(
            "call-without-address",
            f"the button {call.button!r} below {call.heading!r} has lost its address",
            call.location,
            Severity.WARNING,
            help=f"link it: [{call.button}](https://…), or define it in show.yaml below "
            "`calls_to_action:` and take it out of the notes",
        )
        return call, (problem,)
    return None, ()


def _call(part: Part, document: Document) -> TypedCall | None:
    blocks = part.blocks
    is_text = part.role is SectionRole.TEXT and SectionRole.RELATED not in part.within
    is_plain = part.heading is not None and part.span is None and is_text
    if not is_plain or not 0 < len(blocks) <= _MOST_BLOCKS:
        return None
    if any(block.kind is not BlockKind.PARAGRAPH for block in blocks):
        return None
    lines = [line for block in blocks for line in split_lines(block.runs)]
    if len(lines) < 2:
        return None
    button = plain(lines[-1]).rstrip("→»›> ")
    text = " ".join(plain(line) for line in lines[:-1])
    if not is_button(button) or len(text.split()) < _FEWEST_WORDS:
        return None
    links = [document.links[run.link].url for run in lines[-1] if run.link >= 0]
    return TypedCall(
        part.title, text, button, links[0] if links else None, part.anchor, part.location
    )


def read_teaser(parts: Iterable[Part], places: Places) -> Mention | None:
    """What the notes say of the next episode: below a heading that says so, or in a sentence."""
    found: Mention | None = None
    for part in parts:
        paragraphs = [block for block in part.blocks if block.kind is BlockKind.PARAGRAPH]
        if part.heading is not None and _TEASER_HEADING.fullmatch(compared(part.title)):
            if paragraphs:
                return Mention(plain(paragraphs[0].runs), places.at(paragraphs[0].start))
            continue
        for block in paragraphs:
            for sentence in _sentences(block):
                is_long = len(sentence.split()) > _FEWEST_WORDS and sentence[-1] != "?"
                if is_long and _TEASER.match(sentence):
                    found = Mention(sentence, places.at(block.start))
    return found


def _sentences(block: Block) -> Iterator[str]:
    text = plain(block.runs)
    if "next" in text or "Next" in text or "tuned" in text:
        yield from _SENTENCE.split(text)


def read_contacts(document: Document, author: str | None, places: Places) -> tuple[Contact, ...]:
    """The e-mail addresses of the notes, typed or linked, each once.

    A name is sure where the address begins with it and the text, or the byline, says it.
    """
    found = {
        link.url[7:].partition("?")[0]: link.start
        for link in reversed(document.links)
        if link.url.lower().startswith("mailto:") and "@" in link.url
    }
    blocks = [block for block in document.blocks if block.kind is not BlockKind.CODE]
    for block in blocks:
        for run in block.runs:
            if "@" in run.text and run.link < 0 and not run.is_code:
                for match in _EMAIL.finditer(run.text):
                    start = run.byte(match.start()) if run.is_literal else run.start
                    found.setdefault(match[0], start)
    if not found:
        return ()
    text = "\n".join("".join(run.text for run in block.runs) for block in blocks)
    return tuple(
        Contact(email, places.at(start), _person(email, text, author))
        for email, start in sorted(found.items(), key=lambda row: row[1])
    )


def _person(email: str, text: str, author: str | None) -> str | None:
    """The name that an address begins with, as the text says it."""
    first = re.split(r"[._+@-]", email, maxsplit=1)[0].lower()
    if len(first) < 2 or not first.isalpha() or first in _MAILBOXES:
        return None
    if author is not None and first in compared(author).split():
        return author
    name = rf"(?P<name>{re.escape(first.capitalize())}\b{_NAME_TAIL})"
    match = re.search(rf"{_PERSON_WORD}{name}", text) or re.search(rf"(?m:^{name}$)", text)
    return match["name"] if match is not None else None


_MAILBOXES = frozenset(
    (
        *("hello", "hi", "info", "contact", "mail", "email", "support", "help", "team", "office"),
        *("show", "podcast", "press", "media", "feedback", "questions", "ask", "admin", "studio"),
        *("coach", "coaches", "host", "hosts", "editor", "news", "letter", "letters", "noreply"),
        *("booking", "bookings", "sales", "shop", "events", "guest", "guests", "kontakt", "hallo"),
        *("clinic", "school", "academy", "church", "doctor", "pastor", "father", "sister"),
    )
)


def read_lead(blocks: Sequence[Block], after: int) -> str | None:
    """The line right below the title that is set in capitals or bold; ``after`` is the title's end.

    It is kept as it was typed: how it looks is the page's business.
    """
    block = next((block for block in blocks if block.start >= after), None)
    if block is None or block.kind is not BlockKind.PARAGRAPH or len(split_lines(block.runs)) != 1:
        return None
    text = plain(block.runs)
    is_bold = all(run.is_strong for run in block.runs if run.text.strip())
    if len(text) > _LONGEST_LEAD or not (is_bold or is_shouted(text)):
        return None
    is_timed = read_timed_title(text).span is not None or read_stamp(text) is not None
    return None if is_timed else text


_LONGEST_LEAD = 140
