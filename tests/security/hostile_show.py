"""A show whose author writes nothing but hostile texts, into every field there is.

A value that the reader refuses stops a build, so each value stands on a line of its own, and what
is refused is taken out before: what is left is what an author can publish.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import mutagen.id3

from castpress.model.address import is_absolute, tidy_address
from castpress.model.problem import Severity
from castpress.model.secret import holds_secret
from castpress.read.chapters import resolve_chapters
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes
from castpress.read.own_pages import parse_page
from castpress.read.pairing import NOTES_SUFFIXES
from castpress.read.settings import parse_settings
from castpress.read.show_entries import NotesEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from castpress.model.problem import Problem
    from tests.security.vectors import Vector

ROOT = Path(__file__).parents[2]
SOUND = ROOT / "tests/corpus/audio/mpeg25-mono-8k.mp3"
COVER = ROOT / "tests/shows/tiny/artwork/cover.jpg"
SAFE = "https://e.example/"
# Its header counts its own frames only, so it is left out.
FIRST_FRAME = bytes.fromhex("ffe318c4")
# A title may have 255 characters; the name of a season 128.
LONGEST_JOINED = 250
_MISSING = re.compile("`([a-z]+)` is missing")
_SPOKEN_ESCAPES = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Group:
    """Lines of YAML that belong together, below a line that names them or below none."""

    header: str | None
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sources:
    """What was written: how many episodes, and how many values were refused of how many."""

    episodes: int
    values: int
    refused: int


def chunks_of(
    vectors: Sequence[Vector], *, addresses_first: bool = False
) -> list[tuple[Vector, ...]]:
    """The vectors in groups that fit into a title.

    With ``addresses_first``, what may be an address is the first of its group, for fields that
    hold one address only.
    """
    chunks: list[tuple[Vector, ...]] = []
    size = LONGEST_JOINED + 1
    for vector in vectors:
        size += len(vector.text) + 1
        is_first = addresses_first and is_absolute(tidy_address(vector.text))
        if size > LONGEST_JOINED or is_first:
            chunks.append(())
            size = len(vector.text)
        chunks[-1] = (*chunks[-1], vector)
    return chunks


def joined(chunk: Sequence[Vector]) -> str:
    """The texts of a group in one value."""
    return " ".join(vector.text for vector in chunk)


def write_show(root: Path, vectors: Sequence[Vector], turn: int = 0) -> Sources:
    """Write the show; another ``turn`` gives each text another kind of file to stand in."""
    for name in ("episodes", "show_notes", "artwork", "pages"):
        (root / name).mkdir(parents=True)
    (root / "artwork/cover.jpg").write_bytes(COVER.read_bytes())
    sound = SOUND.read_bytes()
    sound = sound[sound.index(FIRST_FRAME) :] * 10
    chunks = chunks_of(vectors, addresses_first=True)
    groups = settings_groups(chunks[0], chunks)
    values = sum(len(group.lines) for group in groups)
    settings, refused = accepted(groups, read_settings)
    (root / "show.yaml").write_text(settings, "utf-8")
    for number, chunk in enumerate(chunks):
        stem = f"{number + 1:03}-x"
        groups = note_groups(chunk, number, settings, turn)
        values += sum(len(group.lines) for group in groups)
        head, taken_out = accepted(groups, read_head)
        refused += taken_out
        suffix = NOTES_SUFFIXES[(number + turn) % len(NOTES_SUFFIXES)]
        body = publishable(chunk[turn % len(chunk)], suffix)
        note = f"---\n{head}---\n{body}"
        (root / f"show_notes/{stem}{suffix}").write_bytes(note.encode("utf-8", "replace"))
        _write_audio(root / f"episodes/{stem}.mp3", sound, chunk)
        groups = page_groups(chunk, number)
        values += sum(len(group.lines) for group in groups)
        head, taken_out = accepted(groups, read_page)
        refused += taken_out
        page = f"---\n{head}---\n{_page_body(chunk[turn % len(chunk)])}"
        (root / f"pages/{stem}.md").write_bytes(page.encode("utf-8", "replace"))
        for place, (name, text) in enumerate(transcripts_of(chunk)):
            language = ("en", "de", "fr", "es", "it", "pt")[(place + number + turn) % 6]
            marked = ".transcript" if name in {"txt", "html"} else ""
            path = root / f"show_notes/{stem}{marked}.{language}.{name}"
            path.write_bytes(text.encode("utf-8", "replace"))
    return Sources(len(chunks), values, refused)


def page_groups(chunk: Sequence[Vector], number: int) -> list[Group]:
    """The head of a page of the author's own, every other one an article."""
    text = joined(chunk)
    plain = Group(None, [f"{key}: {quoted(text)}" for key in ("title", "summary", "author")])
    plain.lines.append(f"type: {'article' if number % 2 else 'page'}")
    return [plain, Group("tags", [f"- {quoted(vector.text)}" for vector in chunk])]


def _page_body(vector: Vector) -> str:
    line = " ".join(vector.text.split())
    typed = line.replace("]", "")
    return (
        f"{body_of(vector)}\n\n![{typed}](../artwork/cover.jpg '{line}')\n\n"
        f'<img src="../artwork/cover.jpg" alt="{escape(line)}" title="{escape(line)}">\n'
    )


def note_groups(chunk: Sequence[Vector], number: int, settings: str, turn: int = 0) -> list[Group]:
    """The head of one episode, of those that show.yaml knows calls to action for."""
    groups = head_groups(chunk, number, is_tagged=(number + turn) % 2 == 1)
    calls = (f"lead-{number}", f"call-{number}")
    call = next((name for name in calls if f"  {name}: " in settings), "call-0")
    groups[0].lines.append(f"call_to_action: {call}")
    return groups


def head_groups(chunk: Sequence[Vector], number: int, *, is_tagged: bool) -> list[Group]:
    """All that front matter can say, each text in each field; a title only where the audio's is not
    the one to look at."""
    text = joined(chunk)
    texts = [vector.text for vector in chunk]
    plain = Group(
        None,
        [
            f"published: 2026-01-{1 + number % 28:02} 06:00",
            "image: artwork/cover.jpg",
            *(f"{key}: {quoted(text)}" for key in ("subtitle", "summary", "author", "image_alt")),
            f"guid: {quoted(text)}",
            f"season_name: {quoted(texts[number % len(texts)])}",
            *(f"{key}: {quoted(texts[0])}" for key in ("video", "slug", "language")),
        ],
    )
    if not is_tagged:
        plain.lines.append(f"title: {quoted(text)}")
    if number % 5 == 4:
        plain.lines += ["course: steps", f"lesson: {number}"]
    groups = [
        plain,
        Group("tags", [f"- {quoted(t)}" for t in texts]),
        Group("topics", [f"- {quoted(t)}" for t in texts]),
        Group("aliases", [f"- {quoted(t)}" for t in texts]),
        Group("speakers", [f"  {quoted(t)}: {quoted(t)}" for t in texts]),
        Group("people", _people(texts)),
        Group("links", _each(texts, "title:", "url:")),
        Group("related", _each(texts, "title:", "url:") + _filled(texts, "%s", "{title: %s}")),
        Group("exercises", _each(texts, "name:", "reason:", "url:")),
        Group("sponsors", _each(texts, "title:", "url:", "text:")),
        Group(
            "corrections",
            _filled(texts, "%s", "{text: %s}", "{text: x, date: %s}", "{text: x, at: %s}"),
        ),
    ]
    groups += feed_groups(texts, f"contentLink: {_CONTENT_LINK}")
    plain.lines += [f"{key}: {quoted(texts[0])}" for key in ("comments", "episode_display")]
    plain.lines.append(f"teaser: {quoted(text)}")
    groups += [
        Group("soundbites", _filled(texts, "{start: 0:01, end: 0:02, title: %s}")),
        Group(
            "alternates",
            _filled(
                texts,
                "{url: %s, type: audio/opus}",
                *(f"{{url: '{SAFE}x.opus', {key}: %s}}" for key in _ALTERNATE_KEYS),
            ),
        ),
    ]
    if not is_tagged:
        rows = [
            f"- {{start: '0:{start:02}', title: {quoted(t)}, image: artwork/cover.jpg, "
            f"image_alt: {quoted(t)}, url: {quoted(t if is_absolute(tidy_address(t)) else SAFE)}}}"
            for start, t in enumerate(texts)
        ]
        groups.append(Group("chapters", rows))
    return groups


_ALTERNATE_KEYS = ("title", "rel", "codecs", "language", "type", "sha256")
_CONTENT_LINK = f"{{href: '{SAFE}', text: %s}}"
_LIVE = (
    "liveItem: {status: pending, start: 2026-12-01T18:00:00Z, title: %s, guid: live, "
    f"enclosure: {{url: '{SAFE}live', type: audio/mpeg, length: 0}}, contentLink: {_CONTENT_LINK}}}"
)
_UUID = "9b024349-ccf0-5f69-a609-6b82873eab3c"


def feed_groups(texts: Sequence[str], passed: str) -> list[Group]:
    """What a show and an episode may both say to apps; ``passed`` is a tag of `podcast:`."""
    short = quoted(texts[0].strip()[:100])
    post = "{protocol: activitypub, uri: %s, account_id: %s, account_url: %s}"
    return [
        Group("apple_title", [f"  {quoted(texts[0])}"]),
        Group("license", [f"  name: {quoted(texts[0])}", f"  url: {SAFE}"]),
        Group("location", _filled(texts, "{name: %s}", "{name: Ghent, geo: %s, osm: %s}")),
        Group(
            "images",
            _filled(
                texts,
                "{file: artwork/cover.jpg, alt: %s}",
                "{url: %s}",
                f"{{url: '{SAFE}x.jpg', purpose: %s, aspect_ratio: %s}}",
            ),
        ),
        Group("funding", _each(texts, "title:", "url:")),
        Group(
            "discussion",
            _filled(texts, post, f"{{protocol: activitypub, uri: '{SAFE}', account_id: %s}}"),
        ),
        Group("txt", _filled(texts, "{text: %s}", "{text: x, purpose: %s}")),
        Group(
            "podcast",
            [
                f"  {passed.replace('%s', short)}",
                f"  chat: {{server: irc.example, protocol: irc, space: {short}}}",
            ],
        ),
    ]


def _filled(texts: Iterable[str], *forms: str) -> list[str]:
    """A list's items: each text in each form, wherever that has a ``%s``."""
    return [f"- {form.replace('%s', quoted(text))}" for text in texts for form in forms]


def settings_groups(chunk: Sequence[Vector], calls: Sequence[Sequence[Vector]] = ()) -> list[Group]:
    """All that show.yaml can say; ``calls`` are the texts of the calls to action, by number."""
    text, texts = joined(chunk), [vector.text for vector in chunk]
    last = texts[-1]
    asks = [
        f"  {name}-{number}: {{heading: {q}, text: {q}, button: {q}, url: {url}}}"
        for number, own in enumerate(calls or [chunk])
        for q in (quoted(joined(own)),)
        for name, url in (("call", SAFE), ("lead", quoted(own[0].text)))
    ]
    q = quoted(text)
    alone = "" if holds_secret(last) else quoted(last)
    course = f"title: {q}, description: {q}, author: {q}, copyright: {q}, artwork_alt: {q}"
    return [
        Group(
            None,
            [
                f"base_url: {SAFE}show/",
                "guid: 0d1c7f0e-33c5-5f0f-8f7e-4b5f6a1f2c3d",
                "categories: [Sports > Running]",
                "artwork: artwork/cover.jpg",
                "call_to_action: call-0",
                f"title: {q}",
                f"description: {q}",
                f"tagline: {q}",
                f"author: {q}",
                f"artwork_alt: {q}",
                f"copyright: {q}",
                f"contact: {quoted(last)}",
                f"language: {quoted(last)}",
            ],
        ),
        Group(
            "site",
            [
                *(f"  {key}: {q}" for key in ("name", "motto", "blurb")),
                f"  edit_url: {quoted(f'{SAFE}{{file}}?{text}')}",
            ],
        ),
        Group("theme", [f"  {key}: {quoted(last)}" for key in ("paper", "title_font", "radius")]),
        Group("owner", ["  email: a@e.example", f"  name: {q}"]),
        # What looks like keys is refused there without saying where; it has tests of its own.
        Group("s3", [f"  {key}: {alone}" for key in ("endpoint", "region", "profile") if alone]),
        Group("announce", [f"  websub: {alone}"] if alone else []),
        Group("notes", [f"  {key}: {q}" for key in NotesEntry.model_fields]),
        Group("people", _people(texts)),
        Group("subscribe", _each(texts, "title:", "url:")),
        Group("social", _each(texts, "title:", "url:")),
        Group("sponsors", _each(texts, "title:", "url:", "text:")),
        *feed_groups(texts, _LIVE),
        Group(
            "podroll",
            _filled(
                texts,
                f"{{guid: {_UUID}, title: %s, feed: %s, item: %s}}",
                f"{{guid: {_UUID}, title: %s, item: %s}}",
            ),
        ),
        Group("publisher", [f"  guid: {_UUID}", f"  feed: {quoted(last)}"]),
        Group("update_frequency", [f"  text: {q}", f"  rrule: {quoted(last)}"]),
        Group("webmaster", [f"  {quoted(last)}"]),
        Group(
            "cloud",
            [f"  {{domain: {quoted(last)}, port: 80, path: {quoted(last)}, protocol: soap}}"],
        ),
        Group("feeds", [f"  all: {{all: true, title: {q}, description: {q}}}"]),
        Group("calls_to_action", asks),
        Group("courses", [f"  steps: {{{course}, lesson_word: {q}, call_to_action: call-0}}"]),
    ]


def _people(texts: Sequence[str]) -> list[str]:
    linked = ("{title: %s, url: 'https://e.example/'}", "{title: Here, url: %s}")
    rows = _filled(texts, *(f"{{name: Ann, links: {link}}}" for link in linked))
    return _each(texts, "name:", "role:", "group:", "bio:", "href:", "img:") + rows


def _each(texts: Iterable[str], *keys: str) -> list[str]:
    """A list's items: each text under each key, the others as a good author writes them."""
    whole = {"name:": "Ann", "title:": "Here", "url:": SAFE}
    rows = []
    for text in texts:
        for key in keys:
            others = {k: v for k, v in whole.items() if k in keys and k != key}
            if "title:" not in keys:
                others.pop("url:", None)
            pairs = [f"{key} {quoted(text)}", *(f"{k} {v}" for k, v in others.items())]
            rows.append(f"- {{{', '.join(pairs)}}}")
    return rows


def quoted(text: str) -> str:
    """The text as YAML's double-quoted scalar."""
    written = json.dumps(text, ensure_ascii=False)
    return _SPOKEN_ESCAPES.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def read_head(text: str) -> Iterable[Problem]:
    """What is wrong with front matter."""
    return parse_head(f"---\n{text}---\n", PurePosixPath("x.md"))[1]


def read_page(text: str) -> Iterable[Problem]:
    """What is wrong with the head of a page."""
    return parse_page(f"---\n{text}---\n", PurePosixPath("x.md"))[1]


def read_settings(text: str) -> Iterable[Problem]:
    """What is wrong with a show.yaml, its lines counted as in front matter."""
    return parse_settings("\n" + text, PurePosixPath("show.yaml"))[1]


def accepted(groups: Sequence[Group], read: Callable[[str], Iterable[Problem]]) -> tuple[str, int]:
    """The YAML without the lines that are refused, and how many were."""
    taken_out = 0
    while True:
        rows: list[tuple[Group, int] | None] = []
        text: list[str] = []
        for group in groups:
            if group.header and group.lines:
                text.append(f"{group.header}:")
                rows.append(None)
            text += group.lines
            rows += [(group, index) for index in range(len(group.lines))]
        whole = "".join(f"{line}\n" for line in text)
        errors = [problem for problem in read(whole) if problem.severity is Severity.ERROR]
        if not errors:
            return whole, taken_out
        missing = [_MISSING.fullmatch(problem.message) for problem in errors]
        groups[0].lines.extend(f"{match[1]}: Plain words" for match in missing if match)
        lines = sorted({problem.location.line - 2 for problem in errors}, reverse=True)
        found = [row for line in lines if 0 <= line < len(rows) and (row := rows[line])]
        if not found and not any(missing):
            raise ValueError(f"nothing to take out: {errors[:3]}")
        for group, index in found:
            del group.lines[index]
        taken_out += len(found)


def body_of(vector: Vector) -> str:
    """A text in all places that notes have, the bare one last: it may swallow what follows."""
    line = " ".join(vector.text.split())
    return (
        f"# Words of {vector.number}\n\nAt 0:01 {line} and on.\n\n## {line} [0-1 sec]\n\n"
        f"- 0:00 {line}\n- 0:02 {line}\n- {line} (0:03)\n\n**{line}** *{line}* ~~{line}~~\n\n"
        f"[{line}]({SAFE}) [here]({line}) [here](<{line}>) ![{line}]({line} '{line}')\n\n"
        f"<{line}> <a href=\"{line}\">here</a> <a href='{line}' title='{line}'>here</a>\n\n"
        f"| {line} | b |\n|---|---|\n| 0:00 | {line} |\n\n> {line}\n\n{line}\n: {line}\n\n"
        f"1. {line}\n\n[^{vector.number}]\n\n[^{vector.number}]: {line}\n\n"
        f"Topics:\n\n- {line}; and\n\n## Exercises\n\n- {line} – {line}\n- [{line}]({line})\n\n"
        f"## Transcript\n\nAnn: {line}\n\n## More\n\n{vector.text}\n"
    )


def publishable(vector: Vector, suffix: str) -> str:
    """The text in as many places as make no error of the notes, which would stop a build."""
    candidates = (body_of(vector), f"# Words\n\n{vector.text}\n")
    return next((found for found in candidates if not _has_error(found, suffix)), "# Words\n")


def _has_error(body: str, suffix: str) -> bool:
    notes, problems = parse_notes(body, PurePosixPath(f"x{suffix}"))
    problems += resolve_chapters(notes.marks, None, "Opening")[1]
    return any(problem.severity is Severity.ERROR for problem in problems)


def transcripts_of(chunk: Sequence[Vector]) -> list[tuple[str, str]]:
    """The texts as cues and as speakers, in each format: (suffix, content)."""
    texts = [vector.text for vector in chunk]
    lines = [" ".join(text.split()) for text in texts]
    clocks = [f"00:00:{number:02}" for number in range(len(texts) + 1)]
    spans = list(pairwise(clocks))
    vtt = [
        f"{a}.000 --> {b}.500\n<v Ann>{text}\n\n{a}.500 --> {b}.900\n<v {line}>words\n\n"
        f"{a}.600 --> {b}.900\n{escape(line)}\n\n"
        for (a, b), text, line in zip(spans, texts, lines, strict=True)
    ]
    srt = [
        f"{number}\n{a},000 --> {b},900\n{line}: {text}\n\n"
        for number, ((a, b), text, line) in enumerate(zip(spans, texts, lines, strict=True), 1)
    ]
    segments = [
        {"startTime": number, "endTime": number + 1, "speaker": text, "body": text}
        for number, text in enumerate(texts)
    ]
    plain = [
        f"[{a}] Ann: {line}\n\n{line} ({a}):\nwords\n\n"
        for (a, _), line in zip(spans, lines, strict=True)
    ]
    html = [
        f"<cite>{own}:</cite>\n<time>{a[3:]}</time>\n<p>{own}</p>\n"
        for (a, _), line in zip(spans, lines, strict=True)
        for own in (escape(line), line)
    ]
    return [
        ("vtt", f"WEBVTT {lines[0]}\n\nNOTE {lines[0]}\n\n{''.join(vtt)}"),
        ("srt", "".join(srt)),
        ("json", json.dumps({"version": "1.0.0", "segments": segments})),
        ("txt", "".join(plain)),
        ("html", "".join(html)),
    ]


def _write_audio(path: Path, sound: bytes, chunk: Sequence[Vector]) -> None:
    """A short sound with the texts in its tags."""
    text = joined(chunk).encode("utf-8", "replace").decode().replace("\0", "")
    untyped: Any = mutagen.id3
    tags = untyped.ID3()
    tags.add(untyped.TIT2(encoding=3, text=[text]))
    tags.add(untyped.TPE1(encoding=3, text=[text]))
    for number, vector in enumerate(chunk):
        title = vector.text.encode("utf-8", "replace").decode().replace("\0", "")
        frames = [untyped.TIT2(encoding=3, text=[title])]
        tags.add(
            untyped.CHAP(
                element_id=f"c{number}", start_time=number * 1000, end_time=number * 1000 + 1000,
                start_offset=0xFFFFFFFF, end_offset=0xFFFFFFFF, sub_frames=frames,
            )
        )  # fmt: skip
    path.write_bytes(sound)
    tags.save(path)
