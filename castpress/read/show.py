"""Settings and ledger become the show; what a course leaves out is taken from the show here."""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from castpress.model.feed_files import MAIN_FEED, course_feed_path
from castpress.model.podcast import Course, Feed, FeedType, Show
from castpress.model.problem import Problem, Severity
from castpress.read.derived_feeds import derived_feeds
from castpress.read.own_tags import with_own_tags, with_podcast_tags
from castpress.read.people import role_doubts
from castpress.read.settings import feed_guid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from castpress.model.ledger import Ledger
    from castpress.model.messages import Messages
    from castpress.model.podcast import Artwork, CallToAction, Person
    from castpress.model.problem import Location
    from castpress.read.people import PersonEntry
    from castpress.read.settings import CourseSettings, PlacedSettings, ShowSettings


def assemble_show(
    placed: PlacedSettings,
    artworks: Mapping[str, Artwork],
    ledger: Ledger,
    messages: tuple[Messages, ...] = (),
    portraits: Mapping[str, Artwork] | None = None,
) -> tuple[Show, tuple[Problem, ...]]:
    """The show as pages and feeds need it.

    ``artworks`` and ``portraits`` are the published pictures by their paths in the show's folder,
    ``messages`` what pages say by themselves, in every language that has a catalogue.
    """
    settings = placed.settings
    pictures = _Pictures(artworks, portraits or {})
    problems: list[Problem] = []
    site = settings.site
    courses = []
    for slug, given in settings.courses.items():
        course = _course(slug, given, settings, pictures, ledger)
        feed, faults = with_podcast_tags(course.feed, given, partial(placed.place, "courses", slug))
        courses.append(replace(course, feed=feed))
        problems += faults
    problems += unknown_call(settings, settings.call_to_action, placed.place("call_to_action"))
    problems += role_doubts(settings.people, partial(placed.place, "people"))
    for slug, given in settings.courses.items():
        people = given.people or ()
        problems += role_doubts(people, partial(placed.place, "courses", slug, "people"))
        place = placed.place("courses", slug, "call_to_action")
        problems += unknown_call(settings, given.call_to_action, place)
    main, faults = with_podcast_tags(_main_feed(settings, pictures), settings, placed.place)
    problems += faults
    derived, faults = derived_feeds(placed, main, artworks, ledger)
    problems += faults
    show = Show(
        base_url=settings.base_url,
        feed=main,
        time_zone=settings.time_zone,
        tagline=settings.tagline,
        site_name=site.name,
        site_motto=site.motto,
        courses=tuple(courses),
        subscribe=tuple(entry.as_link() for entry in settings.subscribe),
        social=tuple(entry.as_link() for entry in settings.social),
        contact=settings.contact,
        call_to_action=call_of(settings, settings.call_to_action),
        blurb=site.blurb,
        edit_url=site.edit_url,
        has_moved=any(url != settings.base_url for url in ledger.former_urls),
        hubs=tuple(dict.fromkeys(settings.announce.websub)),
        uses_podping=settings.announce.podping,
        derived=derived,
        feed_size=settings.feed_size,
        look=settings.theme.as_look() if settings.theme else None,
        has_search=settings.search,
        messages=messages,
    )
    return show, tuple(problems)


_HOSTS = frozenset({"host", "co-host"})


def course_feed_guid(settings: ShowSettings, slug: str, ledger: Ledger) -> str:
    """A course's guid: as written, else as recorded, else minted from the feed's first address."""
    path = course_feed_path(slug)
    given = settings.courses[slug].guid
    return given or ledger.feed_guid(path) or feed_guid(settings.base_url + path)


def call_of(settings: ShowSettings, name: str | None) -> CallToAction | None:
    """The call to action of that name, None where there is none."""
    entry = settings.calls_to_action.get(name or "")
    return entry.as_call_to_action() if entry else None


def unknown_call(settings: ShowSettings, name: str | None, place: Location) -> tuple[Problem, ...]:
    """A problem where a call to action is named that show.yaml does not define."""
    if name is None or name in settings.calls_to_action:
        return ()
    near = difflib.get_close_matches(name, list(settings.calls_to_action), n=1)
    advice = (
        f"did you mean `call_to_action: {near[0]}`?"
        if near
        else f"define {name!r} in show.yaml below `calls_to_action:`"
    )
    message = f"no call to action is called {name!r}"
    return (Problem("unknown-call-to-action", message, place, Severity.ERROR, advice),)


class _Pictures(NamedTuple):
    """The published pictures by their paths in the show's folder."""

    artworks: Mapping[str, Artwork]
    portraits: Mapping[str, Artwork]

    def persons(self, entries: Iterable[PersonEntry]) -> tuple[Person, ...]:
        """The people with their photos."""
        return tuple(entry.as_person(self.portraits) for entry in entries)


def _author(settings: ShowSettings) -> str:
    hosts = [person.name for person in settings.people if person.role.lower() in _HOSTS]
    return settings.author or " and ".join(hosts) or settings.title


def _main_feed(settings: ShowSettings, pictures: _Pictures) -> Feed:
    feed = Feed(
        path=MAIN_FEED,
        page_path="",
        guid=settings.guid,
        title=settings.title,
        description=settings.description.strip(),
        language=settings.language,
        feed_type=settings.type,
        categories=settings.categories,
        artwork=pictures.artworks.get(settings.artwork or ""),
        author=_author(settings),
        people=pictures.persons(settings.people),
        is_explicit=settings.explicit,
        copyright=settings.copyright,
        owner_name=settings.owner.name if settings.owner else None,
        owner_email=settings.owner.email if settings.owner else None,
        is_locked=settings.locked,
        medium=settings.medium,
        podroll=tuple(entry.as_remote_item() for entry in settings.podroll),
        publisher=settings.publisher.as_remote_item() if settings.publisher else None,
        webmaster=settings.webmaster,
        ttl_minutes=settings.ttl,
        skip_hours=tuple(sorted(set(settings.skip_hours))),
        skip_days=tuple(dict.fromkeys(settings.skip_days)),
        elements=(settings.cloud.as_element(),) if settings.cloud else (),
    )
    return with_own_tags(feed, settings, pictures.artworks)


def _course(
    slug: str,
    course: CourseSettings,
    settings: ShowSettings,
    pictures: _Pictures,
    ledger: Ledger,
) -> Course:
    main = _main_feed(settings, pictures)
    feed = Feed(
        path=course_feed_path(slug),
        page_path=f"courses/{slug}/",
        guid=course_feed_guid(settings, slug, ledger),
        title=course.title,
        description=course.description.strip(),
        language=course.language or main.language,
        feed_type=FeedType.SERIAL,
        categories=course.categories or main.categories,
        artwork=pictures.artworks.get(course.artwork or "") or main.artwork,
        author=course.author or main.author,
        people=main.people if course.people is None else pictures.persons(course.people),
        is_explicit=main.is_explicit if course.explicit is None else course.explicit,
        medium="course",
        copyright=course.copyright or main.copyright,
        owner_name=main.owner_name,
        owner_email=main.owner_email,
        is_locked=main.is_locked,
        funding=main.funding,
        license=main.license,
        places=main.places,
        podroll=main.podroll,
        publisher=main.publisher,
        webmaster=main.webmaster,
        ttl_minutes=main.ttl_minutes,
        skip_hours=main.skip_hours,
        skip_days=main.skip_days,
        is_blocked=main.is_blocked,
        blocked_services=main.blocked_services,
    )
    feed = with_own_tags(feed, course, pictures.artworks)
    call = call_of(settings, course.call_to_action or settings.call_to_action)
    return Course(
        slug=slug,
        feed=feed,
        lesson_word=course.lesson_word,
        call_to_action=call,
        has_teasers=course.teasers,
    )
