"""What search engines read of a course: its lessons in order, and who teaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.render.html_text import iso_duration
from castpress.render.metadata import series_data

if TYPE_CHECKING:
    from castpress.model.podcast import Course, Release, Show


def course_data(course: Course, show: Show, lessons: tuple[Release, ...]) -> dict[str, object]:
    """``Course`` and ``PodcastSeries`` in one: what is taught is what one subscribes to."""
    data = series_data(show, course.feed)
    times = (release.episode.audio.duration_ms for release in lessons)
    data |= {
        "@type": ["Course", "PodcastSeries"],
        "provider": data["author"],
        "isPartOf": {"@type": "PodcastSeries", "name": show.title, "url": show.url()},
        "timeRequired": iso_duration(sum(times)),
        "hasPart": [
            {
                "@type": "PodcastEpisode",
                "position": place,
                "name": release.episode.title,
                "url": show.url(release.episode.page_path),
            }
            for place, release in enumerate(lessons, start=1)
        ],
    }
    return data
