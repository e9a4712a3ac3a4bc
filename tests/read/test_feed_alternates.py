"""Other encodings in anybody's feed."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.feed_tags import AlternateEnclosure
from castpress.read.feed import parse_feed

DIGEST = "4c05cacd52c314a0f6f567c5f78c2970b90fd457c82edb7e6a4d16bf6faff40f"
SRI = "sha256-TAXKzVLDFKD29WfF94wpcLkP1FfILtt+ak0Wv2+v9A8="


def alternates(inside: str) -> tuple[AlternateEnclosure, ...]:
    feed, _ = parse_feed(
        b'<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><item>'
        b'<enclosure url="https://example.org/a.mp3" type="audio/mpeg"/>'
        + inside.encode()
        + b"</item></channel></rss>",
        PurePosixPath("feed.xml"),
    )
    assert feed is not None
    return feed.items[0].alternates


def test_all_that_an_alternate_says_is_read() -> None:
    assert alternates(
        '<podcast:alternateEnclosure type="Audio/Ogg" length="94253" bitrate="8378" height="0" '
        'lang="de" title=" Opus " rel="x" codecs="opus" default="true">'
        '<podcast:source uri="https://a.example/1.opus"/><podcast:source uri="ipfs://x"/>'
        f'<podcast:integrity type="sri" value="{SRI}"/></podcast:alternateEnclosure>'
    ) == (
        AlternateEnclosure(
            "audio/ogg",
            ("https://a.example/1.opus", "ipfs://x"),
            94253,
            8378,
            None,
            "de",
            "Opus",
            "x",
            "opus",
            is_default=True,
            sha256=DIGEST,
        ),
    )


@pytest.mark.parametrize(
    ("value", "digest"),
    [
        (f"sha384-AAAA {SRI}", DIGEST),
        (f"{SRI}?ct=audio", DIGEST),
        ("sha256-TAXK", None),
        ("sha256-%%%", None),
        ("sha256-é", None),
        ("", None),
    ],
)
def test_a_digest_counts_where_it_is_whole(value: str, digest: str | None) -> None:
    (found,) = alternates(
        '<podcast:alternateEnclosure><podcast:source uri="x"/>'
        f'<podcast:integrity value="{value}"/></podcast:alternateEnclosure>'
    )
    assert found.sha256 == digest


def test_an_alternate_that_is_nowhere_is_none() -> None:
    assert alternates('<podcast:alternateEnclosure type="audio/ogg"/>') == ()
    blank = '<podcast:source uri=" "/>'
    assert alternates(f"<podcast:alternateEnclosure>{blank}</podcast:alternateEnclosure>") == ()
