"""What the notes hold as data besides text: topics, exercises, links, lists, the summary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.model.address import path_below_site
from castpress.model.notes import Mention, NotesList, SectionRole
from castpress.model.podcast import Exercise, Link
from castpress.model.problem import Problem, Severity
from castpress.read.blocks import Block, BlockKind, Item, plain, split_lines
from castpress.read.roles import role_of_lead_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.notes import Vocabulary
    from castpress.model.problem import Location
    from castpress.read.blocks import Document, Places, Run
    from castpress.read.sections import Part

_TRAILING = re.compile(r"(?:\s*[;,]\s*(?:and|or)?|\s+and)\s*$|(?<=\w)\.\s*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[–—-]\s*|\s*[–—]\s+|:\s+")
_LONGEST_NAME = 60
_MOST_NAME_WORDS = 6
_CONDITION = re.compile(
    r"\b(?:if|once|depending|when|after|unless|as long as|according to|before|based on|fits?|choose"
    r"|pick|until|only)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\n]")
_VIDEO = re.compile(
    r"\bvideos?\b[^.!?]{0,40}\b(?:below|above|here)\b|\b(?:see|watch|view)\b[^.!?]{0,40}\bvideos?\b"
    r"|\bclick\b[^.!?]{0,20}\barrow\b",
    re.IGNORECASE,
)


def read_lists(document: Document, places: Places) -> tuple[NotesList, ...]:
    """The top-level lists, their outer items as plain text."""
    return tuple(
        NotesList(
            block.is_ordered,
            tuple(plain(item.runs) for item in block.items if item.depth == 0),
            places.at(block.start),
        )
        for block in document.blocks
        if block.kind is BlockKind.LIST
    )


def read_summary(parts: Iterable[Part], chapter_lines: frozenset[int] = frozenset()) -> str | None:
    """The plain text of the section that is the episode's summary.

    ``chapter_lines`` are the places of the lines of the chapter list, which is no part of it; what
    stands below that list belongs to the summary only where nothing stands above it.
    """
    for part in parts:
        if part.role is SectionRole.SUMMARY:
            texts: list[str] = []
            for block in part.blocks:
                if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE}:
                    continue
                _add_lines(texts, block, chapter_lines)
                if texts and not chapter_lines.isdisjoint(_line_starts(block.runs)):
                    break
            return " ".join(text for text in texts if text) or None
    return None


def _add_lines(texts: list[str], block: Block, chapter_lines: frozenset[int]) -> None:
    """The lines of a block, without those of the chapter list and the one that leads in to it."""
    for line in split_lines(block.runs):
        if line[0].start not in chapter_lines:
            texts.append(plain(line))
            continue
        if texts and texts[-1].endswith((":", "：")):
            texts.pop()
        if texts:
            return


def _line_starts(runs: Sequence[Run]) -> Iterator[int]:
    return (line[0].start for line in split_lines(runs))


def read_topics(
    parts: Iterable[Part], vocabulary: Vocabulary, chapter_lines: frozenset[int] = frozenset()
) -> tuple[str, ...]:
    """The topics, without the ``;`` and ``and`` that joined them in a sentence.

    A chapter list that is led in as if it were one is none.
    """
    topics = (
        clean_topic(plain(item.runs))
        for block, _ in _lists_of(SectionRole.TOPICS, parts, vocabulary)
        if chapter_lines.isdisjoint(_line_starts(block.runs))
        for item in block.items
        if item.depth == 0
    )
    return tuple(dict.fromkeys(topic for topic in topics if topic))


def clean_topic(text: str) -> str:
    """A list item as it reads on its own.

    >>> clean_topic("How to assess your hips; and"), clean_topic("Rest, ")
    ('How to assess your hips', 'Rest')
    """
    return _TRAILING.sub("", text.strip()).strip()


def read_exercises(
    parts: Iterable[Part], vocabulary: Vocabulary, document: Document, places: Places
) -> tuple[tuple[Exercise, ...], list[Problem]]:
    """The exercises with their reasons; an item that cannot be split is asked about."""
    exercises: list[Exercise] = []
    problems: list[Problem] = []
    for block, _ in _lists_of(SectionRole.EXERCISES, parts, vocabulary):
        for item in block.items:
            if item.depth:
                continue
            exercise = _exercise(item, document)
            if exercise is None:
                continue
            exercises.append(exercise)
            if is_open(exercise):
                problems.append(_unseparated(exercise, places.at(item.start)))
    return tuple(exercises), problems


def read_condition(parts: Iterable[Part], vocabulary: Vocabulary) -> str | None:
    """The sentence that leads in to the exercises and says when, or for whom, they are."""
    for _, above in _lists_of(SectionRole.EXERCISES, parts, vocabulary):
        if above is None or above.kind is not BlockKind.PARAGRAPH:
            continue
        lines = split_lines(above.runs)  # none where it holds but a picture
        sentence = plain(lines[-1]).rpartition(". ")[2].rstrip(" :：") if lines else ""
        if _CONDITION.search(sentence):
            return sentence
    return None


def is_open(exercise: Exercise) -> bool:
    """Whether nobody can tell where the exercise's name ends."""
    return exercise.reason is None and len(exercise.name.split()) > _MOST_NAME_WORDS


def read_links(document: Document, added: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """The web addresses of the notes with their texts, each address once, in order."""
    typed = [(link.url, " ".join(link.text.split())) for link in document.links]
    links: dict[str, str] = {}
    for url, text in [*typed, *added]:
        if url.startswith(("http://", "https://")) and not links.get(url):
            links[url] = text
    return tuple(Link(text or url, url) for url, text in links.items())


def read_video_mentions(document: Document, places: Places) -> tuple[Mention, ...]:
    """The sentences that send the listener to a video."""
    mentions: dict[str, Mention] = {}
    if not _may_say_video(run.text for block in document.blocks for run in block.runs):
        return ()
    for block in document.blocks:
        if block.kind in {BlockKind.CODE, BlockKind.HTML}:
            continue
        text = "".join(run.text for run in block.runs)
        read_to = 0
        for match in _VIDEO.finditer(text):
            if match.start() < read_to:
                continue  # the same sentence says it twice
            place = place_in(block.runs, match.start())
            sentence, read_to = _sentence(text, match, read_to)
            mentions.setdefault(sentence, Mention(sentence, places.at(place)))
    return tuple(mentions.values())


def _may_say_video(texts: Iterable[str]) -> bool:
    """The pattern is slow, and most notes hold none of its words.

    It takes the two Turkish letters for an i too, which lower() does not.
    """
    words = "".join(texts).replace("ı", "i").replace("İ", "i").lower()
    return "video" in words or "click" in words


def _lists_of(
    role: SectionRole, parts: Iterable[Part], vocabulary: Vocabulary
) -> Iterator[tuple[Block, Block | None]]:
    """The lists under a heading with this role, or led in by a line that names it.

    With each comes the block above it in its part.
    """
    for part in parts:
        before: Block | None = None
        for block in part.blocks:
            if block.kind is BlockKind.LIST:
                led_by = SectionRole.TEXT
                if before is not None and before.kind is BlockKind.PARAGRAPH:
                    line = plain(before.runs)
                    if line.endswith((":", "：")):
                        led_by = role_of_lead_in(line.rpartition(". ")[2], vocabulary)
                if led_by is role or (led_by is SectionRole.TEXT and part.role is role):
                    yield block, before
            before = block


def _leads_to_a_page(url: str) -> bool:
    """Of the web or of the site; neither a moment of the audio nor a mail."""
    return url.startswith(("http://", "https://")) or (
        path_below_site(url) is not None and not url.startswith("#")
    )


def _exercise(item: Item, document: Document) -> Exercise | None:
    """Name and reason: what is linked or bold at the start, or what stands before a dash."""
    lines = split_lines(item.runs)
    if not lines:
        return None
    runs = [run for line in lines for run in line]
    text = plain(item.runs)
    url = next((document.links[run.link].url for run in runs if run.link >= 0), None)
    if url is not None and not _leads_to_a_page(url):
        url = None
    lead = leading_name(runs)
    if lead:
        rest = text[len(lead) :].strip().lstrip("–—:- ").strip()
        return Exercise(lead.rstrip(" :–—-"), rest or None, url)
    match = _SEPARATOR.search(text)
    if match is not None and 0 < match.start() <= _LONGEST_NAME:
        return Exercise(text[: match.start()].strip(), text[match.end() :].strip() or None, url)
    return Exercise(text, None, url)


def leading_name(runs: Sequence[Run]) -> str:
    """The text of the first runs as long as they are bold, or of one link."""
    first = next((run for run in runs if run.text.strip()), None)
    if first is None or not (first.link >= 0 or first.is_strong):
        return ""
    name: list[str] = []
    for run in runs:
        same_link = first.link >= 0 and run.link == first.link
        if not (same_link or (first.is_strong and run.is_strong) or not run.text.strip()):
            break
        name.append(run.text)
    return " ".join("".join(name).split())


def _unseparated(exercise: Exercise, place: Location) -> Problem:
    name = _likely_name(exercise.name)
    example = "Plank – steadies the trunk"
    if name:
        rest = exercise.name[len(name) :].split()
        example = f"{name} – {' '.join(rest[:3])} …, if {name!r} is its name"
    return Problem(
        "unseparated-exercise",
        f"where does the name of the exercise end in {exercise.name[:60]!r}?",
        place,
        Severity.WARNING,
        help=f"put a dash with spaces between exercise and reason: {example}",
    )


def _likely_name(text: str) -> str:
    """The capitalised words before the one that begins the sentence, as a suggestion."""
    words = text.split()
    count = next((i for i, word in enumerate(words) if not word[0].isupper()), 0)
    return " ".join(words[: count - 1]) if count > 2 else ""


def place_in(runs: Sequence[Run], index: int) -> int:
    """The byte offset of a character of the runs' joined text, as near as it can be told."""
    position = 0
    for run in runs:
        if index < position + len(run.text):
            return run.byte(index - position) if run.is_literal else run.start
        position += len(run.text)
    return runs[0].start if runs else 0


def _sentence(text: str, match: re.Match[str], read_to: int) -> tuple[str, int]:
    """The sentence around the match, and where it ends; it begins no sooner than at ``read_to``."""
    marks = (". ", "! ", "? ", "\n")
    found = (text.rfind(mark, read_to, match.start()) for mark in marks)
    start = max(read_to - 1, *found)
    ending = _SENTENCE_END.search(text, match.end())
    end = ending.start() if ending else len(text)
    return " ".join(text[start + 1 : end].lstrip(".!?").split()), end
