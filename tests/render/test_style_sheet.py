"""Comments stay with the author; whatever else the style sheet says stays in it."""

from __future__ import annotations

import time

import pytest

from castpress.render.style_sheet import without_comments


@pytest.mark.parametrize(
    "css",
    [
        'a::after { content: "/* kept */" }',
        "a::after { content: '/* it\\'s */' }",
        "a { background: url(data:image/svg+xml,/*x*/) }",
        ".a\\/\\*b { color: red }",
        "@media print { a { color: #000 } }",
    ],
)
def test_what_is_no_comment_is_left_alone(css: str) -> None:
    assert without_comments(css) == css


def test_a_comment_goes_and_still_parts_what_it_parted() -> None:
    assert without_comments("a { margin: 1px/* and */2px }/* to\nthe end") == (
        "a { margin: 1px/**/2px }/**/"
    )


@pytest.mark.parametrize("piece", ["/*", '"', "'", "url(", "\\", "*/", "/* \" */'"])
def test_a_broken_style_sheet_costs_no_time(piece: str) -> None:
    began = time.process_time()
    without_comments(piece * 200_000)
    assert time.process_time() - began < 2
