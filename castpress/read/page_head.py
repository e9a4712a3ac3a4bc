"""The head of a website above pasted notes: menu, show, tagline, description, course.

It is taken for one only where several signs together say so; a line that may be the author's
text stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.notes import FurnitureKind, SectionRole, SiteWords, Vocabulary
from castpress.read.furniture import (
    FEWEST_ENTRIES,
    LONGEST_LABEL,
    TEXT,
    FoundFurniture,
    found_at,
    is_line,
    known_kind,
)
from castpress.read.furniture_lines import is_cover_name, menu_size
from castpress.read.numbers import is_season
from castpress.read.pasted_chunks import Chunk, ChunkKind, put_together, set_apart
from castpress.read.pasted_headings import is_shaped, may_be_title
from castpress.read.pasted_title import is_numbered
from castpress.read.roles import compared, role_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

_MOST_HEAD_CHUNKS = 16
_FEWEST_LESSONS = 3  # of a table of contents
_FAR_TITLE = 6  # chunks from the show's title to the episode's
_SIGNS_FOR_NAMES = 2
_SIGNS_FOR_TEXT = 3
_SHOW_WORD = re.compile(
    r"(?:.*\s)?(?:Podcast|Show|Radio|Newsletter)"
    r"|The\s.*\s(?:Show|Podcast)\b.*|.{2,60}, (?:the|a) (?:\w+ )?podcast"
    r"|(?:.*\s)?(?:PODCAST|SHOW|RADIO)"
)
_COURSE_WORD = re.compile(
    r"\b(?:e-?course|course|school|academy|class|program(?:me)?|training|boot ?camp|workshop|series"
    r"|masterclass|curriculum|certification|kurs|cours|curso)\b",
    re.IGNORECASE,
)
_LESSON = re.compile(
    r"(?:lesson|module|session|week|class|unit|day|lecture|part|lektion|leçon|lección|aula)\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"(?:(?:hosted|presented) by|(?:with )?(?:your )?hosts?\b:?)\s+\S.{0,160}", re.IGNORECASE
)
_HOSTS_SENTENCE = re.compile(
    r"(?:[A-Z][\w.'’-]*,? ){1,6}(?:and|&) [A-Z][\w.'’-]*.{0,80}?\b(?:years?|decades?|host(?:s|ed)?"
    r"|combined|coach(?:es)?|experience|talks?|discuss|explores?|shares?|answers?|interviews?)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])(?<!Dr\.)(?<!Mr\.)(?<!Ms\.)(?<!Mrs\.)(?<!St\.)\s+")
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "of", "and", "or", "for", "from", "with", "in", "on", "to", "by", "at"),
        *("de", "la", "le", "el", "y", "et", "der", "die", "das", "und", "von", "des", "du", "van"),
    )
)
_PAGE_LABELS = frozenset(
    (
        *("show notes", "episode notes", "lesson notes", "notes", "transcript", "draft", "final"),
        *("description", "blog post", "episode description", "newsletter", "script", "final draft"),
    )
)


@dataclass(slots=True)
class Head:
    """What speaks for a website's head above the title, and what of it is furniture.

    ``owners`` are the names whom the site belongs to, as they are compared. ``signs`` counts what
    was seen: a menu or a picture's file name counts twice, since no author types one.
    """

    site: SiteWords
    vocabulary: Vocabulary
    owners: frozenset[str] = frozenset()
    signs: int = 0
    cover: str = ""
    found: list[FoundFurniture] = field(default_factory=list)

    def take_menu(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """Take out menus, file names of pictures and words of show.yaml above the text."""
        taken: dict[int, FoundFurniture] = {}
        menu: dict[int, int] = {}
        for index, chunk in enumerate(chunks[:_MOST_HEAD_CHUNKS]):
            known = known_kind(chunk.text, self.site) if is_line(chunk) else None
            if known is not None and self._has_title_below(chunks, index):
                taken[index] = found_at(known, chunk, is_known=True)
                self.signs += 2
            elif is_line(chunk) and is_cover_name(chunk.text):
                taken[index] = found_at(FurnitureKind.COVER, chunk)
                self.cover = chunk.text
                self.signs += 2
            elif size := _menu_entries(chunk):
                menu[index] = size
            elif not is_line(chunk) or len(chunk.text) > LONGEST_LABEL:
                break
        sure = [run for run in _runs(menu) if sum(menu[i] for i in run) >= FEWEST_ENTRIES]
        self.signs += 2 * bool(sure)
        if self.signs:
            sure += [run for run in _runs(menu) if run[0] == 0 or _is_beside(run, taken)]
        for index in sorted({index for run in sure for index in run}):
            taken[index] = found_at(FurnitureKind.NAVIGATION, chunks[index])
        self.found += [taken[index] for index in sorted(taken)]
        return [chunk for index, chunk in enumerate(chunks) if index not in taken]

    def show_title_index(self, chunks: Sequence[Chunk]) -> int | None:
        """The line that names the show or its site where the title could be mistaken for it."""
        for index, chunk in enumerate(chunks[:_MOST_HEAD_CHUNKS]):
            if not is_line(chunk) or len(chunk.text) > LONGEST_LABEL:
                return None
            needed = 1 if self._is_named_elsewhere(chunk.text) else _SIGNS_FOR_NAMES
            is_name = may_be_title(chunks, index) and self._names_show(chunk.text)
            if is_name and self.signs >= needed:
                return index if self._has_title_below(chunks, index) else None
        return None

    def _has_title_below(self, chunks: Sequence[Chunk], index: int) -> bool:
        """Whether a line below could be the title, so that this one need not be it."""
        return any(
            may_be_title(chunks, place)
            and role_of(chunks[place].text, self.vocabulary) is SectionRole.TEXT
            for place in range(index + 1, min(index + _FAR_TITLE, len(chunks)))
        )

    def take_head(
        self, above: Sequence[Chunk], title: Chunk, *, is_title_sure: bool
    ) -> list[Chunk]:
        """What stands above the title, without what of it is furniture."""
        if len(above) > _MOST_HEAD_CHUNKS:
            return list(above)
        chunks = set_apart(above)
        taken = self._kinds(chunks, title.text, is_title_sure=is_title_sure)
        for index in sorted(taken):
            self.found += _found_in_head(taken[index], chunks[index])
        return put_together([chunk for index, chunk in enumerate(chunks) if index not in taken])

    def _kinds(
        self, chunks: Sequence[Chunk], title: str, *, is_title_sure: bool
    ) -> dict[int, FurnitureKind]:
        """What the chunks above the title are, by index; those that may be text are left out."""
        lines = [index for index, chunk in enumerate(chunks) if chunk.kind in TEXT]
        taken = _contents(chunks, lines, title)
        lines = [index for index in lines if index not in taken]
        tagline = self._repeated(chunks, lines)
        named = [index for index in lines if self._names_show(chunks[index].text)]
        self.signs += 2 * (tagline is not None) + bool(named) + is_title_sure
        season = lines[-1] if lines and is_season(chunks[lines[-1]].text) else None
        course = self._course_index(chunks, [i for i in lines if i != season], title)
        named = [index for index in named if index != course]
        worded = [index for index in named if _SHOW_WORD.fullmatch(chunks[index].text)]
        show = next(iter(worded or named), None)
        if show is None and course is None and self.signs >= _SIGNS_FOR_TEXT:
            names = [index for index in lines if _is_name(chunks[index].text)]
            show = names[0] if len(names) == 1 else None
        if course is not None:
            taken[course] = FurnitureKind.COURSE_TITLE
        if season is not None:
            taken[season] = FurnitureKind.SEASON
        if self.signs >= _SIGNS_FOR_NAMES:
            if show is not None:
                taken[show] = FurnitureKind.SHOW_TITLE
            if tagline is not None:
                taken[tagline] = FurnitureKind.TAGLINE
                taken[lines[lines.index(tagline) + 1]] = FurnitureKind.DESCRIPTION
        if show is not None and self.signs >= _SIGNS_FOR_TEXT:
            self._name_rest(chunks, lines, show, taken)
        return taken

    def _name_rest(
        self,
        chunks: Sequence[Chunk],
        lines: Sequence[int],
        show: int,
        taken: dict[int, FurnitureKind],
    ) -> None:
        """Name what stands around the show's title in a head that is one for sure."""
        for index in lines:
            text = chunks[index].text
            if index in taken:
                continue
            is_short = is_line(chunks[index]) and len(text) <= LONGEST_LABEL
            kinds = set(taken.values())
            if is_line(chunks[index]) and _HOSTS.fullmatch(text):
                taken[index] = FurnitureKind.HOSTS
            elif index < show:
                if is_short and FurnitureKind.MOTTO not in kinds:
                    is_name = _is_name(text)
                    taken[index] = FurnitureKind.SITE_NAME if is_name else FurnitureKind.MOTTO
            elif is_short and index == show + 1 and FurnitureKind.TAGLINE not in kinds:
                taken[index] = FurnitureKind.TAGLINE
            elif not is_short and FurnitureKind.DESCRIPTION not in kinds:
                taken[index] = FurnitureKind.DESCRIPTION

    def _names_show(self, text: str) -> bool:
        if len(text) > LONGEST_LABEL or text[-1:] in "?!:;,":
            return False
        return self._is_named_elsewhere(text) or _SHOW_WORD.fullmatch(text) is not None

    def _is_named_elsewhere(self, text: str) -> bool:
        """Whether the copyright line, or the picture's file name, says the same name."""
        words = compared(text)
        if words in self.owners:
            return True
        cover = set(compared(self.cover).split())
        return len(cover & set(words.split())) >= 2 and _is_name(text)

    def _course_index(
        self, chunks: Sequence[Chunk], lines: Sequence[int], title: str
    ) -> int | None:
        """The line right above a lesson's title that names the course."""
        if not lines or not (is_numbered(title) and _LESSON.match(title)):
            return None
        text = chunks[lines[-1]].text
        if not is_shaped(chunks, lines[-1]) or compared(text) in _PAGE_LABELS:
            return None
        is_course = _COURSE_WORD.search(text) is not None or _is_name(text)
        return lines[-1] if is_course and not text.endswith("?") else None

    @staticmethod
    def _repeated(chunks: Sequence[Chunk], lines: Sequence[int]) -> int | None:
        """A line that the paragraph below it begins with: a tagline above the description."""
        for index, below in pairwise(lines):
            words, text = compared(chunks[index].text), compared(chunks[below].text)
            if len(words.split()) >= 2 and text.startswith(f"{words} "):
                return index
        return None


def _contents(
    chunks: Sequence[Chunk], lines: Sequence[int], title: str
) -> dict[int, FurnitureKind]:
    """The table of contents of a course, which names this lesson among others."""
    said = {index: compared(chunks[index].text) for index in lines}
    rows = [index for index in lines if is_numbered(chunks[index].text)]
    rows += [i for i in lines if is_season(chunks[i].text) or menu_size(chunks[i].text)]
    is_listed = compared(title) in said.values()
    if not is_listed or len(set(rows)) < _FEWEST_LESSONS:
        return {}
    return dict.fromkeys(sorted(set(rows)), FurnitureKind.NAVIGATION)


def _menu_entries(chunk: Chunk) -> int:
    """How many entries of a menu a chunk holds, 0 where it holds anything else."""
    if chunk.kind not in {ChunkKind.PARAGRAPH, ChunkKind.BULLETS}:
        return 0
    count = 0
    for line in chunk.lines:
        size = 0 if line.more else menu_size(line.text)
        if not size:
            return 0
        count += size
    return count


def _runs(indexes: Iterable[int]) -> list[list[int]]:
    """The indexes in runs that follow one another without a gap."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _is_beside(run: Sequence[int], taken: Container[int]) -> bool:
    return run[0] - 1 in taken or run[-1] + 1 in taken


def _is_name(text: str) -> bool:
    """Whether a line is written like a name: two to eight words, capitalised but for small ones."""
    words = text.split()
    large = [word for word in words if word.lower() not in _SMALL_WORDS and word[0].isalpha()]
    return (
        2 <= len(words) <= 8
        and bool(large)
        and all(word[0].isupper() for word in large)
        and text[-1] not in ".,;:!?…"
    )


def _found_in_head(kind: FurnitureKind, chunk: Chunk) -> Iterator[FoundFurniture]:
    """The furniture that a chunk is, and the sentence about the hosts that a description holds."""
    text = " ".join(line.text for line in chunk.lines)
    yield FoundFurniture(kind, text, chunk.lines[0].number)
    if kind is FurnitureKind.DESCRIPTION:
        for sentence in _SENTENCE.split(text):
            if _HOSTS_SENTENCE.match(sentence) or _HOSTS.fullmatch(sentence):
                yield FoundFurniture(FurnitureKind.HOSTS, sentence, chunk.lines[0].number)
                return
