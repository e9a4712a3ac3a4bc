"""What has to be known of a note before it is read whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from castpress.model.outline import Outline
from castpress.read.lessons import signs_of
from castpress.read.people import portrait_files

if TYPE_CHECKING:
    from castpress.read.front_matter import Head


def outline_of(head: Head) -> Outline:
    """What has to be known of a note before it is read whole."""
    given = head.settings
    return Outline(
        guid=given.guid,
        slug=given.slug,
        guid_place=head.place("guid"),
        audio=given.audio,
        audio_place=head.place("audio"),
        transcript=given.transcript,
        image=given.image,
        image_alt=given.image_alt,
        image_place=head.place("image"),
        language=given.language,
        is_draft=given.draft,
        signs=signs_of(head),
        pictures=tuple(
            (entry.file, head.place("images", index, "file"))
            for index, entry in enumerate(given.images)
            if entry.file is not None
        ),
        chapter_pictures=tuple(
            (chapter.image, head.place("chapters", index, "image"))
            for index, chapter in enumerate(given.chapters)
            if chapter.image is not None
        ),
        portraits=tuple(portrait_files(given.people, partial(head.place, "people"))),
    )
