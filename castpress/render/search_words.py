"""Text as words that can be looked up: the same ones from what is written and what is typed.

``templates/search.js`` does the same in the browser; a test holds the two together.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_LONGEST = 40  # letters of a word that count

# Accents; points of Hebrew; vowels and the stretching stroke of Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]"
)
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}
    | {"þ": "th", "ς": "σ"}
)
# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indian scripts stand inside of words and are no letters.
_RUN = re.compile(f"([{_DENSE}]+)|(?:(?![{_DENSE}])[^\\W_]|[\u0900-\u0963\u0966-\u0dff])+")
_PLAIN_RUN = re.compile("[a-z0-9]+")
_TYPOGRAPHY = re.compile("[\u2010-\u2027]+")


def fold(text: str) -> str:
    """The text without case, accents and forms of letters.

    >>> fold("Über Straße"), fold("ﬁle Ⅳ"), fold("Ángel")
    ('uber strasse', 'file iv', 'angel')
    """
    text = _TYPOGRAPHY.sub(" ", text)
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", normalize("NFKD", text)).lower().translate(_LETTERS)
    return normalize("NFC", bare)


def words_of(text: str) -> list[str]:
    """All words of a text in their order, folded, with repetitions.

    Scripts without spaces come as pairs of letters, and the last letter alone, so that each letter
    begins a word.

    >>> words_of("The runner’s Café: 10 km!")
    ['the', 'runner', 's', 'cafe', '10', 'km']
    >>> words_of("東京都 run")
    ['東京', '京都', '都', 'run']
    """
    folded = fold(text)
    if folded.isascii():
        return [word[:_LONGEST] for word in _PLAIN_RUN.findall(folded)]
    words: list[str] = []
    for run in _RUN.finditer(folded):
        if run[1]:
            words += (run[1][i : i + 2] for i in range(len(run[1])))
        else:
            words.append(run[0][:_LONGEST])
    return words
