"""A long transcript on a page of its own, below that of its episode, with the player."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.render.episode_view import page_root
from castpress.render.html_text import day, iso_duration, length
from castpress.render.metadata import view_page
from castpress.render.page_file import feeds_of, page_of
from castpress.render.page_parts import episode_label, view_chapters, view_player, view_site
from castpress.render.page_views import TranscriptPageView
from castpress.render.transcript_view import TRANSCRIPT_FOLDER, view_transcript

if TYPE_CHECKING:
    from castpress.model.podcast import Artwork, Release
    from castpress.render.catalogue import Frame
    from castpress.render.page_file import Rendered
    from castpress.render.page_views import PlayerView, TranscriptView
    from castpress.render.theme import Theme

TRANSCRIPT_TEMPLATE = "transcript_page.html"


def transcript_path(page_path: str) -> str:
    """Where the transcript of an episode's page lies.

    >>> transcript_path("episodes/hills/")
    'episodes/hills/transcript/'
    """
    return page_path + TRANSCRIPT_FOLDER


def render_transcript_page(
    release: Release, frame: Frame, theme: Theme, *, card: Artwork | None = None
) -> Rendered:
    """The whole transcript; nothing where the episode's page holds it."""
    episode = release.episode
    frame = frame.speaking(episode.language)
    path = transcript_path(episode.page_path)
    root = page_root(path)
    player = view_player(release, frame, root)
    said = view_transcript(episode, player.src, frame.show.contact)
    if said is None or not episode.has_transcript_page:
        return None, ()
    course = frame.course(release)
    page = view_page(
        frame.show,
        frame.say("transcript.of", title=episode.title),
        episode.summary or episode.subtitle or episode.title,
        path,
        feed=frame.feed(release),
        artwork=card or episode.artwork,
        language=episode.language,
        feeds=feeds_of(frame, course.feed if course else None),
    )
    text = theme.render(
        TRANSCRIPT_TEMPLATE,
        site=view_site(frame, theme, root),
        page=page,
        spoken=_view(release, said, player, frame, root),
    )
    return page_of(f"{path}index.html", text)


def _view(
    release: Release, said: TranscriptView, player: PlayerView, frame: Frame, root: str
) -> TranscriptPageView:
    episode = release.episode
    files = tuple(replace(file, url=f"../{file.url}") for file in said.files)
    return TranscriptPageView(
        title=episode.title,
        url=root + episode.page_path,
        label=episode_label(release, frame),
        date=day(release.published, frame.say),
        date_iso=release.published.isoformat(),
        length=length(episode.audio.duration_ms, frame.say),
        length_iso=iso_duration(episode.audio.duration_ms),
        is_explicit=episode.is_explicit,
        player=player,
        chapters=view_chapters(release, frame, root),
        transcript=replace(said, files=files, is_alone=True),
    )
