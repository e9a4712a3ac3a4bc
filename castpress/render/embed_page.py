"""The player of one episode as a page for frames on other sites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.render.embed import embed_path
from castpress.render.episode_view import page_root
from castpress.render.html_text import day, iso_duration, length
from castpress.render.metadata import view_page
from castpress.render.page_file import page_of
from castpress.render.page_parts import episode_label, view_art, view_player, view_site
from castpress.render.page_views import EmbedView

if TYPE_CHECKING:
    from castpress.model.podcast import Release
    from castpress.render.catalogue import Frame
    from castpress.render.page_file import Rendered
    from castpress.render.theme import Theme

EMBED_TEMPLATE = "embed.html"


def render_embed(release: Release, frame: Frame, theme: Theme) -> Rendered:
    """The page with the player; search engines are sent to the episode's own page."""
    episode, show = release.episode, frame.show
    frame = frame.speaking(episode.language)
    feed = frame.feed(release)
    path = embed_path(episode.page_path)
    root = page_root(path)
    artwork = episode.artwork or feed.artwork or show.feed.artwork
    player = view_player(release, frame, root)
    view = EmbedView(
        title=episode.title,
        url=root + episode.page_path,
        show=feed.title,
        show_url=root + feed.page_path,
        label=episode_label(release, frame),
        date=day(release.published, frame.say),
        date_iso=release.published.isoformat(),
        length=length(episode.audio.duration_ms, frame.say),
        length_iso=iso_duration(episode.audio.duration_ms),
        is_explicit=episode.is_explicit,
        art=view_art(artwork, episode.title, frame.say, root),
        player=player,
    )
    page = view_page(
        show,
        episode.title,
        "",
        None,
        release=release,
    )
    page = replace(page, canonical=show.url(episode.page_path), meta=(), alternates=())
    site = view_site(frame, theme, root)
    text = theme.render(EMBED_TEMPLATE, site=site, page=page, embed=view)
    return page_of(f"{path}index.html", text)
