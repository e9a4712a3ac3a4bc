"""Problems gathered on the way, so that one run shows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from castpress.model.problem import Severity, worst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.problem import Problem

Value = TypeVar("Value")


class Collector:
    """Takes ``(value, problems)`` results apart: the value goes on, the problems are kept."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def take(self, result: tuple[Value, Iterable[Problem]]) -> Value:
        """The value of a result; its problems are kept."""
        value, problems = result
        self._found.extend(problems)
        return value

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep problems that come without a value."""
        self._found.extend(problems)

    def is_stopped(self, *, is_strict: bool) -> bool:
        """Whether what was found forbids to write anything."""
        bad = worst(self._found)
        return bad is not None and bad >= (Severity.WARNING if is_strict else Severity.ERROR)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found so far."""
        return tuple(self._found)
