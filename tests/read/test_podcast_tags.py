from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from castpress.model.element_table import CHILDREN
from castpress.model.feed_tags import Element
from castpress.model.problem import Location, Problem
from castpress.read.podcast_tags import PASSED_ON, read_podcast_tags
from castpress.read.strict_yaml import parse_yaml

FILE = PurePosixPath("show.yaml")
NODE = "02" + "d5" * 32
UUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def read(text: str, parent: str = "channel") -> tuple[tuple[Element, ...], tuple[Problem, ...]]:
    found, faults = parse_yaml(f"podcast:\n{text}", FILE)
    assert faults == ()
    tags = found.value["podcast"]
    assert isinstance(tags, dict)
    return read_podcast_tags(tags, parent, lambda *path: found.place(("podcast", *path)))


def test_a_payment_goes_through_as_it_is_written() -> None:
    elements, problems = read(
        f"""
  value:
    - type: lightning
      method: Keysend
      suggested: 0.00000005000
      valueTimeSplit:
        startTime: 60
        duration: 237
        remoteItem: {{feedGuid: {UUID}, medium: music}}
      valueRecipient:
        - {{split: 90, name: "Amy\x20 B", type: node, address: {NODE}, fee: FALSE}}
        - {{type: lnaddress, address: amy@example.org, split: 10}}
"""
    )
    assert problems == ()
    assert elements == (
        Element(
            "podcast:value",
            None,
            (("type", "lightning"), ("method", "keysend"), ("suggested", "0.00000005000")),
            (
                Element(
                    "podcast:valueRecipient",
                    None,
                    (
                        ("name", "Amy B"),
                        ("type", "node"),
                        ("address", NODE),
                        ("split", "90"),
                        ("fee", "false"),
                    ),
                ),
                Element(
                    "podcast:valueRecipient",
                    None,
                    (("type", "lnaddress"), ("address", "amy@example.org"), ("split", "10")),
                ),
                Element(
                    "podcast:valueTimeSplit",
                    None,
                    (("startTime", "60"), ("duration", "237")),
                    (
                        Element(
                            "podcast:remoteItem", None, (("feedGuid", UUID), ("medium", "music"))
                        ),
                    ),
                ),
            ),
        ),
    )


WATCH = "    contentLink: {href: https://example.org/live, text: Watch}"
LIVE = f"""
  liveItem:
    status: pending
    start: 2026-12-01T18:00:00-05:00
{WATCH}
    guid: live-1
    enclosure: {{url: http://stream.example.org:8000/live, length: 0, type: audio/mpeg}}
    title: Live from the track
    podcast:chat: {{server: irc.example, protocol: irc}}
    itunes:image: {{href: https://example.org/a.jpg}}
    image: {{href: https://example.org/b.jpg}}
    explicit: false
"""


def test_a_live_item_takes_all_that_an_item_does() -> None:
    (live,), problems = read(LIVE)
    assert problems == ()
    assert [(child.name, child.text) for child in live.children] == [
        ("title", "Live from the track"),
        ("guid", "live-1"),
        ("enclosure", None),
        ("itunes:image", None),
        ("itunes:explicit", "false"),
        ("podcast:contentLink", "Watch"),
        ("podcast:image", None),
        ("podcast:chat", None),
    ]
    assert live.children[1].attributes == (("isPermaLink", "false"),)


@pytest.mark.parametrize(
    ("parent", "text"),
    [
        ("channel", "  chat: {server: irc.example, protocol: irc, accountId: '@a', space: '#r'}"),
        ("item", "  chat: [{server: irc.example, protocol: irc}]"),
        ("item", "  contentLink: {href: https://example.org/v}"),
        ("item", "  contentLink:\n  - href: https://example.org/v\n    text: Watch"),
        (
            "item",
            f"  value: {{type: lightning, method: keysend, "
            f"valueRecipient: {{type: node, address: {NODE}, split: 1}}}}",
        ),
    ],
)
def test_a_lone_mapping_is_a_list_of_one(parent: str, text: str) -> None:
    elements, problems = read(text, parent)
    assert (len(elements), problems) == (1, ())


@pytest.mark.parametrize(
    ("parent", "text", "told"),
    [
        (
            "channel",
            "  fundin: x",
            "show.yaml:2:11 unknown-key: 'fundin' is not known here | "
            "write `funding:`, each with `title:` and `url:`",
        ),
        (
            "channel",
            "  person: x",
            "show.yaml:2:11 renamed-key: 'person' has a key of its own here | "
            "write `people:`, each with `name:` and `role:`",
        ),
        (
            "channel",
            "  verify: x",
            "show.yaml:2:11 unknown-key: 'verify' is not known here | "
            "known here: value, liveItem, contentLink, chat",
        ),
        (
            "channel",
            "  liveitem: x",
            "show.yaml:2:13 unknown-key: 'liveitem' is not known here | "
            "did you mean `liveItem`?",
        ),
        (
            "item",
            LIVE[1:],
            "show.yaml:3:5 unknown-key: 'liveItem' is not known in the front matter of a note | "
            "write it below `podcast:` in show.yaml",
        ),
        (
            "channel",
            "  contentLink: x",
            "show.yaml:2:16 unknown-key: 'contentLink' is not known in show.yaml | "
            "write it below `podcast:` in the front matter of a note",
        ),
        (
            "channel",
            "  chat: {server: irc.example, protocol: ircc}",
            "show.yaml:2:41 bad-value: `podcast.chat.protocol`: expected irc, xmpp, nostr or "
            "matrix, found 'ircc' | did you mean `irc`?",
        ),
        (
            "channel",
            "  chat: {server: irc.example, protocol: telegraph}",
            "show.yaml:2:41 bad-value: `podcast.chat.protocol`: expected irc, xmpp, nostr or "
            "matrix, found 'telegraph' | write irc, xmpp, nostr or matrix",
        ),
        (
            "channel",
            "  chat: {server: 'irc://x', protocol: irc}",
            "show.yaml:2:18 bad-value: `podcast.chat.server`: expected the name of a server, "
            "found 'irc://x' | write one such as `irc.example.org`",
        ),
        (
            "channel",
            "  chat: {protocol: irc}",
            "show.yaml:2:9 missing-key: `podcast.chat.server` is missing | "
            "write a line `server: …`",
        ),
        (
            "channel",
            "  chat: {server: , protocol: irc}",
            "show.yaml:2:18 bad-value: `podcast.chat.server`: nothing is written | "
            "write it behind the colon, or below it",
        ),
        (
            "channel",
            "  chat: {server: [a], protocol: irc}",
            "show.yaml:2:18 bad-value: `podcast.chat.server`: expected the name of a server, "
            "found several values | write one such as `irc.example.org`",
        ),
        (
            "channel",
            "  chat: {server: irc.example, protocol: irc, room: x}",
            "show.yaml:2:52 unknown-key: 'room' is not known here | "
            "known here: server, protocol, accountId, space",
        ),
        (
            "channel",
            "  chat: {server: irc.example, protocol: irc, accountid: x}",
            "show.yaml:2:57 unknown-key: 'accountid' is not known here | "
            "did you mean `accountId`?",
        ),
        (
            "channel",
            "  chat: irc.example",
            "show.yaml:2:9 bad-value: `podcast.chat`: expected `key: value` lines, "
            "found 'irc.example' | write them indented below it",
        ),
        (
            "channel",
            "  chat:",
            "show.yaml:2:8 bad-value: `podcast.chat`: nothing is written | "
            "write it behind the colon, or below it",
        ),
        (
            "channel",
            "  chat: []",
            "show.yaml:2:9 bad-value: `podcast.chat`: nothing is written | "
            "write it behind the colon, or below it",
        ),
        (
            "item",
            "  contentLink: {href: http://example.org/v, text: Watch}",
            "show.yaml:2:23 bad-value: `podcast.contentLink.href`: expected an address that begins "
            "with https://, found 'http://example.org/v' | write one such as "
            "`https://example.org/page`",
        ),
        (
            "item",
            "  contentLink: https://example.org/v",
            "show.yaml:2:16 missing-key: `podcast.contentLink.href` is missing | "
            "write a line `href: …`",
        ),
        (
            "item",
            "  value: {type: lightning, method: keysend}",
            "show.yaml:2:10 missing-key: `podcast.value.valueRecipient` is missing | "
            "write a line `valueRecipient: …`",
        ),
        (
            "item",
            "  value:\n  - {type: lightning, method: keysend,\n"
            "     valueRecipient: [{type: node, address: 02d5c1, split: 1}]}",
            "show.yaml:4:23 bad-value: `podcast.value[1].valueRecipient[1]`: the address is no "
            "node's | write its public key, 66 characters 0–9 and a–f that begin with 02 or 03",
        ),
        (
            "channel",
            LIVE[1:].replace(f"{WATCH}\n", ""),
            "show.yaml:3:5 missing-key: `podcast.liveItem.contentLink` is missing | "
            "write a line `contentLink: …`",
        ),
        (
            "channel",
            LIVE[1:].replace(WATCH, f"{WATCH}\n    end: 2026-12-01T17:00:00-05:00"),
            "show.yaml:3:5 bad-value: `podcast.liveItem`: it ends at 2026-12-01T17:00:00-05:00, "
            "before it begins | write a later `end:`",
        ),
        (
            "channel",
            LIVE[1:].replace("18:00:00-05:00", "18:00:00"),
            "show.yaml:4:12 bad-value: `podcast.liveItem.start`: expected a moment with its zone, "
            "found '2026-12-01T18:00:00' | write one such as `2026-12-01T18:00:00-05:00`",
        ),
        (
            "channel",
            LIVE[1:].replace("from the track", "x" * 255),
            "show.yaml:8:12 bad-value: `podcast.liveItem.title`: expected text of at most 255 "
            f"characters, found 'Live {'x' * 54}…' | shorten it",
        ),
        (
            "channel",
            LIVE[1:].replace("guid: live-1", "guid: {isPermaLink: false}"),
            "show.yaml:6:11 missing-key: `podcast.liveItem.guid.text` is missing | "
            "write a line `text: …`",
        ),
        (
            "channel",
            LIVE[1:].replace("    explicit: false", "    title: [A, B]").replace(
                "    title: Live from the track\n", ""
            ),
            "show.yaml:11:16 bad-value: `podcast.liveItem.title[2]`: stands 2 times, and may at "
            "most 1 | keep 1",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(parent: str, text: str, told: str) -> None:
    elements, problems = read(text, parent)
    found = [f"{p.location} {p.code}: {p.message} | {p.help}" for p in problems]
    assert (elements, found) == ((), [told])


def test_of_what_stands_once_the_first_is_taken() -> None:
    chats = "[{server: a, protocol: irc}, {server: b, protocol: irc}]"
    elements, (problem,) = read(f"  chat: {chats}")
    assert [element.attributes[0] for element in elements] == [("server", "a")]
    assert str(problem.location) == "show.yaml:2:38"
    assert (problem.code, problem.message) == ("bad-value", "`podcast.chat`: expected 1, found 2")


def test_one_fault_does_not_hide_another() -> None:
    elements, problems = read("  chat: {server: '', protocol: x}\n  value: 5\n" + LIVE)
    assert [str(problem.location) for problem in problems] == [
        *("show.yaml:2:18", "show.yaml:2:32", "show.yaml:3:10"),
    ]
    assert [element.name for element in elements] == ["podcast:liveItem"]


NAMES = sorted({name.removeprefix("podcast:") for inside in CHILDREN.values() for name in inside})
WORDS = st.sampled_from((*NAMES, *PASSED_ON, "text", "type", "start", "", "2026-12-01T18:00:00Z"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50)
@given(st.dictionaries(WORDS | st.text(max_size=8), VALUES), st.sampled_from(("channel", "item")))
def test_nothing_that_yaml_can_hold_raises(tags: dict[str, object], parent: str) -> None:
    places: list[tuple[object, ...]] = []

    def place(*path: object) -> Location:
        places.append(path)
        return Location(FILE, 1)

    _, problems = read_podcast_tags(tags, parent, place)
    assert len(places) == len(problems)
    for path in places:
        assert path[0] in tags
