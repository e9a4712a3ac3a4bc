"""Corpus files, cut up and joined anew: inputs that are nearly what people write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_TEXTS = (
    *("# ", "## ", "\n", "\n\n", "- ", "  - ", "1. ", "> ", "    ", "**", "*", "_", "`", "```\n"),
    *("|", "|---|\n", "~~", "[", "]", "(", ")", "![", "](", "<", ">", "&", "&amp;", "&#0;", "\\"),
    *("[0-2 min]", "[12 min -]", "[55 min - end]", "[2-1 min]", "[1:75]", "(5 min)", "0:00 "),
    *("12:30", "01:02:03", "1;29:26", "00.12.30", "75:10", "2m15s", "0'-2'", "[@1:35] ", "~"),
    *("(00:00:00) A (00:05:22) B ", "**0:15** ", "[x](#t=1:00)", "### 6:26 ", " – ", ": ", "?"),
    *("•", "◦ ", "✅ ", "→ ", "o\t", "§\t", "：", "（0：00）", "٠:٠٠ ", "０：００ ", "分", "мин"),
    *(
        "https://e.org/x",
        "www.e.org",
        "a@b.org",
        "[^1]",
        "[^1]: x\n",
        "[x]: /y\n",
        "term\n: text\n",
    ),
    *("<b>", "</b>", "<a href=", "<div>", "<script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>"),
    *("<table><tr><td>", "<li>", "<br>", "<svg>", "<math>", "<p>", "<h2>0:00 A</h2>", "<ul>"),
    *(
        "---\n",
        "title: ",
        "chapters:\n- start: 0:00\n  title: x\n",
        "people: [{name: x}]\n",
        "!!set",
    ),
    *("&a ", "*a ", "? ", "| \n", "{", "}", "{{", "{%", "'", '"', "#", "%", "@"),
    *("WEBVTT\n", "00:01.000 --> 00:02.000\n", "1\n00:00:01,500 --> 00:00:02,000\n", "<v Ann>"),
    *("Amy (00:12:30): ", "[00:12:30] AMY: ", ">> ", "{\\an8}", "NOTE\n", "STYLE\n", "-->"),
    *('{"segments": [', '{"startTime": 1e999, "body": ""}', "null", "-1", "1e400", "\\ud800"),
    *(
        "Summary\n",
        "Exercises\n",
        "Transcript\n",
        "see video below",
        "From: a\nTo: b\n",
        "Cheers\n",
    ),
    *(
        "\r",
        "\r\n",
        "\t",
        "\0",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "é",
        "标题",
        "🏃🏽‍♀️",
    ),
    *("\u0301", "\u2028", "\x85", "\x0c", "9" * 40, " " * 40, "<?xml", "<!DOCTYPE", "&x;"),
)
_NOT_UTF8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbf")

PIECES = (*map(str.encode, _TEXTS), *_NOT_UTF8)
"""What the readers look for, and what spoils it."""

_NUMBER = re.compile(rb"[0-9]+")


def lines_of(seeds: Sequence[bytes]) -> tuple[bytes, ...]:
    """All lines of the files, each once, with their ends."""
    return tuple(dict.fromkeys(line for seed in seeds for line in seed.splitlines(keepends=True)))


def mutate(data: bytes, lines: Sequence[bytes], random: Random, max_size: int) -> bytes:
    """The data with a few changes of the kinds that people, tools and attackers make."""
    for _ in range(1 + random.randrange(4)):
        data = _CHANGES[random.randrange(len(_CHANGES))](data, lines, random)
    return data[:max_size]


def _insert_line(data: bytes, lines: Sequence[bytes], random: Random) -> bytes:
    own = data.splitlines(keepends=True)
    place = random.randrange(len(own) + 1)
    return b"".join((*own[:place], random.choice(lines), *own[place:]))


def _replace_line(data: bytes, lines: Sequence[bytes], random: Random) -> bytes:
    own = data.splitlines(keepends=True) or [b""]
    own[random.randrange(len(own))] = random.choice(lines)
    return b"".join(own)


def _move_lines(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    own = data.splitlines(keepends=True)
    first, end = sorted(random.randrange(len(own) + 1) for _ in range(2))
    rest = own[:first] + own[end:]
    place = random.randrange(len(rest) + 1)
    return b"".join(rest[:place] + own[first:end] + rest[place:])


def _repeat(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    if random.random() < 0.5:
        end = min(end, first + 8)
    times = random.choice((1, 2, 10, 100, 1000))
    return data[:end] + data[first:end] * min(times, 20_000 // max(end - first, 1)) + data[end:]


def _delete(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[min(end, first + random.choice((1, 4, 40, 4000))) :]


def _insert_piece(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(PIECES) * random.choice((1, 1, 1, 2, 30)) + data[place:]


def _replace_by_piece(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(PIECES) + data[place + random.randrange(12) :]


def _change_number(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    found = random.choice(numbers)
    other = random.choice((b"0", b"1", b"59", b"60", b"99", b"100", b"999999999999", b"00", b""))
    return data[: found.start()] + other + data[found.end() :]


def _flip(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    changed = bytearray(data or b"\0")
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


_CHANGES = (
    _insert_line,
    _replace_line,
    _move_lines,
    _repeat,
    _delete,
    _insert_piece,
    _insert_piece,
    _replace_by_piece,
    _change_number,
    _flip,
)
