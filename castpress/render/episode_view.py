"""One release as its page shows it; plain data, so that a build can cache pages by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.derived_feed import people_of
from castpress.model.notes import SectionRole
from castpress.model.teaser import is_full
from castpress.render.embed import frame_markup
from castpress.render.episode_facts import (
    places_of,
    view_corrections,
    view_discussion,
    view_downloads,
    view_license,
    view_sponsors,
)
from castpress.render.html_text import day, iso_duration, length, mail_url
from castpress.render.next_lesson import next_lesson, view_coming
from castpress.render.notes_view import (
    are_in_notes,
    has_role,
    lead,
    not_in_notes,
    view_exercises,
    view_sections,
    view_video,
)
from castpress.render.page_parts import (
    edit_url,
    episode_label,
    shown_number,
    view_action,
    view_art,
    view_chapters,
    view_links,
    view_people,
    view_player,
    view_row,
    view_tags,
)
from castpress.render.page_views import EpisodeView, LinkView, NextView
from castpress.render.transcript_view import beginning, view_transcript

if TYPE_CHECKING:
    from castpress.model.podcast import Course, Episode, Release
    from castpress.render.catalogue import Frame, Surroundings
    from castpress.render.page_views import RowView

_MANY = 400  # lessons; a number above is a date or a code, not a place in a course


def view_episode(release: Release, around: Surroundings, frame: Frame) -> EpisodeView:
    """The release with its neighbours, addresses relative to its own page."""
    episode = release.episode
    show = frame.show
    course = frame.course(release)
    feed = frame.feed(release)
    root = page_root(episode.page_path)
    player = view_player(release, frame, root)
    related = not_in_notes(around.chosen, episode)
    topics_are_said = has_role(episode, SectionRole.TOPICS) or are_in_notes(episode.topics, episode)
    exercises_are_said = has_role(episode, SectionRole.EXERCISES) or are_in_notes(
        [exercise.name for exercise in episode.exercises], episode
    )
    before, after = around.before, around.after
    funding = (link for link in episode.funding or feed.funding if link not in show.feed.funding)
    video = view_video(episode, show, root)
    said = view_transcript(episode, player.src, show.contact)
    sections = view_sections(episode, player.src, root, video, frame.say)
    return EpisodeView(
        title=episode.title,
        label=_full_label(release, frame, around.lesson_count),
        kind="lesson" if course else "episode",
        lead=lead(episode),
        date=day(release.published, frame.say),
        date_iso=release.published.isoformat(),
        length=length(episode.audio.duration_ms, frame.say),
        length_iso=iso_duration(episode.audio.duration_ms),
        is_explicit=episode.is_explicit,
        author=episode.author if episode.author != feed.author else None,
        art=view_art(
            episode.artwork or feed.artwork or show.feed.artwork, episode.title, frame.say, root
        ),
        player=player,
        chapters=view_chapters(release, frame, root),
        sections=sections,
        topics=() if topics_are_said else episode.topics,
        exercises=() if exercises_are_said else view_exercises(episode.exercises, root),
        links=view_links(not_in_notes(episode.links, episode), root),
        related=view_links(related, root),
        related_rows=tuple(view_row(other, frame, root) for other in around.related),
        people=view_people(people_of(episode.people, feed.people), frame, root),
        video=None if any(section.video for section in sections) else video,
        action=view_action(episode.call_to_action, root),
        transcript=beginning(said) if said and episode.has_transcript_page else said,
        course=LinkView(course.feed.title, root + course.feed.page_path) if course else None,
        before=view_row(before, frame, root) if before else None,
        after=view_row(after, frame, root) if after else None,
        up_next=_up_next(course, around, frame, root),
        mail_url=mail_url(show.contact, episode.title) if show.contact else None,
        feed_url=show.url(feed.path),
        places=places_of(episode, show, "subject"),
        made_in=places_of(episode, show, "creator"),
        license=view_license(episode.license or feed.license, root),
        discussion=view_discussion(episode, show.base_url),
        funding=view_links(funding, root),
        downloads=view_downloads(release, frame.say, root),
        tags=view_tags(episode.tags, root),
        reading=_reading(episode, around, root),
        corrections=view_corrections(episode, player.src, frame.say),
        embed_code=str(frame_markup(release, show, feed)),
        lesson_keys=around.lesson_keys,
        sponsors=view_sponsors(episode, root),
        edit_url=edit_url(show, episode.location),
    )


def _reading(episode: Episode, around: Surroundings, root: str) -> tuple[LinkView, ...]:
    """What there is to read besides, unless the notes lead there already."""
    said = " ".join(section.html for section in episode.sections)
    links = (LinkView(link.title, root + link.path) for link in around.reading)
    return tuple(link for link in links if f'href="{link.url}' not in said)


def page_root(page_path: str) -> str:
    """The way from a page back to the site's root.

    >>> page_root("episodes/x/"), page_root("")
    ('../../', './')
    """
    return "../" * page_path.count("/") or "./"


def _full_label(release: Release, frame: Frame, count: int) -> str:
    """The label with the place in the course, "Lesson 6 of 8"; the same as in lists elsewhere."""
    label = episode_label(release, frame)
    episode = release.episode
    number = episode.number
    if frame.course(release) is None or number is None or not is_full(episode):
        return label
    is_counted = shown_number(episode) == str(number) and 0 < number <= count <= _MANY
    return frame.say("label.of", label=label, count=count) if is_counted else label


def _up_next(
    course: Course | None, around: Surroundings, frame: Frame, root: str
) -> NextView | None:
    if course is None:
        return None
    teaser, following = around.teaser, around.following
    row = view_row(following, frame, root) if following else None
    return NextView(
        heading=_heading(course, row, frame),
        row=row,
        course_url=root + course.feed.page_path,
        text=(teaser.text if teaser else None) or (row.summary if row else ""),
        coming=view_coming(teaser, frame.say) if teaser and row is None else None,
    )


def _heading(course: Course, row: RowView | None, frame: Frame) -> str:
    """What stands over the next lesson, or over the trailer or bonus that comes in its place."""
    if row and row.mark:
        return frame.say("lesson.up_next", label=row.mark)
    return next_lesson(course.own_word(frame.say), frame.say)
