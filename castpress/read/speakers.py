"""Who speaks: the names in transcripts, matched to the people of the episode and the show."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity
from castpress.read.speaker_labels import compared, is_nameless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from castpress.model.podcast import Cue, Person, Remark, Transcript

_TITLE_WORDS = (
    "coach trainer dr doctor prof professor mr mrs ms miss sir dame madam rev reverend father fr "
    "sister brother pastor rabbi imam captain capt sgt sergeant chef judge senator host cohost "
    "co-host guest herr frau señor señora sr sra don doña monsieur madame m mme mlle signor signora"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_ROLES = {"host": "host", "interviewer": "host", "moderator": "host", "guest": "guest",
          "interviewee": "guest", "narrator": "narrator", "announcer": "announcer"}  # fmt: skip
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NOT_WORDS = re.compile(r"[^\w'’-]+")
_NEAR = 0.8
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Cast:
    """Who may speak: the people, and the author's own names for labels (``speakers:``).

    ``place`` says where a label stands in the front matter.
    """

    people: tuple[Person, ...]
    named: Mapping[str, str]
    place: Callable[[str], Location]

    def names(self) -> tuple[str, ...]:
        """All names and labels that are known."""
        return (*(person.name for person in self.people), *self.named, *self.named.values())


def match_speakers(
    transcripts: Sequence[Transcript], cast: Cast
) -> tuple[tuple[Transcript, ...], tuple[Problem, ...]]:
    """The transcripts with each speaker under the name of the person who is meant.

    Whoever is not known stays as typed first.
    """
    matcher = _Matcher(cast)
    problems: list[Problem] = []
    matched = []
    for transcript in transcripts:
        labels = _first_uses(transcript)
        names = {label: matcher.name_of(label) for label in labels}
        problems += _unnamed(transcript, labels, names)
        problems += matcher.doubts(transcript, labels, names)
        matched.append(
            replace(
                transcript,
                cues=tuple(_renamed(transcript.cues, names)),
                remarks=tuple(_renamed_remarks(transcript.remarks, names)),
            )
        )
    if transcripts:
        problems += matcher.unused()
    return tuple(matched), tuple(problems)


class _Matcher:
    """Finds the person for a label: by the author's word, the whole name, or a part of it."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        once = {compared(person.name): person for person in reversed(cast.people)}
        self._people = tuple(reversed(once.values()))
        self._named = {compared(label): label for label in cast.named}
        self._used: set[str] = set()
        self._typed: dict[str, str] = {}

    def name_of(self, label: str) -> str:
        """The name that is shown for a label."""
        key = compared(label)
        short = key.rpartition(" ")[2] if is_nameless(label) else key
        for known in (key, short, short.lstrip("0")):
            if known in self._named:
                self._used.add(known)
                label = self._cast.named[self._named[known]]
                break
        found = self._meant(label)
        if len(found) == 1:
            return found[0].name
        return self._typed.setdefault(compared(label), label)  # AMY is Amy

    def _meant(self, label: str) -> list[Person]:
        """Whom a label may mean; one person is sure, several are none."""
        words = _words(label)
        for is_meant in (_is_whole, _is_part, _is_longer, _is_initialled):
            found = [p for p in self._people if words and is_meant(words, _words(p.name))]
            if found:
                return found
        letters = label.replace(".", "").strip()
        if letters.isupper() and 2 <= len(letters) <= 3:
            found = [
                p for p in self._people if "".join(w[0] for w in _words(p.name)).upper() == letters
            ]
            if found:
                return found
        role = _ROLES.get(compared(label))
        return [person for person in self._people if role and person.role == role]

    def doubts(
        self, transcript: Transcript, labels: Mapping[str, int], names: Mapping[str, str]
    ) -> Iterable[Problem]:
        """Labels that may mean several people, or that a slip keeps from meaning one."""
        for label, line in labels.items():
            name = names[label]
            if any(person.name == name for person in self._people):
                continue
            several = [person.name for person in self._meant(name)]
            near = several or difflib.get_close_matches(
                name, [person.name for person in self._people], n=1, cutoff=_NEAR
            )
            if near and not is_nameless(name):
                yield Problem(
                    "unknown-speaker",
                    f"the speaker {name!r} may be {' or '.join(near[:_SHOWN])}, and stays as typed",
                    Location(transcript.location.file, line, 1 if line else 0),
                    Severity.NOTE,
                    f"write `speakers:` with `{label}: {near[0]}` below it at the top of the note",
                )

    def unused(self) -> Iterable[Problem]:
        """Labels of the front matter that nobody has in any transcript."""
        for key, label in self._named.items():
            if key not in self._used:
                yield Problem(
                    "unused-speaker",
                    f"`speakers:` names {label!r}, who is in no transcript of this episode",
                    self._cast.place(label),
                    Severity.WARNING,
                    "write the label as the transcript has it, or delete the line",
                )


def _words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no titles, case or accents; "Lee, Amy" turned.

    >>> _words("Coach Zoë Lee (host)"), _words("LEE, AMY")
    (('zoe', 'lee'), ('amy', 'lee'))
    """
    plain = unicodedata.normalize("NFKD", _IN_BRACKETS.sub(" ", name)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    last, comma, first = plain.partition(",")
    if comma and first.strip() and len(first.split()) < 3:
        plain = f"{first} {last}"
    words = tuple(filter(None, _NOT_WORDS.split(plain)))
    without = tuple(word for word in words if word not in _TITLES)
    return without or words


def _is_whole(label: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return label == name


def _is_part(label: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """A first or a last name."""
    return len(label) == 1 and len(name) > 1 and label[0] in (name[0], name[-1])


def _is_longer(label: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """The whole name of somebody who is known by the first."""
    return len(name) == 1 and len(label) > 1 and label[0] == name[0]


def _is_initialled(label: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """``Amy L``, and names without those in the middle."""
    if len(label) < 2 or len(name) < 2 or label[0] != name[0]:
        return False
    return label[-1] == name[-1] or (len(label[-1]) == 1 and label[-1] == name[-1][0])


def _first_uses(transcript: Transcript) -> dict[str, int]:
    """Each label with the first line that has it."""
    found: dict[str, int] = {}
    pieces: tuple[Cue | Remark, ...] = (*transcript.cues, *transcript.remarks)
    for piece in pieces:
        if piece.speaker is not None:
            found.setdefault(piece.speaker, piece.line)
    return found


def _renamed(cues: Iterable[Cue], names: Mapping[str, str]) -> Iterable[Cue]:
    for cue in cues:
        name = names.get(cue.speaker or "", cue.speaker)
        yield cue if name == cue.speaker else replace(cue, speaker=name)


def _renamed_remarks(remarks: Iterable[Remark], names: Mapping[str, str]) -> Iterable[Remark]:
    for remark in remarks:
        name = names.get(remark.speaker or "", remark.speaker)
        yield remark if name == remark.speaker else replace(remark, speaker=name)


def _unnamed(
    transcript: Transcript, labels: Mapping[str, int], names: Mapping[str, str]
) -> Iterable[Problem]:
    """Speakers that a tool counted, because it does not know their names."""
    unnamed = [label for label in labels if is_nameless(label) and names[label] == label]
    if unnamed:
        shown = ", ".join(unnamed[:_SHOWN]) + (" and more" if len(unnamed) > _SHOWN else "")
        line = labels[unnamed[0]]
        yield Problem(
            "unnamed-speaker",
            f"{shown} {'have no names' if len(unnamed) > 1 else 'has no name'}",
            Location(transcript.location.file, line, 1 if line else 0),
            Severity.NOTE,
            f"write `speakers:` with `{unnamed[0]}: Amy` below it at the top of the note",
        )
