"""Texts that make careless readers slow: one piece over and over, and what grows with the text.

A family is tried with its first piece in every test run, and with all of them in the long one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

UNITS: dict[str, tuple[str, ...]] = {
    "brackets that never close": ("[", "(", "![", "[[", "((", "{", "“", "[a](", "![a](", "[a]["),
    "brackets that were never opened": ("]", ")", "](", "]: "),
    "stamps that never close": ("（0：00", "(0:00", "[0:00", "[0-", "(0-", "[@0:00", "[0-2"),
    "stamps": (
        "0:00 ",
        "(0:00) x ",
        "0:00",
        "0:00~",
        "@0:00 ",
        "[@0:00] ",
        "00:00:00 A ",
        "０：００ ",
    ),
    "stamped lines": (
        "0:00 x\n",
        "- 0:00 x\n",
        "x 0:00\n",
        "x\n0:00\n",
        "**0:00** x\n",
        "0:00 x\n\n",
    ),
    "stamped items": ("- x (0:00)\n", "- [0:00](#t=0) x\n", "- **a**: 0:00\n", "1. x 0:00\n"),
    "slips in stamps": ("1;29:26 ", "00.12.30 ", "1.30 ", "0:00:00:", "1:1:", "1:75 ", "12 : 30 "),
    "ranges": ("[0-2 min] ", "0–2 ", "0-", "12 min ", "1h2m", "90 sec ", "0'-2' ", "min ", "- end"),
    "timed headings": ("## A [0-2 min]\n\n", "## A 0:00\n", "## 0:00 A\n\n", "## A (5 min)\n\n"),
    "headings": ("## A\n", "# ", "#", "A\n---\n", "A\n===\n", "===\n", "---\n", "# #\n"),
    "pasted headings": (
        "Why is it\n\nwords and more.\n\n",
        "A\n",
        "A b\n\n",
        "Exercises\n\n",
        "I\n",
    ),
    "paragraphs": (
        "a\n\n",
        "a\n",
        "a b c. ",
        "\n",
        "\r",
        "\r\n",
        "a  \n",
        "a\\\n",
        "Summary\n\na\n\n",
    ),
    "nested quotations": ("> ", ">", "> - ", ">> a\n"),
    "nested lists": ("+ ", "- - ", "1. ", "1) ", "1. 1. ", "- ", "* * *\n", "- - - \n", "  - a\n"),
    "items": (
        "- a\n",
        "1. a\n",
        "• a\n",
        "• ",
        "o\t",
        "§\ta\n",
        "a)\n",
        "- a\n\n",
        "- [x] ",
        "I. ",
    ),
    "emphasis": ("*", "**", "*a", "a_", "_", "**a ", "*a_", "*a **b ", "~~", "~", "__a*", "a*b**c"),
    "emphasis and brackets": ("*[", "[*", "`[", "_(", "*[a](b)"),
    "code": ("`a` ", "`", "``", "` ", "```\n", "~~~\n", "    a\n", "\n\n    a"),
    "tables": ("|---|\n", "| a ", "|", "| 0:00 | x |\n", "|a|b|\n|-|-|\n", "a|b\n"),
    "definitions": ("a\n: b\n\n", ":", ": ", "a: ", "a:", "::", "\n: "),
    "references": ("[a]: b\n", "[a] ", "\n[a]\n", "[a]\n\n[a]: b\n\n"),
    "footnotes": ("[^1] ", "[^1]: x\n\n", "[^a]: [^a]\n", "[^"),
    "links": ("[a](b) ", "<https://e.org> ", "[a](<b c>) ", "[![a](b)](c) ", "https://e.org/ "),
    "addresses": ("https://a.b/c_d* ", "http://", "http://a", "www.", "a.com/b ", "a/b ", "//"),
    "mail addresses": ("a@b.c ", "a@", "a.", "@", "mailto:", "a@b.org,"),
    "open tags": ("<", "<a", "<a ", "<b", "</", '<a href="', "<img ", '<p a="', "<a\n", "<i<"),
    "tags": (
        "<b>",
        "<div>",
        "<p>",
        "</p>",
        "<i><b>",
        "<a>",
        "<a href=x>",
        "<font>",
        "<nobr>",
        "</b>",
    ),
    "tags in tables": ("<table>", "<table><tr><td>", "<select>", "<form>", "<template>", "<b><p>"),
    "tags that swallow": (
        "<script>",
        "<style>",
        "<title>",
        "<textarea>",
        "<svg>",
        "<math>",
        "<xmp>",
    ),
    "blocks of HTML": ("<p>0:00 a</p>\n", "<li>0:00 a</li>\n", "<h2>a</h2>\n", "<br>", "<ul><li>"),
    "lines of HTML": ("<p>0:00 a<br>1:00 b</p>\n", "<div>\na\n</div>\n", "<dl><dt>a<dd>b</dl>\n"),
    "attributes": ('a="b" ', '<p a="b">', "<p a a ", "<p a='\"", "style=", "<p style='color:red'>"),
    "comments": ("<!--", "<!-- -->", "<![CDATA[", "<?", "<!", "-->", "]]>", "<!-"),
    "entities": ("&", "&amp", "&#", "&#1", "&#x", "&amp;", "&#0;", "&nbsp;", "&#99999999999;"),
    "backslashes": ("\\", "\\*", "\\[", "\\\n"),
    "digits": ("1", "12", "1:", "1:1", "1,", "2024-2025 ", "1 ", "٠"),
    "spaces": (" ", "\t", "\n\t", "    ", " \n", "\u00a0", "a" + " " * 50, "\u2028"),
    "quotes": ('"', "'", "“a” ", "'a' ", '"a', "`a"),
    "marks": ("?", "!", "...", " – ", "—", "--", ";", "=", "+", "^", "$", "%", "✅ ", "→", "©"),
    "invisible characters": ("\u200b", "\u202e", "\0", "\ufffd", "\u0301", "\ufeff", "\ufe0f"),
    "words": ("word ", "word", "é", "标", "🎉", "Title ", "and ", "; ", "标题。", "مرحبا "),
    "moments in prose": (
        "at 0:00 ",
        "at 1:00, ",
        "Monday 1:00 ",
        "1:00 am ",
        "John 3:16 ",
        "ratio 4:1 ",
    ),
    "what is no moment": ("5:30 min/km ", "meet at 9:00\n", "3 x 0:30\n", "2:1, ", "5k in 19:30. "),
    "videos": ("see the video. ", "video ", "click ", "watch the video below ", "VİDEO "),
    "speakers": ("Kim: hello\n\n", "Q: a\nA: b\n", ">> ", "Kim (0:00): a\n", "[0:00] KIM: a\n"),
    "mails": (
        "From: a\n",
        "On Monday Kim wrote:\n",
        "From: a\nTo: b\n\n",
        "> a\n",
        "Cheers\n",
        "-- \n",
    ),
    "furniture": (
        "Skip to content\n",
        "3 Comments\n",
        "© 2026\n",
        "Share\n",
        "Kim2 Comments\n",
        "by Kim\n",
    ),
    "exercises": ("Exercises:\n- a\n", "- a – b\n", "## Exercises\n\n- a b c d e f g h i\n\n"),
    "topics": ("## Topics\n\n- a; and\n\n", "Topics:\n- a\n", "Links:\nhttps://e.org/x\n"),
    "front matter": ("---\n", "a: b\n", "---\na: b\n---\n", "chapters:\n- start: 0:00\n"),
}


def _stamps(unit: str, step: int = 1) -> Callable[[int], str]:
    """Lines with a stamp each, which rise by a second, or fall; all within the length."""

    def made(size: int) -> str:
        count = size // (len(unit) + 4)
        seconds = range(count) if step > 0 else range(count, 0, -1)
        return "# T\n\n" + "".join(unit.format(f"{s // 60}:{s % 60:02}") for s in seconds)

    return made


GROWING: dict[str, Callable[[int], str]] = {
    "a list of stamps": _stamps("- {} x\n"),
    "lines of stamps": _stamps("{} x\n"),
    "paragraphs of stamps": _stamps("{} x\n\n"),
    "a paragraph of stamps": _stamps("({}) x "),
    "stamps that fall": _stamps("- {} x\n", -1),
    "a table of stamps": lambda n: "|a|b|\n|-|-|\n" + _stamps("| {} | x |\n")(n)[5:],
    "headings that rise": lambda n: "".join(f"## H [{i}-{i + 1} min]\n\n" for i in range(n // 18)),
    "headings in each other": lambda n: "".join(
        f"{'#' * (1 + i % 6)} A [{i}-{n - i} min]\n\n" for i in range(n // 22)
    ),
    "ranges to the end": lambda n: "".join(f"## A [{i}-{n} min]\n\n" for i in range(n // 20)),
    "one heading many times": lambda n: "# T\n\n" + "## Same\n\nx\n\n" * (n // 12),
    "headings like numbered ones": lambda n: "".join(
        f"## Same\n\n## Same {i}\n\n" for i in range(2, n // 20)
    ),
    "references": lambda n: "".join(f"[a{i}]\n\n[a{i}]: b\n\n" for i in range(n // 22)),
    "footnotes": lambda n: "".join(f"[^{i}] \n\n[^{i}]: b\n\n" for i in range(n // 22)),
    "links": lambda n: "".join(f"- [a {i}](https://e.org/{i})\n" for i in range(n // 28)),
    "deeper items": lambda n: "".join("  " * i + "- a\n" for i in range(int(n**0.5))),
    "deeper quotations": lambda n: "".join(">" * i + " a\n" for i in range(int((2 * n) ** 0.5))),
    "tags and their ends": lambda n: "<b>" * (n // 7) + "</b>" * (n // 7),
    "blocks and their ends": lambda n: "<div>" * (n // 11) + "x" + "</div>" * (n // 11),
    "lists and their ends": lambda n: "<ul><li>" * (n // 17) + "x" + "</li></ul>" * (n // 17),
    "wide tables": lambda n: "|" + "a|" * (n // 4) + "\n|" + "-|" * (n // 4) + "\n",
    "long rows for short ones": lambda n: (
        "|" + "a|" * int(n**0.5) + "\n|" + "-|" * int(n**0.5) + "\n" + "|a|\n" * (n // 8)
    ),
    "emphasis that opens, then closes": lambda n: "*a " * (n // 6) + "b* " * (n // 6),
    "runs of backticks": lambda n: " ".join("`" * i for i in range(1, int((2 * n) ** 0.5))),
    "one line": lambda n: "word " * (n // 5),
    "one word": lambda n: "w" * n,
    "blanks before a letter": lambda n: "-" + " " * n + "x",
    "blanks before a mark": lambda n: "## 1.30" + " " * n + "!",
    "names of roles": lambda n: "".join(f"Topics {i}:\n- a\n\n" for i in range(n // 18)),
    "one list of topics": lambda n: "## Topics\n\n" + "- a b c; and\n" * (n // 13),
    "one list of exercises": lambda n: "## Exercises\n\n" + "- Plank for a while\n" * (n // 20),
}
"""Texts that are made for a length in characters; they keep about to it."""

TRANSCRIPT_UNITS: dict[str, tuple[str, ...]] = {
    "cues": (
        "00:01.000 --> 00:02.000\na\n\n",
        "00:01.000 --> 00:02.000\n",
        "1\n00:00:01,0 --> 00:00:02,0\na\n\n",
    ),
    "arrows": ("-->", "--> ", "->", "00:01.000 --> ", "-", ">", "--> 00:01\n"),
    "voices": ("<v Ann>", "<v ", "<v Ann>a</v>", "<", "<c.", "</", "<00:01.000>"),
    "overrides": ("{\\an8}", "{", "{\\", "}"),
    "speakers": ("Ann: ", "Ann: a\n", "A. B. C. D: ", ">> ", "ANN\n\na\n\n", "Ann:\n", "A "),
    "stamped speakers": (
        "Amy (00:12:30): a\n",
        "[00:12:30] AMY: a\n",
        "Amy 0:00\na\n\n",
        "(",
        "[0:",
    ),
    "blocks without a time": ("NOTE a\n\n", "STYLE\n", "a\n\n", "\n", "WEBVTT\n", "1\n"),
    "segments": (
        '{"segments":[',
        '{"startTime":0,"endTime":1,"body":"a"},',
        "[",
        '{"a":',
        '"',
        "\\u0000",
    ),
    "markup": (
        "<p>a</p>\n",
        "<cite>Ann:</cite><time>0:01</time><p>a</p>\n",
        "<br>",
        "&amp;",
        "<p>",
    ),
    "words": ("word ", "word", " ", "\t", "1", "é", "\0", "\u2028", "..."),
}

TRANSCRIPTS: dict[str, Callable[[int], str]] = {
    "cues that rise": lambda n: (
        "WEBVTT\n\n"
        + "".join(
            f"{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}.000 --> 99:59:59.000\nAnn: a\n\n"
            for i in range(n // 42)
        )
    ),
    "cues that fall": lambda n: (
        "WEBVTT\n\n"
        + "".join(
            f"{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}.000 --> 99:59:59.000\na\n\n"
            for i in range(n // 37, 0, -1)
        )
    ),
    "speakers without end": lambda n: "".join(f"Ann {i} ({i}:00): a\n\n" for i in range(n // 20)),
    "JSON": lambda n: json.dumps(
        {
            "version": "1.0.0",
            "segments": [
                {"startTime": i, "endTime": i + 9, "speaker": "Ann", "body": "a b"}
                for i in range(n // 60)
            ],
        }
    ),
}
"""Transcripts that are made for a length in characters."""


def repeated(unit: str, size: int) -> str:
    """The piece over and over, ``size`` characters at least."""
    return unit * (size // len(unit) + 1)
