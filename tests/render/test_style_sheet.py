"""Comments stay with the author; whatever else the style sheet says stays in it."""

from __future__ import annotations

import time

import pytest

from castpress.render.style_sheet import slimmed


@pytest.mark.parametrize(
    "css",
    [
        'a::after{content:"/* kept */ , ; }: { "}',
        "a::after{content:'/* it\\'s */'}",
        "a{background:url(data:image/svg+xml,/*x*/)}",
        "a{background:url( one;, two )}",
        ".a\\/\\*b{color:red}",
        ".a\\ ,.b\\;c + d{margin:calc(1px + 2px) 0}",
        "@media print and (width>1px){a{color:#000}}",
        'b{content:"\\\n  ; c"}',
        ".a\\, .b\\: .c\\; .d :hover{color:red}",
    ],
)
def test_what_is_no_comment_is_left_alone(css: str) -> None:
    assert slimmed(css) == css


def test_a_comment_goes_and_still_parts_what_it_parted() -> None:
    css = "/* one */ a/* two */b /* 3 */ c { margin: 1px/* and */2px; /* 4 */ }/* to\nthe end"

    assert slimmed(css) == "a/**/b c{margin:1px/**/2px}"


def test_white_space_goes_where_nobody_needs_it() -> None:
    css = "@media print {\n  a ,\n  b > c ~ d :hover {\n\tcolor : red ;\n    margin: 0;\n  }\n}\n"

    assert slimmed(css) == "@media print{a,b>c~d :hover{color :red;margin:0}}"


@pytest.mark.parametrize(
    "piece", ["/*", '"', "'", "url(", "\\", "*/", "/* \" */'", "\n ", " ", ";", "; ", ";/**/"]
)
def test_a_broken_style_sheet_costs_no_time(piece: str) -> None:
    began = time.process_time()
    slimmed(piece * 200_000)
    assert time.process_time() - began < 2
