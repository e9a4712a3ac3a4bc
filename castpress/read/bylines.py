"""Lines that say who wrote the notes and when, and how many comments they have.

Site builders paste such parts glued together: ``Coach Kim3 Comments``, ``By Kim | May 3, 2024``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(
    r"(?:[A-ZÀ-ÞΑ-ΩА-Я]|['’])[\w.'’-]*"
    r"(?: (?:(?:and|und|et|y|e|&|de|da|di|van|von|der|la|le|bin|al)"
    rf"|(?=[^\W\d_])(?![a-zß-ÿ]){_WORD})){{0,5}}"
)
_BY = re.compile(
    r"(?:(?:posted|written|published|shared|notes|words|story|text|article)\s+by|by|von|par|por|di|door|av)"
    r":?\s+(?P<name>\S.*)",
    re.IGNORECASE,
)
_COMMENT_WORD = (
    r"(?:comments?|replies|reply|responses?|kommentare?|commentaires?|comentarios?|comentários?"
    r"|commenti|commento|reacties?|kommentarer|komentarz[ey]?)"
)
_COUNT = re.compile(
    rf"(?:(?P<count>[0-9]{{1,6}}|(?<!\w)(?:no|zero|one|keine|aucun))\s*{_COMMENT_WORD}"
    rf"|(?<!\w){_COMMENT_WORD}\s*[:(]?\s*(?P<behind>[0-9]{{1,6}})\)?)"
    r"(?:\s+(?:on|to|zu|sur)\s+[\"'“‘„«].{1,160})?(?!\w)",
    re.IGNORECASE,
)
_WORD_COUNTS = {"no": 0, "zero": 0, "one": 1, "keine": 0, "aucun": 0}
# English, German, French, Spanish; English and German also by their first three letters.
_MONTHS = (
    ("january", "januar", "janvier", "enero", "jan"),
    ("february", "februar", "février", "febrero", "feb"),
    ("march", "märz", "mars", "marzo", "mar"),
    ("april", "avril", "abril", "apr"),
    ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio", "jun"),
    ("july", "juli", "juillet", "julio", "jul"),
    ("august", "août", "agosto", "aug"),
    ("september", "septembre", "septiembre", "sept", "sep"),
    ("october", "oktober", "octobre", "octubre", "oct", "okt"),
    ("november", "novembre", "noviembre", "nov"),
    ("december", "dezember", "décembre", "diciembre", "dec", "dez"),
)
_MONTH_NUMBERS = {name: number for number, row in enumerate(_MONTHS, 1) for name in row}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_LEAD = r"(?:(?:posted|published|updated|written|last updated)\s+)?(?:on\s+)?(?:the\s+)?"
_DATES = tuple(
    re.compile(rf"(?:(?<!\w)|(?-i:(?<=[a-zß-ÿ])(?=[A-Z]))){_LEAD}{_WEEKDAY}{form}(?:,?\s+(?:at\s+)?[0-9]{{1,2}}:[0-9]{{2}}(?:\s*[ap]m)?)?"
               r"(?![\w:])", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_DAY}\.?\s+{_MONTH}(?:,?\s+{_YEAR})?",
        rf"{_YEAR}-(?P<month_number>[01][0-9])-(?P<day>[0-3][0-9])",
        r"[0-3]?[0-9][/.][0-3]?[0-9][/.](?:19|20)?[0-9]{2}",
    )
)  # fmt: skip
_MAY_BE_DATE = re.compile(rf"{_MONTH}|[0-9]{{4}}|[0-9][/.][0-9]", re.IGNORECASE)
_READ_TIME = re.compile(
    r"(?:reading time:?\s*)?[0-9]{1,3}\s*(?:min|minutes?)\.?(?:\s*read)?|[0-9][0-9.,]{0,9}\s*"
    r"(?:views?|likes?|shares?)",
    re.IGNORECASE,
)
_SURE_READ_TIME = re.compile(
    r"(?:reading time:?\s*[0-9]{1,3}\s*min(?:ute)?s?\.?|[0-9]{1,3}\s*min(?:ute)?s?\s+read)",
    re.IGNORECASE,
)
_FILED = re.compile(r"(?:in|filed under:?|posted in:?|category:?)\s+\S.{0,60}", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[|·•/]\s*|\s+[–—-]\s+|\s*,\s+|\s{2,}")
# What stands before a count without being anybody's name.
_NO_NAMES = frozenset(
    (
        *("top", "best", "your", "our", "my", "first", "last", "the", "all", "these", "favorite"),
        *("favourite", "funniest", "worst", "more", "some", "any", "reader", "listener", "recent"),
        *("in", "read", "see", "view", "show", "hide", "load", "leave", "add", "join", "we", "i"),
    )
)
_MAY_BE_A_HEADING = re.compile(r"repl|respons", re.IGNORECASE)
# What each byline holds: a number, a word of counting, or one that leads in to a name.
_MAY_BE_BYLINE = re.compile(
    rf"[0-9]|{_COMMENT_WORD}|^(?:posted|written|published|shared|notes|words|story|text|article)\s+by"
    r"|^(?:by|von|par|por|di|door|av)\b",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(rf"{_COMMENT_WORD}|min(?:ute)?s?\.? read|reading time", re.IGNORECASE)
_LONGEST = 200
_LONGEST_LABEL = 30  # the category that a post stands in


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; ``published`` is the day as 2024-05-03 where it is whole and sure.

    ``is_certain`` holds where the line can be nothing else: it counts comments.
    """

    author: str | None = None
    comment_count: int | None = None
    published: str | None = None
    is_certain: bool = False
    is_date: bool = False


def read_byline(line: str) -> Byline | None:
    """The byline that a whole line is, None where it is text.

    >>> found = read_byline("Coach Kim3 Comments")
    >>> found.author, found.comment_count
    ('Coach Kim', 3)
    >>> read_byline("Posted by Kim on May 3, 2024").published
    '2024-05-03'
    >>> read_byline("We read 3 comments today") is None
    True
    """
    if len(line) > _LONGEST or not _MAY_BE_BYLINE.search(line):
        return None
    found = Byline()
    if _SURE_READ_TIME.fullmatch(line):
        return Byline(is_date=True, is_certain=True)
    rest, is_joined = line, False
    count = _COUNT.search(line)
    if count is not None:
        before, after = line[: count.start()], line[count.end() :]
        is_joined = before[-1:].isalpha() and (count["count"] or "")[:1].isdigit()
        typed = count["count"] or count["behind"]
        number = int(typed) if typed.isdigit() else _WORD_COUNTS[typed.lower()]
        is_certain = typed.isdigit() and not _MAY_BE_A_HEADING.search(count[0])
        found = replace(found, comment_count=number, is_certain=is_certain)
        rest = f"{before} | {after}"
    rest, found, is_date_joined = _without_date(rest, found)
    return _with_parts(rest, found, is_joined=is_joined, is_date_joined=is_date_joined)


def certain_byline(line: str) -> Byline | None:
    """The byline that a line is and that can be nothing else, wherever it stands."""
    if len(line) > _LONGEST or not _SAYS_SO.search(line):
        return None
    byline = read_byline(line)
    return byline if byline is not None and byline.is_certain else None


def name_alone(line: str) -> Byline | None:
    """The byline that a line with nothing but a name is, two to four words."""
    is_name = _NAME.fullmatch(line) is not None and 2 <= len(line.split()) <= 4
    return Byline(author=line) if is_name else None


def _without_date(line: str, found: Byline) -> tuple[str, Byline, bool]:
    """The line without its date, and whether the date was glued to a name."""
    for form in _DATES if _MAY_BE_DATE.search(line) else ():
        date = form.search(line)
        if date is None:
            continue
        parts = date.groupdict()
        year, day = parts.get("year"), parts.get("day")
        month = int(
            parts.get("month_number") or _MONTH_NUMBERS.get((parts.get("month") or "").lower(), 0)
        )
        whole = year and day and 1 <= month <= 12 and 1 <= int(day) <= 31
        published = f"{year}-{month:02}-{int(day):02}" if whole and day else None
        found = replace(found, published=published, is_date=True)
        before, after = line[: date.start()], line[date.end() :]
        return f"{before} | {after}", found, before[-1:].isalpha()
    return line, found, False


def _with_parts(
    rest: str, found: Byline, *, is_joined: bool, is_date_joined: bool
) -> Byline | None:
    """The byline with the author that its other parts name; None where one of them is text."""
    parts = [part.strip(" ,.:;-") for part in _SEPARATORS.split(rest)]
    parts = [part for part in parts if part]
    is_counted = found.comment_count is not None
    unknown = 0
    for part in parts:
        by = _BY.fullmatch(part)
        name = by["name"] if by is not None else part
        is_name = _NAME.fullmatch(name) is not None and name.split()[0].lower() not in _NO_NAMES
        if _READ_TIME.fullmatch(part) or _FILED.fullmatch(part):
            continue
        if found.author is None and is_name and (by or is_counted or is_date_joined):
            # "Kim 3 Comments" may be a heading; "Kim3 Comments" and "By Kim" may not.
            is_sure = found.is_certain and (is_joined or by is not None or found.is_date)
            found = replace(found, author=name, is_certain=is_sure)
        else:
            unknown += 1 if len(part) <= _LONGEST_LABEL else len(parts)
    known = (found.author is not None) + is_counted + found.is_date
    return found if known > unknown and (known > 1 or not unknown) else None
