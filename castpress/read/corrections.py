"""What the author has put right since an episode came out (front matter ``corrections``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.podcast import Correction
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.dates import check_date, publication_date
from castpress.read.moments import Moment
from castpress.read.schema import Schema, Text, one_or_many

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.read.front_matter import Head


class CorrectionEntry(Schema):
    """One correction: a text, perhaps with its day and the moment in the audio that it is about."""

    text: Text = Field(min_length=1)
    date: Annotated[Text, AfterValidator(check_date)] | None = None
    at: Moment | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) == 1:
            key = str(next(iter(value)))
            if " " in key.strip():
                raise ValueError(
                    "the colon makes a key of what stands before it; put the text in quotes: "
                    '`"We said: four. It is five."`'
                )
        return {"text": value} if isinstance(value, str) else value

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "time": "write `at:`",
            "published": "write `date:`",
            "correction": "write `text:`",
        }


Corrections = Annotated[tuple[CorrectionEntry, ...], BeforeValidator(one_or_many)]


def corrections_of(
    head: Head, duration_ms: int, zone: str
) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The corrections as typed; one of a moment behind the end of the audio is of none."""
    found, problems = [], []
    for index, entry in enumerate(head.settings.corrections):
        at_ms = entry.at
        if at_ms is not None and duration_ms and at_ms > duration_ms:
            problems.append(
                Problem(
                    "correction-past-end",
                    f"the correction is of {format_clock(at_ms)}, and the audio ends at "
                    f"{format_clock(duration_ms)}",
                    head.place("corrections", index, "at"),
                    Severity.WARNING,
                    "write a time that lies in the audio",
                )
            )
            at_ms = None
        date = publication_date(entry.date, zone) if entry.date else None
        found.append(Correction(entry.text, date, at_ms))
    return tuple(found), tuple(problems)
