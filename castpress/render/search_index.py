"""The index of all episodes: words with where they stand, in files of which a search loads a few.

An entry says of a word in which episodes it stands: for each, how many episodes further it is (left
out where it is the next one) and one sign for its weight (``search_document.weights_of``). Episodes
are counted from the oldest, so that a new one moves no other.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from castpress.model.artifact import Artifact, Wave, text_artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INDEX_FILE = "search/index.json"
_LEAST_CHARS, _MOST_CHARS = 24_000, 64_000
_ONE_IN = 8
_FIRST_SIGN = 58  # the first one behind the digits
_POSTING = re.compile(r"(\d*)(\D)")

WORDS_PATH = "search/words-"
"""How the paths of the files of words begin; behind it stands a digest."""


@dataclass(frozen=True, slots=True)
class ListedEpisode:
    """An episode as results show it; ``url`` starts at the site's root.

    ``kind`` is 0 for a page of the author's own and 1 for an article: templates/search.html has the
    words. It is None for an episode, whose ``about`` says it.
    """

    url: str
    title: str
    about: str
    kind: int | None = None

    @property
    def row(self) -> tuple[str | int, ...]:
        """As the script reads it; what is no page says nothing of that."""
        row = (self.url, self.title, self.about)
        return row if self.kind is None else (*row, self.kind)


def pack_postings(weights: Mapping[int, int]) -> str:
    """The entry of one word, from its weights by episode.

    >>> pack_postings({0: 4, 1: 32, 9: 5})
    '>Z8?'
    """
    parts = []
    before = -1
    for episode in sorted(weights):
        step = episode - before
        parts.append(f"{'' if step == 1 else step}{chr(_FIRST_SIGN + weights[episode])}")
        before = episode
    return "".join(parts)


def unpack_postings(text: str) -> dict[int, int]:
    """The weights by episode of one entry.

    >>> unpack_postings('>Z8?')
    {0: 4, 1: 32, 9: 5}
    """
    weights = {}
    episode = -1
    for step, sign in _POSTING.findall(text):
        episode += int(step or 1)
        weights[episode] = ord(sign) - _FIRST_SIGN
    return weights


def join_words(episodes: Iterable[Mapping[str, int]]) -> dict[str, str]:
    """All entries, from the weights of words of each episode, the oldest first."""
    entries: dict[str, bytearray] = {}  # a large show has millions of postings
    last: dict[str, int] = {}
    for number, weights in enumerate(episodes):
        for word, weight in weights.items():
            entry = entries.setdefault(word, bytearray())
            step = number - last.get(word, -1)
            last[word] = number
            if step != 1:
                entry += b"%d" % step
            entry.append(_FIRST_SIGN + weight)
    return {word: entry.decode("ascii") for word, entry in entries.items()}


def edit_words(
    entries: dict[str, str], number: int, old: Mapping[str, int], new: Mapping[str, int]
) -> None:
    """Bring the entries up to date where one episode's words were ``old`` and are ``new``."""
    for word in old.keys() | new.keys():
        weight = new.get(word)
        if weight == old.get(word):
            continue
        weights = unpack_postings(entries.get(word, ""))
        weights.pop(number, None)
        if weight is not None:
            weights[number] = weight
        if weights:
            entries[word] = pack_postings(weights)
        else:
            del entries[word]


def cut_words(entries: Mapping[str, str]) -> list[tuple[str, Artifact]]:
    """The entries in files, in order of their words; each with the first word of its file.

    A file ends before a word that is chosen by its letters alone, so that one entry more or less
    changes one file and not all that follow.
    """
    files = []
    part: dict[str, str] = {}
    chars = 0
    # As browsers compare words.
    for word in sorted(entries, key=lambda word: word.encode("utf-16-be")):
        is_cut = chars >= _LEAST_CHARS and not crc32(word.encode()) % _ONE_IN
        if part and (is_cut or chars >= _MOST_CHARS):
            files.append(_words_file(part))
            part, chars = {}, 0
        part[word] = entries[word]
        chars += len(word) + len(entries[word])
    if part:
        files.append(_words_file(part))
    return files


def _words_file(part: dict[str, str]) -> tuple[str, Artifact]:
    """Named after its content: whoever has an older list of files never gets another's numbers."""
    text = _json(part)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return next(iter(part)), text_artifact(f"{WORDS_PATH}{digest}.json", text, Wave.SIDECAR)


def unpack_words(content: bytes) -> dict[str, str]:
    """The entries of one such file."""
    entries: dict[str, str] = json.loads(content)
    return entries


def render_index(
    files: Iterable[tuple[str, str]],
    episodes: Iterable[ListedEpisode],
    filters: Mapping[str, Mapping[str, str]],
) -> Artifact:
    """The list of files, each with its first word, and of episodes; loaded by every search.

    ``filters`` have an entry for each value: which episodes it lets through.
    """
    rows = [(start, path.removeprefix("search/")) for start, path in files]
    data = {
        "starts": [start for start, _ in rows],
        "files": [name for _, name in rows],
        "episodes": [episode.row for episode in episodes],
        "filters": filters,
    }
    return text_artifact(INDEX_FILE, _json(data), Wave.PAGE)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
