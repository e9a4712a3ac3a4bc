"""What a feed says besides all that has a difference of its own, in words people understand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

Details = tuple[tuple[str, str], ...]
"""Names of elements, each with a digest of all elements of that name."""

WORDS = {
    "atom:link": "hubs",
    "author": "author",
    "category": "tags",
    "cloud": "notification service",
    "comments": "address of the comments",
    "content:encoded": "description",
    "copyright": "copyright",
    "description": "description",
    "itunes:author": "author",
    "itunes:category": "categories",
    "itunes:explicit": "whether it is explicit",
    "itunes:keywords": "keywords",
    "itunes:owner": "owner",
    "itunes:subtitle": "subtitle",
    "itunes:summary": "summary",
    "itunes:title": "title for Apple",
    "managingEditor": "owner",
    "podcast:block": "services that are to leave it out",
    "podcast:chat": "chat",
    "podcast:contentLink": "links to it elsewhere",
    "podcast:episode": "number as it is shown",
    "podcast:funding": "ways to support it",
    "podcast:image": "pictures",
    "podcast:license": "licence",
    "podcast:liveItem": "live streams",
    "podcast:location": "place",
    "podcast:locked": "lock against other hosts",
    "podcast:medium": "medium",
    "podcast:person": "people",
    "podcast:podping": "podping",
    "podcast:podroll": "recommended shows",
    "podcast:publisher": "publisher",
    "podcast:season": "name of the season",
    "podcast:socialInteract": "discussion",
    "podcast:soundbite": "soundbites",
    "podcast:transcript": "transcripts",
    "podcast:txt": "text records",
    "podcast:updateFrequency": "how often it comes out",
    "podcast:value": "payments",
    "skipDays": "days without news",
    "skipHours": "hours without news",
    "source": "source",
    "ttl": "how long a copy is good",
    "webMaster": "webmaster",
}
"""What an element is called; one that is not here goes by its own name."""

CHANNEL_WORDS = WORDS | {"category": "categories"}
"""The same for a channel."""

# What a difference of its own tells already: the new title, the new picture.
_FOLLOWS_TITLE = frozenset({"itunes:title"})
_FOLLOWS_ARTWORK = frozenset({"podcast:image"})


@dataclass(frozen=True, slots=True)
class DetailChange:
    """What differs: in words, and the names of the elements that were there and that are."""

    words: str
    before: str
    after: str


def detail_change(
    before: Details,
    after: Details,
    words: dict[str, str],
    *,
    has_other_title: bool = False,
    has_other_artwork: bool = False,
) -> DetailChange | None:
    """All details that differ, as one change; None where there are none.

    >>> a, b = (("podcast:license", "1"), ("x:y", "1")), (("category", "2"), ("x:y", "2"))
    >>> detail_change(a, b, WORDS)
    DetailChange(words='tags (new), licence (gone), x:y', before='podcast:license x:y', \
after='category x:y')
    """
    was, now = dict(before), dict(after)
    changed = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    if has_other_title:
        changed -= _FOLLOWS_TITLE
    if has_other_artwork:
        changed -= _FOLLOWS_ARTWORK
    if not changed:
        return None
    said: dict[str, set[str]] = {}
    for name in sorted(changed):
        mark = "" if name in was and name in now else " (new)" if name in now else " (gone)"
        # Of elements in a namespace that is not known there is only the name.
        said.setdefault(words.get(name, name.removeprefix("?:")), set()).add(mark)
    return DetailChange(
        ", ".join(word + (marks.pop() if len(marks) == 1 else "") for word, marks in said.items()),
        _listed(changed, was),
        _listed(changed, now),
    )


def _listed(changed: Collection[str], there: Collection[str]) -> str:
    return " ".join(sorted(name.removeprefix("?:") for name in changed if name in there))
