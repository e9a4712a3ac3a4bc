"""Text that came from elsewhere, on its whole way: from show.yaml and notes into the feed."""

from __future__ import annotations

import json
import re

import feedparser
import pytest
from lxml import etree

from castpress.model.ledger import Ledger
from castpress.model.problem import Severity
from tests.render.test_feed_text_safety import TEXTS, UNHELD
from tests.show_in_memory import Folder, build

PROMISED = "published: 2026-03-01"


def quoted(text: str) -> str:
    """The text for YAML; half of a pair of surrogates cannot stand in a file, so it is escaped."""
    line = json.dumps(text, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", line)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_the_settings_gives_a_feed_or_an_error_with_its_place(text: str) -> None:
    line, short = quoted(text), quoted(text[:120])
    settings = f"title: {short}\ndescription: {line}\nauthor: {line}\ncopyright: {line}\n"
    settings += (
        f"people: [{{name: {short}}}]\nfunding: [{{title: {line}, url: https://a.example/}}]\n"
    )
    note = f"---\n{PROMISED}\n---\n# Talk\n\nA goose.\n"

    hold(Folder(settings=settings, notes={"talk.md": note}))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_a_note_gives_a_feed_or_an_error_with_its_place(text: str) -> None:
    line, short = quoted(text), quoted(text[:120])
    head = f"title: {short}\nsummary: {line}\nauthor: {line}\nseason: 1\nseason_name: {short}\n"
    typed = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    body = f"A goose. {typed}\n\n## {typed}\n\n- {typed}\n\n0:00 {typed}\n2:00 b\n3:00 c\n"

    hold(Folder(notes={"talk.md": f"---\n{PROMISED}\n{head}---\n{body}"}))


def hold(folder: Folder) -> None:
    built = build(folder, Ledger())

    for problem in built.problems:
        assert "\n" not in problem.message
    errors = [p for p in built.problems if p.severity is Severity.ERROR]
    assert all(p.location.line for p in errors)
    assert bool(errors) is not bool(built.feeds)
    for content in built.feeds.values():
        assert UNHELD.search(content.decode("utf-8")) is None
        assert len(etree.fromstring(content).findall(".//item")) == 1
        assert not feedparser.parse(content).bozo
