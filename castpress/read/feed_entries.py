"""``feeds`` in show.yaml: feeds that repeat the episodes of a tag, a person or a season."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from castpress.model.derived_feed import By
from castpress.model.podcast import FeedType
from castpress.read.schema import Prose, Schema, Slug, Text, Uuid


class DerivedFeedEntry(Schema):
    """One feed beside the main one; what is left out is taken from the show."""

    title: Annotated[Text, Field(min_length=1, max_length=255)] | None = None
    description: Annotated[Prose, Field(min_length=1)] | None = None
    tag: Annotated[Text, Field(min_length=1)] | None = None
    person: Annotated[Text, Field(min_length=1)] | None = None
    season: Annotated[int, Field(ge=0)] | None = None
    all: bool = False
    artwork: Text | None = None
    artwork_alt: Text | None = None
    type: FeedType | None = None
    guid: Uuid | None = None

    def selections(self) -> tuple[tuple[By, str | int | None], ...]:
        """What it takes, with the value: one of them, or it cannot be told what is meant."""
        given = ((By.TAG, self.tag), (By.PERSON, self.person), (By.SEASON, self.season))
        found = tuple((by, value) for by, value in given if value is not None)
        return (*found, (By.ALL, None)) if self.all else found


DerivedFeeds = dict[Slug, DerivedFeedEntry]
"""Derived feeds by name, which is their address: ``feeds/<name>.xml``."""

FeedSize = Annotated[int, Field(ge=1, le=10_000)]
"""The number of items in an archive page, and the least in a feed that has any."""
