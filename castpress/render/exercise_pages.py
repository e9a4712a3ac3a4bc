"""The page of all exercises: each once, with its reasons and the lessons that it is for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.render.episode_view import page_root
from castpress.render.html_text import safe_url
from castpress.render.list_addresses import EXERCISES_PATH, exercise_anchor
from castpress.render.metadata import view_page
from castpress.render.notes_view import view_exercises
from castpress.render.page_file import feeds_of, page_of
from castpress.render.page_parts import view_row, view_site
from castpress.render.page_views import ExerciseUseView, IndexedExerciseView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.podcast import Exercise, Release
    from castpress.render.catalogue import Catalogue, Frame
    from castpress.render.page_file import Rendered
    from castpress.render.page_views import RowView
    from castpress.render.theme import Theme

_OWN_BLOCK = "exercises_title"  # on a page whose notes do not name its exercises

Use = tuple["Release", "Exercise"]


def has_exercises(releases: Iterable[Release]) -> bool:
    """Whether there is anything to list."""
    return any(release.episode.exercises for release in releases)


def render_exercises(listed: Catalogue, theme: Theme) -> Iterator[Rendered]:
    """The page of all exercises, by the alphabet; none where there are no exercises."""
    if not has_exercises(listed.edition.releases):
        return
    frame = listed.frame
    show = frame.show
    root = page_root(EXERCISES_PATH)
    page = view_page(
        show,
        frame.say("episode.exercises"),
        frame.say("describe.exercises", title=show.title),
        EXERCISES_PATH,
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(frame),
    )
    site = view_site(frame, theme, root, EXERCISES_PATH)
    text = theme.render(
        "exercises.html", site=site, page=page, exercises=tuple(_views(listed, root))
    )
    yield page_of(f"{EXERCISES_PATH}index.html", text)


def _views(listed: Catalogue, root: str) -> list[IndexedExerciseView]:
    uses: dict[str, list[Use]] = {}
    # Courses in their order, each from its first lesson on; then the show's own episodes.
    homes = (*(course.slug for course in listed.frame.taught), None)
    for home in homes:
        for release in listed.order.get(home, ()):
            for exercise in release.episode.exercises:
                uses.setdefault(exercise_anchor(exercise.name), []).append((release, exercise))
    used = {release.episode.course for found in uses.values() for release, _ in found}
    views = [
        _view(anchor, found, listed.frame, root, has_several=len(used) > 1)
        for anchor, found in uses.items()
    ]
    return sorted(views, key=lambda view: view.anchor)


def _view(
    anchor: str, uses: Sequence[Use], frame: Frame, root: str, *, has_several: bool
) -> IndexedExerciseView:
    """One exercise, called as it is called most often; its link is the first that it was given."""
    names = Counter(" ".join(exercise.name.split()) for _, exercise in uses)
    said = view_exercises([exercise for _, exercise in uses], root)
    urls = (safe_url(exercise.url, root) for _, exercise in uses if exercise.url)
    by_home: dict[str | None, dict[str, Release]] = {}
    for release, _ in uses:
        episode = release.episode
        by_home.setdefault(episode.course, {}).setdefault(episode.guid, release)
    return IndexedExerciseView(
        anchor=anchor,
        name=names.most_common(1)[0][0],
        reasons=tuple(_unlike(view.reason for view in said if view.reason)),
        url=next(filter(None, urls), None),
        uses=tuple(
            ExerciseUseView(
                title=frame.feed(next(iter(found.values()))).title if has_several else None,
                rows=tuple(_row(release, frame, root) for release in found.values()),
            )
            for found in by_home.values()
        ),
    )


def _unlike(texts: Iterable[str]) -> Iterable[str]:
    """The texts, each once however it is capitalised."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.casefold(), text)
    return found.values()


def _row(release: Release, frame: Frame, root: str) -> RowView:
    row = view_row(release, frame, root)
    return replace(row, url=f"{row.url}#{release.episode.exercises_anchor or _OWN_BLOCK}")
