"""A style sheet as visitors get it."""

from __future__ import annotations

import re

# Strings, unquoted addresses and escapes are passed over: what looks like a comment there is none.
# A comment that nobody closes ends with the file, as it does in a browser.
_PIECE = re.compile(
    r""" (?P<kept> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | url\([^"'()\n]*\) | \\. )
       | ;? (?: (?P<blank> \s+ ) | /\*.*?(?:\*/|\Z) )+
       | ; """,
    re.DOTALL | re.VERBOSE,
)

# A colon is no edge for what stands before it: "a :hover" is not "a:hover"; nor is "+", for calc().
_EDGES_BEFORE, _EDGES_AFTER = {"", *"{},:>~"}, {"", *"{};,>~"}


def slimmed(css: str) -> str:
    """The same style sheet without what its author wrote for whoever edits it.

    That is comments, the semicolon before a closing brace, and white space behind colons and
    around braces, semicolons, commas, ">" and "~". Of what stands between two words a space
    stays, or, because it parts them, an empty comment.

    >>> slimmed('a/* one */b { content: "/* two */"; } /* three')
    'a/**/b{content:"/* two */"}'
    """

    def shorter(found: re.Match[str]) -> str:
        if found["kept"]:
            return found[0]
        after = css[found.end() : found.end() + 1]
        if found[0].startswith(";"):
            return "" if after == "}" else ";"
        # An escape before it was passed over, and belongs to a name.
        before = css[max(found.start() - 2, 0) : found.start()]
        is_edge = not before.startswith("\\") and before[-1:] in _EDGES_BEFORE
        if is_edge or after in _EDGES_AFTER:
            return ""
        return " " if found["blank"] else "/**/"

    return _PIECE.sub(shorter, css)
