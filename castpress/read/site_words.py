"""The words of show.yaml that pasted notes may repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.notes import SiteWords

if TYPE_CHECKING:
    from castpress.read.settings import ShowSettings


def site_words(settings: ShowSettings) -> SiteWords:
    """What the show says of itself and its site, to be known when a page of it is pasted."""
    site = settings.site
    return SiteWords(
        title=settings.title,
        tagline=settings.tagline or "",
        description=settings.description,
        site_name=site.name or "",
        motto=site.motto or "",
        blurb=site.blurb or "",
        copyright=settings.copyright or "",
        course_titles=tuple(course.title for course in settings.courses.values()),
    )
