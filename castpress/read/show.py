"""Settings and ledger become the show; what a course leaves out is taken from the show here."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from castpress.model.podcast import Course, Feed, FeedType, Show
from castpress.model.problem import Problem, Severity
from castpress.read.settings import feed_guid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from castpress.model.ledger import Ledger
    from castpress.model.podcast import Artwork, CallToAction, Person
    from castpress.model.problem import Location
    from castpress.read.settings import CourseSettings, PersonEntry, PlacedSettings, ShowSettings

MAIN_FEED = "feed.xml"


def assemble_show(
    placed: PlacedSettings, artworks: Mapping[str, Artwork], ledger: Ledger
) -> tuple[Show, tuple[Problem, ...]]:
    """The show as pages and feeds need it; ``artworks`` are the published pictures by path."""
    settings = placed.settings
    problems: list[Problem] = []
    site = settings.site
    courses = tuple(
        _course(slug, course, settings, artworks, ledger)
        for slug, course in settings.courses.items()
    )
    problems += unknown_call(settings, settings.call_to_action, placed.place("call_to_action"))
    for slug, course in settings.courses.items():
        place = placed.place("courses", slug, "call_to_action")
        problems += unknown_call(settings, course.call_to_action, place)
    show = Show(
        base_url=settings.base_url,
        feed=_main_feed(settings, artworks),
        time_zone=settings.time_zone,
        tagline=settings.tagline,
        site_name=site.name,
        site_motto=site.motto,
        courses=courses,
        subscribe=tuple(entry.as_link() for entry in settings.subscribe),
        social=tuple(entry.as_link() for entry in settings.social),
        contact=settings.contact,
        call_to_action=call_of(settings, settings.call_to_action),
        blurb=site.blurb,
        has_moved=any(url != settings.base_url for url in ledger.former_urls),
        hubs=tuple(dict.fromkeys(settings.announce.websub)),
        uses_podping=settings.announce.podping,
    )
    return show, tuple(problems)


def course_feed_path(slug: str) -> str:
    """Where a course's feed lies in the output."""
    return f"courses/{slug}/feed.xml"


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


def _persons(entries: Iterable[PersonEntry]) -> tuple[Person, ...]:
    return tuple(entry.as_person() for entry in entries)


def _author(settings: ShowSettings) -> str:
    hosts = [person.name for person in settings.people if person.role.lower() == "host"]
    return settings.author or " and ".join(hosts) or settings.title


def _main_feed(settings: ShowSettings, artworks: Mapping[str, Artwork]) -> Feed:
    return Feed(
        path=MAIN_FEED,
        page_path="",
        guid=settings.guid,
        title=settings.title,
        description=settings.description.strip(),
        language=settings.language,
        feed_type=settings.type,
        categories=settings.categories,
        artwork=artworks.get(settings.artwork or ""),
        author=_author(settings),
        people=_persons(settings.people),
        is_explicit=settings.explicit,
        copyright=settings.copyright,
        owner_name=settings.owner.name if settings.owner else None,
        owner_email=settings.owner.email if settings.owner else None,
        is_locked=settings.locked,
        funding=tuple(entry.as_link() for entry in settings.funding),
    )


def _course(
    slug: str,
    course: CourseSettings,
    settings: ShowSettings,
    artworks: Mapping[str, Artwork],
    ledger: Ledger,
) -> Course:
    main = _main_feed(settings, artworks)
    feed = Feed(
        path=course_feed_path(slug),
        page_path=f"courses/{slug}/",
        guid=course_feed_guid(settings, slug, ledger),
        title=course.title,
        description=course.description.strip(),
        language=course.language or main.language,
        feed_type=FeedType.SERIAL,
        categories=course.categories or main.categories,
        artwork=artworks.get(course.artwork or "") or main.artwork,
        author=course.author or main.author,
        people=main.people if course.people is None else _persons(course.people),
        is_explicit=main.is_explicit if course.explicit is None else course.explicit,
        medium="course",
        copyright=course.copyright or main.copyright,
        owner_name=main.owner_name,
        owner_email=main.owner_email,
        is_locked=main.is_locked,
        funding=main.funding,
    )
    call = call_of(settings, course.call_to_action or settings.call_to_action)
    return Course(slug=slug, feed=feed, lesson_word=course.lesson_word, call_to_action=call)
