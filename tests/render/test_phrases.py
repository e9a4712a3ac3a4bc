"""Nothing that the theme says stands in a template: every phrase comes from a catalogue."""

from __future__ import annotations

import re

import pytest
from lxml import html

from tests.render import sample

_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_DATA = re.compile(r'data-[\w-]+="[^"]*"')
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "label", "value")
# Names, which are the same in every language; the values of choices and of attributes.
_NAMES = {"RSS", "chapter", "blocking", "render"}

PAGES = {name: text for name, text in sample.templates().items() if name.endswith(".html")}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_says_nothing_by_itself(name: str) -> None:
    page = html.fromstring(f"<div>{_DATA.sub('', _CODE.sub(' ', PAGES[name]))}</div>")
    texts = [text for text in page.itertext() if text.strip()]
    texts += [e.get(name) for e in page.iter() for name in _SPOKEN if e.get(name)]
    said = {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}

    assert said <= _NAMES
