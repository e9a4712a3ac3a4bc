"""The project's own table of every element that a feed of ours may hold.

Here are RSS, Atom, RFC 5005, Apple and Podlove; ``podcast_elements`` has the podcast namespace.
What is in neither is a fault: no extension of others is written.

Where the sources leave a choice, or castpress writes more than one of them likes:

- Apple counts seasons and episodes from 1, and a trailer or prologue may be 0 here;
- ``itunes:image`` is required by Apple, and a show without artwork is still a feed;
- addresses, guids and attributes are not held to the 255 characters of other values.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from castpress.model import element_relations as together
from castpress.model import value_kinds as kinds
from castpress.model.element_rules import (
    Attribute,
    ElementRule,
    Within,
    in_channel,
    in_item,
    required,
)
from castpress.model.podcast_elements import PODCAST_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RSS = "RSS 2.0"
_APPLE = "Apple, A Podcaster's Guide to RSS"
_HISTORY = "RFC 5005, Feed Paging and Archiving"
_PODLOVE = "Podlove Simple Chapters 1.2"
_LINKS = (
    *("self", "hub", "alternate", "first", "previous", "next", "last"),
    *("current", "prev-archive", "next-archive"),
    *("http://podlove.org/deep-link", "http://podlove.org/simple-chapters"),
)

_CORE = (
    ElementRule("channel", _RSS, (Within("rss", 1, 1),), together=together.channel),
    ElementRule("item", _RSS, in_channel(most=None), together=together.item),
    ElementRule(
        "title",
        _RSS,
        (*in_channel(1), *in_item(1, live=1), Within("image", 1, 1)),
        text=kinds.TITLE,
    ),
    ElementRule("link", _RSS, (*in_channel(1), *in_item(), Within("image", 1, 1)), text=kinds.WEB),
    ElementRule("description", _RSS, (*in_channel(1), *in_item()), text=kinds.DESCRIPTION),
    ElementRule("content:encoded", "RSS content module", in_item(), text=kinds.ANY_TEXT),
    ElementRule("language", "PSP-1", in_channel(1), text=kinds.LANGUAGE),
    ElementRule("copyright", _RSS, in_channel(), text=kinds.TITLE),
    ElementRule("generator", _RSS, in_channel(), text=kinds.TITLE),
    ElementRule("docs", _RSS, in_channel(), text=kinds.WEB),
    ElementRule("lastBuildDate", _RSS, in_channel(), text=kinds.DATE),
    ElementRule("pubDate", _RSS, (*in_channel(), *in_item()), text=kinds.DATE),
    ElementRule("managingEditor", _RSS, in_channel(), text=kinds.EMAIL_AND_NAME),
    ElementRule("webMaster", _RSS, in_channel(), text=kinds.EMAIL_AND_NAME),
    ElementRule("ttl", _RSS, in_channel(), text=kinds.FROM_ONE),
    ElementRule("skipHours", _RSS, in_channel(), together=together.hours),
    ElementRule("hour", _RSS, (Within("skipHours", 1, 24),), text=kinds.HOUR),
    ElementRule("skipDays", _RSS, in_channel(), together=together.hours),
    ElementRule(
        "day",
        _RSS,
        (Within("skipDays", 1, 7),),
        text=kinds.words(
            *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        ),
    ),
    ElementRule(
        "cloud",
        _RSS,
        in_channel(),
        (
            required("domain", kinds.HOST),
            required("port", kinds.FROM_ONE),
            required("path", kinds.ANY_TEXT),
            # http-post has none, and RSS asks for the attribute all the same.
            required("registerProcedure", kinds.PERHAPS),
            required("protocol", kinds.words("http-post", "xml-rpc", "soap")),
        ),
    ),
    ElementRule("image", _RSS, in_channel()),
    ElementRule("url", _RSS, (Within("image", 1, 1),), text=kinds.WEB),
    ElementRule("width", _RSS, (Within("image"),), text=kinds.FROM_ONE),
    ElementRule("height", _RSS, (Within("image"),), text=kinds.FROM_ONE),
    ElementRule(
        "category",
        _RSS,
        (*in_channel(most=None), *in_item(most=None)),
        (Attribute("domain", kinds.ANY_TEXT),),
        kinds.TITLE,
    ),
    ElementRule("author", _RSS, in_item(), text=kinds.EMAIL_AND_NAME),
    ElementRule("comments", _RSS, in_item(), text=kinds.PAGE),
    ElementRule(
        "guid",
        _RSS,
        in_item(1, live=1),
        (Attribute("isPermaLink", kinds.TRUE_FALSE),),
        # It never changes, so that of a feed that was imported may be longer than 255.
        kinds.ANY_TEXT,
        together=together.guid,
    ),
    ElementRule(
        "enclosure",
        _RSS,
        in_item(1, live=1),
        (
            required("url", kinds.WEB),
            required("length", kinds.COUNT),
            required("type", kinds.MEDIA_TYPE),
        ),
    ),
    ElementRule(
        "atom:link",
        "RFC 4287; PSP-1 (self); WebSub (hub); RFC 5005 (pages and archives)",
        (*in_channel(1, None), *in_item(most=None)),
        (
            required("href", kinds.WEB),
            required("rel", kinds.words(*_LINKS)),
            Attribute("type", kinds.MEDIA_TYPE),
            Attribute("title", kinds.ANY_TEXT),
            Attribute("hreflang", kinds.LANGUAGE),
        ),
    ),
    ElementRule("fh:complete", _HISTORY, in_channel()),
    ElementRule("fh:archive", _HISTORY, in_channel()),
)

_ITUNES = (
    ElementRule(
        "itunes:image", _APPLE, (*in_channel(), *in_item()), (required("href", kinds.WEB),)
    ),
    ElementRule(
        "itunes:category",
        _APPLE,
        (*in_channel(1, None), Within("itunes:category", 0, None)),
        (required("text", kinds.CATEGORY),),
        together=together.category,
    ),
    ElementRule("itunes:explicit", _APPLE, (*in_channel(1), *in_item()), text=kinds.TRUE_FALSE),
    ElementRule("itunes:author", _APPLE, (*in_channel(), *in_item()), text=kinds.TITLE),
    ElementRule("itunes:title", _APPLE, (*in_channel(), *in_item()), text=kinds.TITLE),
    ElementRule("itunes:type", _APPLE, in_channel(), text=kinds.words("episodic", "serial")),
    ElementRule("itunes:new-feed-url", _APPLE, in_channel(), text=kinds.WEB),
    ElementRule("itunes:block", _APPLE, (*in_channel(), *in_item()), text=kinds.words("Yes")),
    ElementRule("itunes:complete", _APPLE, in_channel(), text=kinds.words("Yes")),
    ElementRule("itunes:applepodcastsverify", _APPLE, in_channel(), text=kinds.TITLE),
    ElementRule("itunes:owner", "Apple, until 2022; Spotify, YouTube, Amazon", in_channel()),
    ElementRule("itunes:name", _APPLE, (Within("itunes:owner"),), text=kinds.TITLE),
    ElementRule("itunes:email", _APPLE, (Within("itunes:owner", 1, 1),), text=kinds.EMAIL),
    ElementRule("itunes:duration", _APPLE, in_item(), text=kinds.DURATION),
    ElementRule("itunes:season", _APPLE, in_item(), text=kinds.COUNT),
    ElementRule("itunes:episode", _APPLE, in_item(), text=kinds.COUNT),
    ElementRule(
        "itunes:episodeType", _APPLE, in_item(), text=kinds.words("full", "trailer", "bonus")
    ),
)

_CHAPTERS = (
    ElementRule(
        "psc:chapters", _PODLOVE, in_item(), (Attribute("version", kinds.words("1.2", "1.1")),)
    ),
    ElementRule(
        "psc:chapter",
        _PODLOVE,
        (Within("psc:chapters", 1, None),),
        (
            # Other forms are allowed; AntennaPod reads bare seconds as 0.
            required("start", kinds.CLOCK_TIME),
            required("title", kinds.ANY_TEXT),
            Attribute("href", kinds.PAGE),
            Attribute("image", kinds.WEB),
        ),
    ),
)


def _children(rules: Iterable[ElementRule]) -> Mapping[str, Mapping[str, Within]]:
    found: dict[str, dict[str, Within]] = defaultdict(dict)
    for rule in rules:
        for within in rule.within:
            found[within.parent][rule.name] = within
    return MappingProxyType({name: MappingProxyType(inside) for name, inside in found.items()})


ELEMENTS: Mapping[str, ElementRule] = MappingProxyType(
    {rule.name: rule for rule in (*_CORE, *_ITUNES, *_CHAPTERS, *PODCAST_ELEMENTS)}
)
"""Every element by its name, with its prefix."""
CHILDREN = _children(ELEMENTS.values())
"""What may stand in an element, and how often, by the name of the outer one."""
