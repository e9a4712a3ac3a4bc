"""Waiting for something to become true on a page whose policy forbids the usual way (eval)."""

from __future__ import annotations

from typing import Any

AUDIO = "document.querySelector('audio')"


def wait_until(page: Any, expression: str) -> None:
    """Return once the expression holds; give up after ten seconds."""
    for _ in range(400):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never came true: {expression}")


def wait_playing(page: Any) -> None:
    wait_until(page, f"!{AUDIO}.paused && {AUDIO}.currentTime > 0 && !{AUDIO}.seeking")
