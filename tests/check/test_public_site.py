from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.check.public_enclosure import EnclosureLook, enclosure_fault
from castpress.check.public_site import (
    FeedLook,
    PageLook,
    Sight,
    SiteLook,
    check_public_site,
    seconds_left,
)
from castpress.model.problem import Location, Severity
from castpress.model.web_answer import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = "https://a.example/pod/"
RSS = {"Content-Type": "application/rss+xml; charset=utf-8"}
AUDIO = {"Content-Type": "audio/mpeg", "Content-Length": "5000", "Accept-Ranges": "bytes"}
TAIL = {"Content-Range": "bytes 3976-4999/5000", "Content-Length": "1024"}
DENIED = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"


def xml(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>x</Message></Error>".encode()


def feed(answer: Answer | NoAnswer, digest: str = "new") -> FeedLook:
    return FeedLook("feed.xml", BASE + "feed.xml", "new", digest, answer, {"old"})


def at(path: str, status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(BASE + path, status, named, body)


GOOD = feed(Answer(BASE + "feed.xml", 200, RSS))


def problems(look: SiteLook) -> list[tuple[str, str]]:
    found = check_public_site(look)
    assert all(p.severity is Severity.WARNING and p.help for p in found)
    assert all("\n" not in p.message for p in found)
    return [(p.code, p.message) for p in found]


def site(*feeds: FeedLook, **more: object) -> SiteLook:
    place = Location(PurePosixPath("show.yaml"))
    return replace(SiteLook(place, BASE, feeds or (GOOD,)), **more)  # type: ignore[arg-type]


def test_a_good_site_says_nothing() -> None:
    look = site(
        enclosures=(
            EnclosureLook(
                BASE + "a.mp3",
                5000,
                "audio/mpeg",
                Answer(BASE + "a.mp3", 200, AUDIO),
                Answer(BASE + "a.mp3", 206, TAIL, b"x" * 1024),
            ),
        ),
        artwork=(at("c.jpg", Content_Type="image/jpeg"),),
        page=PageLook(BASE + "episodes/a/", at("episodes/a/", Content_Type="text/html")),
        shared=(at("chapters.json", Access_Control_Allow_Origin="*"),),
        state=at(".castpress/publication.json", 403, DENIED),
        listings=(at("?list-type=2", 403, DENIED),),
    )
    assert problems(look) == []


@pytest.mark.parametrize(
    ("look", "sight", "code", "words"),
    [
        (feed(at("feed.xml", 403, DENIED)), Sight.NOTHING, "not-public", "403 AccessDenied"),
        (feed(at("feed.xml", 403)), Sight.NOTHING, "not-public", "bucket is not public"),
        (feed(at("feed.xml", 404, xml("NoSuchKey"))), Sight.NOTHING, "not-public", "NoSuchKey"),
        (feed(at("feed.xml", 404, xml("NoSuchBucket"))), Sight.NOTHING, "not-public", "a bucket"),
        (
            feed(at("feed.xml", 404, b"<ul><li>Code: NoSuchWebsiteConfiguration</li></ul>")),
            Sight.NOTHING,
            "not-public",
            "not set up as a website",
        ),
        (feed(at("feed.xml", 401)), Sight.NOTHING, "not-public", "password"),
        (feed(at("feed.xml", 503)), Sight.NOTHING, "not-public", "at the moment (503)"),
        (feed(at("feed.xml", 304)), Sight.NOTHING, "not-public", "(304)"),
        (feed(at("feed.xml", 204)), Sight.NOTHING, "not-public", "(204)"),
        (
            feed(NoAnswer(BASE + "feed.xml", "certificate verify failed")),
            Sight.NOTHING,
            "not-public",
            "certificate",
        ),
        (feed(Answer(BASE, 200, RSS), "old"), Sight.OLD, "stale-at-edge", "does not say"),
        (
            feed(Answer(BASE, 200, RSS | {"Cache-Control": "max-age=300"}), "old"),
            Sight.OLD,
            "stale-at-edge",
            "up to 5 minutes",
        ),
        (feed(Answer(BASE, 200, RSS), "strange"), Sight.OTHER, "other-feed-public", "another feed"),
        (
            feed(at("feed.xml", Content_Type="binary/octet-stream")),
            Sight.NEW,
            "wrong-content-type",
            "as binary/octet-stream",
        ),
        (feed(at("feed.xml")), Sight.NEW, "wrong-content-type", "nothing in particular"),
        (feed(Answer("http://b.example/f", 200, RSS)), Sight.NEW, "insecure-address", "sent on"),
    ],
)
def test_each_answer_for_a_feed(look: FeedLook, sight: Sight, code: str, words: str) -> None:
    assert look.sight is sight
    found = problems(site(look))
    assert [each for each, _ in found] == [code]
    assert words in found[0][1]


def test_feeds_with_one_fault_are_told_once() -> None:
    denied = at("feed.xml", 403, DENIED)
    found = problems(site(*(feed(denied) for _ in range(4))))
    assert len(found) == 1
    assert found[0][1].endswith("(and 3 more like it)")


@pytest.mark.parametrize(
    ("base_url", "codes"),
    [
        ("http://a.example/", ["insecure-address"]),
        ("http://127.0.0.1:8000/", []),
        ("http://localhost/pod/", []),
        ("https://a.example/", []),
    ],
)
def test_plain_http_is_told_but_for_this_computer(base_url: str, codes: list[str]) -> None:
    assert [code for code, _ in problems(site(base_url=base_url))] == codes


HEAD = Answer(BASE + "a.mp3", 200, AUDIO)
END = Answer(BASE + "a.mp3", 206, TAIL, b"x" * 1024)


def head(**changed: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return replace(HEAD, headers=AUDIO | named)


@pytest.mark.parametrize(
    ("head", "tail", "code"),
    [
        (HEAD, END, None),
        (head(Content_Type="video/mp4"), END, None),
        (HEAD, replace(END, headers={"Content-Range": "bytes 3976-4999/*"}), None),
        (None, None, None),
        (HEAD, None, None),
        (NoAnswer(BASE, "timed out"), END, "not-public"),
        (replace(HEAD, status=403), replace(END, status=403), "not-public"),
        (replace(HEAD, status=404), None, "not-public"),
        (HEAD, replace(END, status=503), "not-public"),
        (HEAD, NoAnswer(BASE, "broke off"), "not-public"),
        (head(Content_Length="4999"), END, "wrong-length"),
        (head(Content_Length=""), END, "wrong-length"),
        (head(Content_Length="\x1b[31m"), END, "wrong-length"),
        (head(Content_Encoding="gzip"), END, "wrong-length"),
        (head(Content_Type="binary/octet-stream"), END, "wrong-content-type"),
        (head(Content_Type="\x1b[31m"), END, "wrong-content-type"),
        (HEAD, replace(END, status=200), "no-range-requests"),
        (HEAD, replace(END, status=416), "no-range-requests"),
        (HEAD, replace(END, headers={}), "no-range-requests"),
        (HEAD, replace(END, body=b"x"), "no-range-requests"),
        (HEAD, replace(END, is_cut=True), "no-range-requests"),
        (
            HEAD,
            replace(END, headers={"Content-Range": "bytes 3975-4998/5000"}),
            "no-range-requests",
        ),
    ],
)
def test_each_answer_for_audio(
    head: Answer | NoAnswer | None, tail: Answer | NoAnswer | None, code: str | None
) -> None:
    look = EnclosureLook(BASE + "a.mp3", 5000, "audio/mpeg", head, tail)
    fault = enclosure_fault(look)
    assert (fault and fault.code) == code
    assert fault is None or fault.message.isprintable()


def test_a_thousand_enclosures_with_one_fault_are_told_once() -> None:
    looks = [
        EnclosureLook(f"{BASE}{n}.mp3", n, "audio/mpeg", head(Content_Length=f"{n + 1}"), END)
        for n in range(1000)
    ]
    found = problems(site(enclosures=tuple(looks)))
    assert len(found) == 1
    assert found[0][1].endswith("(and 999 more like it)")


PAGE = BASE + "episodes/a/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"artwork": (at("c.jpg", 403),)}, ["not-public"]),
        ({"artwork": (NoAnswer(BASE, "x"),)}, ["not-public"]),
        ({"artwork": (at("c.jpg", Content_Type="text/html"),)}, ["wrong-content-type"]),
        (
            {"page": PageLook(PAGE, Answer(PAGE, 403), Answer(PAGE, 200, HTML))},
            ["no-folder-pages"],
        ),
        ({"page": PageLook(PAGE, Answer(PAGE, 404), Answer(PAGE, 404))}, ["not-public"]),
        ({"page": PageLook(PAGE, NoAnswer(PAGE, "x"))}, ["not-public"]),
        ({"page": PageLook(PAGE, Answer(PAGE, 200))}, ["wrong-content-type"]),
        ({"shared": (at("chapters.json"),)}, ["no-cors"]),
        ({"shared": (at("c.json", Access_Control_Allow_Origin="https://a.example"),)}, ["no-cors"]),
        ({"shared": (at("c", Access_Control_Allow_Origin="https://player.example"),)}, []),
        ({"shared": (at("chapters.json", 404),)}, ["not-public"]),
        ({"state": at("p.json", 200, b'{\n"castpress": 1,')}, ["public-state"]),
        ({"state": at("p.json", 206, b'{\n"castpress": 1,')}, ["public-state"]),
        ({"state": at("p.json", 200, b"<html>a front page for all</html>")}, []),
        ({"state": at("p.json", 404)}, []),
        ({"state": NoAnswer(BASE, "x")}, []),
        ({"listings": (at("", 200, b"<?xml?><ListBucketResult>"),)}, ["public-listing"]),
        ({"listings": (at("", 200, b"<html>"), NoAnswer(BASE, "x"))}, []),
    ],
)
def test_each_answer_for_the_rest(more: dict[str, object], codes: Sequence[str]) -> None:
    assert [code for code, _ in problems(site(**more))] == list(codes)


@pytest.mark.parametrize(
    ("headers", "left"),
    [
        ({}, None),
        ({"Cache-Control": "public"}, None),
        ({"Cache-Control": "no-cache, max-age=300"}, None),
        ({"Cache-Control": "public, max-age=300"}, 300),
        ({"Cache-Control": 'Max-Age="300", s-maxage=600', "Age": "10"}, 590),
        ({"Cache-Control": "max-age=300", "Age": "999"}, 0),
        ({"Cache-Control": "max-age=300", "Age": "soon"}, 300),
        ({"Cache-Control": "max-age=" + "9" * 5000, "Age": "9" * 5000}, 0),
    ],
)
def test_how_long_a_cache_may_keep_it(headers: dict[str, str], left: int | None) -> None:
    assert seconds_left(Answer(BASE, 200, headers)) == left
