"""Which feeds bring back what a rollback took away."""

from __future__ import annotations

import pytest

from castpress.model.publication.going_back import brings_back


def feed(*items: str, title: str = "Runs", built: str = "1") -> bytes:
    rows = "".join(
        f"<item>\n<guid isPermaLink='false'>{item[0]}</guid><title>{item}</title></item>\n"
        for item in items
    )
    head = f"<title>{title}</title><lastBuildDate>{built}</lastBuildDate>"
    return f"<rss><channel>{head}{rows}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("live", "taken", "coming", "expected"),
    [
        # An episode has fallen due; all else is what was taken away.
        (feed("a1"), feed("a2"), feed("b1", "a2", built="2"), True),
        (feed("a1"), feed("b1", "a1"), feed("c1", "b1", "a1", built="2"), True),
        (feed("a1", "b1"), feed("a1"), feed("c1", "a1", built="2"), True),
        (feed("a1"), feed("a1", title="Wrong"), feed("b1", "a1", title="Wrong", built="2"), True),
        # The tagline has changed and the slip has not.
        (feed("a1"), feed("a2"), feed("a2", title="New"), True),
        # It was put right, in part or by taking it back.
        (feed("a1"), feed("a2"), feed("b1", "a3", built="2"), False),
        (feed("a1", "b1"), feed("a2", "b2"), feed("a3", "b2"), False),
        (feed("a1"), feed("b1", "a1"), feed("c1", "a1", built="2"), False),
        (feed("a1", "b1"), feed("a1"), feed("c1", "a1", "b1", built="2"), False),
        (feed("a1"), feed("a1", title="Wrong"), feed("b1", "a1", title="Right"), False),
    ],
)
def test_whoever_has_put_something_right_is_let_through(
    live: bytes, taken: bytes, coming: bytes, *, expected: bool
) -> None:
    assert brings_back(live, taken, coming) is expected
