from __future__ import annotations

from pathlib import Path

import pytest

from castpress.cli import main
from castpress.render import feed

NOW = "2026-11-21T12:00:00+00:00"


@pytest.mark.parametrize(
    ("name", "right", "wrong", "place"),
    [
        ("render_item", b'type="audio/mpeg"', b'type="mp3"', "show_notes/"),
        ("render_frame", b"<itunes:explicit>false", b"<itunes:explicit>no", "show.yaml:1"),
    ],
)
def test_a_wrong_feed_is_never_written(
    name: str,
    right: bytes,
    wrong: bytes,
    place: str,
    show: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    render = getattr(feed, name)
    monkeypatch.setattr(feed, name, lambda *parts: render(*parts).replace(right, wrong))
    assert main(["build", "--show", str(show), "--now", NOW, "-q"]) == 1
    said = capsys.readouterr().err
    assert "error[wrong-feed]: castpress would write a feed that apps may refuse" in said
    assert f"--> {place}" in said
    assert not (show / "public" / "feed.xml").exists()
