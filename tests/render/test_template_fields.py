"""docs/templates.md lists what each template receives: made from the views, held to the pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.model.own_pages import OwnPage, PageLink
from castpress.model.podcast import Cue, Edition, Person, Transcript
from castpress.render.pages import render_pages
from castpress.render.theme import Theme
from tests.render import sample
from tests.render.template_fields import in_markdown, templates, type_in_words, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.model.problem import Problem
    from castpress.render.page_views import PageView

DOCS = Path("docs/templates.md")
BETWEEN = re.compile(r"(<!-- fields: [^>]*-->\n).*?(<!-- /fields -->)", re.DOTALL)


def test_the_tables_are_made_from_the_views(golden: Callable[[Path, bytes | str], None]) -> None:
    text = DOCS.read_text("utf-8")
    assert BETWEEN.search(text)
    golden(DOCS, BETWEEN.sub(lambda m: m.group(1) + in_markdown() + m.group(2), text))


def test_a_view_has_its_fields_with_their_types_and_words() -> None:
    row = {field.name: field for field in view("RowView").fields}

    assert (row["art"].type, row["course"].type) == ("[art](#art)", "text or `None`")
    assert row["number"].about.startswith('short enough to stand in front: "14"')
    assert row["title"].about == ""
    assert {f.name: f.type for f in view("PlayerView").fields}["captions"] == (
        "list of (text, text)"
    )


def edition() -> Edition:
    """The sample with what makes a page of every kind."""
    cues = tuple(Cue(n * 4000, n * 4000 + 4000, "word " * 30, "Mira") for n in range(600))
    long = Transcript("en", cues, sample.place("x"))
    newest = replace(
        sample.MIDBACK,
        episode=replace(
            sample.MIDBACK.episode,
            transcripts=(long,),
            has_transcript_page=True,
            aliases=("middle",),
            people=(Person("Ottilie", "guest", "cast"),),
        ),
    )
    link = PageLink("kit", "Kit", "kit", is_article=True)
    own = OwnPage(link, "", (), sample.place("kit"), published=sample.MIDBACK.published)
    releases = tuple(newest if r is sample.MIDBACK else r for r in sample.EDITION.releases)
    return replace(sample.EDITION, releases=releases, pages=(own,))


def test_each_template_receives_what_its_head_says(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, dict[str, set[str]]] = {}
    render = Theme.render

    def watched(
        self: Theme, name: str, *, page: PageView, **values: object
    ) -> tuple[str | None, tuple[Problem, ...]]:
        names = seen.setdefault(name, {})
        for key, value in {"page": page, **values}.items():
            names.setdefault(key, set()).add(type_in_words(value))
        return render(self, name, page=page, **values)

    monkeypatch.setattr(Theme, "render", watched)
    _, problems = render_pages(edition(), sample.templates())

    heads = {
        name: {value.name: value.type for value in head} for name, (_, head) in templates().items()
    }
    assert problems == ()
    assert {name: set(values) for name, values in heads.items()} == {
        name: set(values) for name, values in seen.items()
    }
    for name, values in heads.items():
        for key, said in values.items():
            given = {kind for kind in seen[name][key] if kind != "list"}
            assert given <= set(said.split(" or ")), f"{name}: {key}"
            assert given, f"{name}: the sample shows nothing of {key}"
