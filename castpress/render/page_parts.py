"""Parts that several pages share: artwork, people, episodes in lists, the show's frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from castpress.model.own_pages import ARTICLES_PATH
from castpress.model.podcast import EpisodeType
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.chapters import list_chapters
from castpress.render.html_text import (
    day,
    host,
    initial,
    initials,
    iso_duration,
    length,
    mail_url,
    megabytes,
    safe_url,
    veiled,
)
from castpress.render.list_addresses import (
    PEOPLE_PATH,
    SEARCH_PATH,
    TAGS_PATH,
    person_path,
    tag_path,
)
from castpress.render.manifest import MANIFEST
from castpress.render.page_views import (
    ActionView,
    ArtView,
    ChapterImageView,
    ChapterView,
    LinkView,
    PersonView,
    PlayerView,
    RowView,
    SiteView,
)
from castpress.render.text import of_year, one_line, shorten
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.messages import Messages
    from castpress.model.podcast import (
        Artwork,
        AudioFacts,
        CallToAction,
        Episode,
        Link,
        Person,
        Release,
        Show,
    )
    from castpress.model.problem import Location
    from castpress.render.catalogue import Frame
    from castpress.render.theme import Theme

_SUMMARY_CHARS = 260
_NUMBER_CHARS = 6  # that fit in front of a line


def view_art(artwork: Artwork | None, title: str, say: Messages, root: str) -> ArtView:
    """The artwork with its smaller copies, or the title's initial."""
    if artwork is None:
        return ArtView(None, "", 0, 0, "", initial(title))
    small = artwork.small
    return ArtView(
        src=root + small.path,
        srcset=_srcset(artwork, root),
        width=small.width_px,
        height=small.height_px,
        alt=artwork.alt or say("site.artwork_of", title=title),
        initial=initial(title),
    )


def _srcset(picture: Artwork, root: str) -> str:
    return ", ".join(f"{root}{path} {width}w" for width, path in picture.sizes)


def view_links(links: Iterable[Link], root: str) -> tuple[LinkView, ...]:
    """The author's links; one that must not be followed keeps its title."""
    return tuple(LinkView(link.title or link.url, safe_url(link.url, root)) for link in links)


def view_people(people: Iterable[Person], frame: Frame, root: str) -> tuple[PersonView, ...]:
    """The people with their roles; pictures from elsewhere are left out: pages load nothing."""
    return tuple(
        PersonView(
            name=person.name,
            role=role_name(person.role, frame.say),
            url=safe_url(person.href, root) if person.href else None,
            img=own_image(person.img, frame.show, root),
            bio=person.bio,
            initials=initials(person.name),
            page_url=root + person_path(person.name),
            srcset=_srcset(person.portrait, root) if person.portrait else "",
            side=person.portrait.width_px if person.portrait else 0,
            links=tuple(link for link in view_links(person.links, root) if link.url),
        )
        for person in dict.fromkeys(people)
    )


def role_name(role: str, say: Messages) -> str:
    """A role in the language of the page; one that it has no word for as the author says it."""
    return say.find(f"role.{role.lower()}") or role[:1].upper() + role[1:]


def view_tags(tags: Iterable[str], root: str) -> tuple[LinkView, ...]:
    """The tags as links to their pages, each page once."""
    views: dict[str, LinkView] = {}
    for tag in tags:
        path = tag_path(tag)
        views.setdefault(path, LinkView(tag, root + path))
    return tuple(views.values())


def own_image(img: str | None, show: Show, root: str) -> str | None:
    """The address of a picture that lies on the site itself, else None."""
    if not img:
        return None
    below = img.removeprefix(show.base_url)
    return None if ":" in below.split("/")[0] else safe_url(below, root)


def view_action(action: CallToAction | None, root: str) -> ActionView | None:
    """The call to action, None without one."""
    if action is None:
        return None
    return ActionView(action.heading, action.text, action.button, safe_url(action.url, root))


def episode_label(release: Release, frame: Frame) -> str:
    """The release's label: "Lesson 6", "Season 2 · Episode 3", "Trailer".

    It is empty where nothing is numbered. What the author says in place of a number is said alone,
    "Ch. 3", unless it begins with one.
    """
    episode = release.episode
    say = frame.say
    if episode.episode_type is not EpisodeType.FULL:
        return say(f"label.{episode.episode_type.value}")
    course = frame.course(release)
    parts = []
    if episode.season is not None and not course:
        parts.append(episode.season_name or say("label.season", number=episode.season))
    number = shown_number(episode)
    if number and not number[0].isnumeric():
        parts.append(number)
    elif number and course and (word := course.own_word(say)):
        parts.append(say("label.own", word=word, number=number))
    elif number:
        parts.append(say("label.lesson" if course else "label.episode", number=number))
    return " · ".join(parts)


def shown_number(episode: Episode) -> str:
    """The number as listeners see it: in the author's words, else as it is; empty without one."""
    number = "" if episode.number is None else str(episode.number)
    return one_line(episode.display_number or "") or episode.decimal_number or number


def view_row(release: Release, frame: Frame, root: str) -> RowView:
    """The release as one line of a list."""
    episode = release.episode
    course = frame.course(release)
    label = episode_label(release, frame)
    number = shown_number(episode)
    is_short = len(number) <= _NUMBER_CHARS
    is_full = episode.episode_type is EpisodeType.FULL
    return RowView(
        key=episode.guid,
        url=root + episode.page_path,
        label=label,
        number=number if is_short else "",
        mark=label if not is_full else "" if is_short else number,
        title=episode.title,
        summary=shorten(one_line(episode.subtitle or episode.summary), _SUMMARY_CHARS),
        date=day(release.published, frame.say),
        date_iso=release.published.isoformat(),
        length=length(episode.audio.duration_ms, frame.say),
        length_iso=iso_duration(episode.audio.duration_ms),
        seconds=format_seconds(episode.audio.duration_ms),
        art=view_art(
            episode.artwork or frame.feed(release).artwork, episode.title, frame.say, root
        ),
        course=course.feed.title if course else None,
        is_explicit=episode.is_explicit,
    )


def view_player(release: Release, frame: Frame, root: str) -> PlayerView:
    """What the player of one release needs."""
    episode = release.episode
    show = frame.show
    artwork = episode.artwork or frame.feed(release).artwork or show.feed.artwork
    copy = _largest_copy(artwork) if artwork else None
    is_video = release.enclosure.is_video
    return PlayerView(
        key=episode.guid,
        src=root + release.enclosure.path,
        seconds=format_seconds(episode.audio.duration_ms),
        title=episode.title,
        show=frame.feed(release).title,
        artwork=root + copy.path if copy else None,
        share_url=show.url(episode.page_path),
        size=megabytes(release.enclosure.byte_length, frame.say),
        is_video=is_video,
        width=episode.audio.width_px if is_video else None,
        height=episode.audio.height_px if is_video else None,
        shape=_shape(episode.audio),
        poster=root + copy.path if is_video and copy else None,
        captions=tuple(
            (file.language, root + file.path)
            for file in (transcript_files(episode) if is_video else ())
            if file.media_type == "text/vtt"
        ),
        artwork_sizes=f"{copy.width_px}x{copy.height_px}" if copy else "",
        artwork_type=copy.media_type if copy else "",
    )


def _shape(video: AudioFacts) -> str:
    """Which frame a video fits best; most are wide, and so is one that nobody has measured."""
    ratio = video.width_px / video.height_px if video.width_px and video.height_px else 16 / 9
    return "wide" if ratio > 1.2 else "square" if ratio > 0.8 else "tall"


def _largest_copy(artwork: Artwork) -> Artwork:
    """The artwork as a page shows it large; the original is for apps and weighs more."""
    if not artwork.sizes:
        return artwork
    width, path = artwork.sizes[-1]
    height = round(width * artwork.height_px / artwork.width_px)
    return replace(artwork, path=path, media_type="image/webp", width_px=width, height_px=height)


def view_chapters(release: Release, frame: Frame, root: str) -> tuple[ChapterView, ...]:
    """The chapters; each has its moment for an anchor, so that #t=125 finds it without a player."""
    audio_url = root + release.enclosure.path
    views = []
    for chapter in list_chapters(release.episode):
        moment = format_seconds(chapter.start_ms)
        views.append(
            ChapterView(
                anchor=f"t={moment}",
                title=chapter.title,
                clock=format_clock(chapter.start_ms),
                clock_iso=iso_duration(chapter.start_ms),
                seconds=moment,
                length=length(max(chapter.end_ms - chapter.start_ms, 0), frame.say),
                href=f"{audio_url}#t={moment}",
                image=_chapter_image(chapter.image, root) if chapter.image else None,
                link=_chapter_link(chapter.url, frame.show, root) if chapter.url else None,
            )
        )
    return tuple(views)


def _chapter_image(image: Artwork, root: str) -> ChapterImageView:
    small = image.sizes[0][1] if image.sizes else image.path
    return ChapterImageView(root + small, root + _largest_copy(image).path, image.alt)


def _chapter_link(url: str, show: Show, root: str) -> LinkView:
    return LinkView(host(url, "") or show.title, safe_url(url, root))


def edit_url(show: Show, place: Location) -> str | None:
    """Where the file of a note or a page can be changed, None where the show does not tell."""
    if show.edit_url is None:
        return None
    return safe_url(show.edit_url.replace("{file}", quote(place.file.as_posix())), "")


def view_site(frame: Frame, theme: Theme, root: str, current: str = "") -> SiteView:
    """The show's frame around a page; ``current`` is the address below the root shown as here."""
    show = frame.show
    say = frame.say
    nav = [(say("site.episodes"), "archive/")]
    if frame.taught:
        nav.append((say("site.courses"), "#page_courses"))
    nav += [
        (link.title, link.path) for link in show.pages if link.is_in_nav and not link.is_article
    ]
    if show.has_search:
        nav.append((say("site.search"), SEARCH_PATH))
    nav.append((say("site.subscribe"), "subscribe/"))
    sizes = show.feed.artwork.sizes if show.feed.artwork else ()
    return SiteView(
        title=show.title,
        name=show.site_name or show.title,
        motto=show.site_motto,
        tagline=show.tagline,
        home_url=root,
        subscribe_url=root + "subscribe/",
        archive_url=root + "archive/",
        search_url=root + SEARCH_PATH if show.has_search else None,
        tags_url=root + TAGS_PATH,
        people_url=root + PEOPLE_PATH,
        articles_url=root + ARTICLES_PATH,
        pages=tuple(
            LinkView(link.title, root + link.path, link.path == current)
            for link in show.pages
            if not link.is_in_nav and not link.is_article
        ),
        feed_url=show.url(show.feed.path),
        nav=tuple(LinkView(title, root + path, path == current) for title, path in nav),
        subscribe=view_links(show.subscribe, root),
        social=view_links(show.social, root),
        funding=view_links(show.feed.funding, root),
        blurb=show.blurb,
        copyright=_copyright(show, frame.newest_year),
        mail_url=mail_url(show.contact) if show.contact else None,
        mail_text=veiled(show.contact) if show.contact else None,
        art=view_art(show.feed.artwork, show.title, say, root),
        css_url=root + theme.css_path,
        js_url=root + theme.js_path,
        # The copy that the page shows at its top: a browser asks for it once.
        icon_url=root + (sizes[0][1] if sizes else theme.icon_path),
        touch_icon_url=root + touch if (touch := theme.brand.icon(180)) else None,
        manifest_url=root + MANIFEST,
    )


def _copyright(show: Show, year: int | None) -> str:
    """The author's own words where there are any, else the year of the newest change."""
    return of_year(show.feed.copyright or f"© {{year}} {show.feed.author}", year)
