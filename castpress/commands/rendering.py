"""The second half of the walk: from assembled episodes to every file of the output.

What was rendered before is taken over where all that it read is the same: the digest of the
episode, of the show and the frame around its page, of the neighbours that the page names, of the
templates that were seen to be used, of castpress's own code; and where the output still holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from castpress.check.feeds import check_feed_sizes, same_enclosure
from castpress.commands.cards import make_icons
from castpress.commands.collector import Collector
from castpress.commands.enclosures import enclose
from castpress.commands.tasks import RenderTask, ThemeTexts
from castpress.model.artifact import Artifact, OutputFile, Wave, hashed, output_file
from castpress.model.brand import Brand
from castpress.model.feed_files import in_feed_order
from castpress.model.podcast import Edition, EpisodeType, Release
from castpress.model.problem import Location
from castpress.model.teaser import coming_of, teasers_of
from castpress.render.catalogue import catalogue
from castpress.store.memory import (
    RenderedFeed,
    RenderedLists,
    bytes_digest,
    digest_of,
)
from castpress.store.sources import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from castpress.check.feed_xml import Listed
    from castpress.commands.enclosed import Enclosed
    from castpress.commands.reporter import Reporter
    from castpress.commands.standing import Standing
    from castpress.commands.tasks import RenderedParts
    from castpress.commands.walk import Walked
    from castpress.model.feed_files import FeedFile
    from castpress.model.palette import Palette
    from castpress.model.problem import Problem
    from castpress.render.catalogue import Catalogue, Frame
    from castpress.render.groups import Group
    from castpress.render.page_file import Rendered as Page
    from castpress.render.theme import Theme
    from castpress.store.memory import Memory


@dataclass(frozen=True, slots=True)
class Rendered:
    """The whole output: what has to be written, and what lies there already.

    ``enclosed`` is the audio of what is out, by guid.
    """

    artifacts: tuple[Artifact, ...]
    unchanged: tuple[OutputFile, ...]
    enclosed: Mapping[str, Enclosed]

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """Every file of the output."""
        return (*map(output_file, self.artifacts), *self.unchanged)


class _Look(NamedTuple):
    """The theme's texts, a digest of each, and of what all pages show of it."""

    texts: ThemeTexts
    digests: Mapping[str, bytes]
    digest: bytes


def render(
    walked: Walked,
    output: Path,
    standing: Standing,
    memories: tuple[Memory, Memory],
    reporter: Reporter,
) -> tuple[Rendered, tuple[Problem, ...]]:
    """Every file of the output; problems with audio and templates come along.

    ``standing`` is what that output holds already, ``memories`` are of the last build and for the
    next one.

    Raises:
        OSError: the cache cannot be written, or a source cannot be read any more.
    """
    memory, fresh = memories
    collector = Collector()
    released = walked.schedule.released
    enclosed = collector.take(
        enclose(walked, released, output, reporter, standing=standing, memory=memory, fresh=fresh)
    )
    releases = tuple(
        Release(episode, known.audio.enclosure, known.audio.alternates)
        for episode in released
        if (known := enclosed.get(episode.guid)) is not None
    )
    show, plan = walked.show, walked.schedule
    coming = coming_of(show, plan)
    waiting = (*plan.scheduled, *plan.undated, *plan.drafts, *plan.unheard)
    teasers = teasers_of(show, plan)
    edition = Edition(show, releases, teasers, coming, walked.pages, waiting)
    listed = catalogue(edition)
    work = _Rendering(walked, listed, standing, memory, fresh)
    look = collector.take(_look(walked, listed.frame))
    if not work.episodes(look, reporter, collector):
        return Rendered((), (), enclosed), collector.problems
    sizes = work.feeds(collector)
    collector.add(check_feed_sizes(sizes, walked.show, Location(SETTINGS_FILE, 1)))
    work.lists(look, collector)
    work.search()
    audio, there = _media(enclosed, standing)
    artifacts = (*audio, *walked.pictures.artifacts, *work.artifacts)
    return Rendered(artifacts, (*there, *work.unchanged), enclosed), collector.problems


def _media(
    enclosed: Mapping[str, Enclosed], standing: Standing
) -> tuple[list[Artifact], list[OutputFile]]:
    """The audio to be written, and what is there; each path once, whoever has it."""
    audio = {a.path: a for each in enclosed.values() for a in each.artifacts}
    there = {
        one.path: found
        for each in enclosed.values()
        for one, file in each.pairs
        if file is None and one.path not in audio
        if (found := standing.find(one.path, one.sha256)) is not None
    }
    return list(audio.values()), list(there.values())


class _Rendering:
    """One output in the making."""

    def __init__(
        self, walked: Walked, listed: Catalogue, standing: Standing, memory: Memory, fresh: Memory
    ) -> None:
        self._walked = walked
        self._listed = listed
        self._standing = standing
        self._memory = memory
        self._fresh = fresh
        self._items: dict[str, bytes] = {}
        self._item_keys: dict[str, bytes] = {}
        frame = listed.frame
        taught = [course.slug for course in frame.taught]
        feeds = [feed.path for feed in frame.feeds]
        self._frame_digest = digest_of(walked.show_digest, frame.newest_year, taught, feeds)
        self.artifacts: list[Artifact] = []
        self.unchanged: list[OutputFile] = []

    def episodes(self, look: _Look, reporter: Reporter, collector: Collector) -> bool:
        """The pages of episodes with what lies beside them, and their items.

        False, and an error, where a source was changed before its page was made.
        """
        tasks = {}
        every = [(r, self._render_task(r, look)) for r in self._listed.edition.releases]
        old = self._old_items()
        for release, task in every:
            guid = release.episode.guid
            parts = ("item",) if old.get(guid) != self._item_keys[guid] else ()
            known = self._memory.rendered.get(guid)
            files = None
            if known and known.key == _with_templates(task.key, known.templates, look):
                files = self._standing.all_of(known.files)
            if known is not None and files is not None:
                self._fresh.rendered[guid] = known
                self.unchanged += files
                collector.add(known.problems)
            else:
                parts = ("files", *parts)
            if parts:
                tasks[release.episode.stem] = replace(task, parts=parts)
        done = self._walked.crew.run(
            "render", tasks, reporter.track, self._listed.frame, look.texts
        )
        for stem, task in tasks.items():
            self._take(task.release.episode.guid, done[stem], look, collector)
        return not any(parts.problems for parts in done.values())

    def feeds(self, collector: Collector) -> list[tuple[FeedFile, int]]:
        """Every feed in the order of publication, each with its length in bytes.

        An error comes along where one would not be as readers of feeds have agreed.
        """
        sizes = [(file, self._feed(file, collector)) for file in self._listed.feeds]
        self._json_feed(collector)
        self._items.clear()  # they are the feeds once more, and those of a large show are large
        return sizes

    def lists(self, look: _Look, collector: Collector) -> None:
        """The pages of no single episode, and the theme's own files."""
        from castpress.render.pages import render_lists

        key = digest_of(
            self._frame_digest,
            look.digest,
            sorted(look.digests.items()),
            str(self._listed.newest_change),
            sorted(self._listed.edition.coming.items()),
            self._listed.edition.pages,
            [(self._listing(r), r.enclosure) for r in self._listed.edition.releases],
        )
        known = self._memory.lists
        files = self._standing.all_of(known.files) if known and known.key == key else None
        if known is not None and files is not None and self._take_groups(collector):
            self._fresh.lists = known
            self.unchanged += files
            collector.add(known.problems)
            return
        theme = self._walked.crew.workshop.theme(look.texts, self._walked.show)
        groups = self._groups_listed
        self._render_groups(groups, theme, look, collector)
        pages = chain(render_lists(self._listed, groups, theme), self._page_documents())
        self._fresh.lists = self._pages(key, pages, collector)

    def _page_documents(self) -> Iterator[Page]:
        """What can be found of the author's own pages."""
        from castpress.render.search_page import render_page_documents

        if self._walked.show.has_search:
            yield from ((each, ()) for each in render_page_documents(self._listed.edition.pages))

    def _take_groups(self, collector: Collector) -> bool:
        """Take over every group's pages, where the output holds them all."""
        known = self._memory.groups
        files = [self._standing.all_of(group.files) for group in known.values()]
        found = [each for each in files if each is not None]
        if len(found) < len(files):
            return False
        self._fresh.groups |= known
        self.unchanged += [file for each in found for file in each]
        for group in known.values():
            collector.add(group.problems)
        return True

    @cached_property
    def _groups_listed(self) -> tuple[Group, ...]:
        """Every tag, season and person that has a page."""
        from castpress.render.groups import groups_of

        return groups_of(self._listed)

    def _render_groups(
        self, groups: Sequence[Group], theme: Theme, look: _Look, collector: Collector
    ) -> None:
        """The pages of tags, seasons and people; of each group those whose rows have changed."""
        from castpress.render.group_pages import render_group
        from castpress.render.own_pages import view_articles

        shared = digest_of(self._frame_digest, look.digest, sorted(look.digests.items()))
        for group in groups:
            rows = [(self._listing(r), r.enclosure) for r in group.releases]
            key = digest_of(
                shared, group, rows, view_articles(group.reading, self._listed.frame.say, "")
            )
            known = self._memory.groups.get(group.path)
            files = self._standing.all_of(known.files) if known and known.key == key else None
            if known is not None and files is not None:
                self._fresh.groups[group.path] = known
                self.unchanged += files
                collector.add(known.problems)
                continue
            pages = render_group(group, self._listed.frame, theme)
            self._fresh.groups[group.path] = self._pages(key, pages, collector)

    def _pages(self, key: bytes, pages: Iterable[Page], collector: Collector) -> RenderedLists:
        """Pages made now, and what is remembered of them."""
        own = Collector()
        found = [own.take(page) for page in pages]
        made = [hashed(page) for page in found if page is not None]
        self.artifacts += made
        collector.add(own.problems)
        written = tuple((artifact.path, artifact.sha256) for artifact in made)
        return RenderedLists(key, written, own.problems)

    def search(self) -> None:
        """The index of the search, from what lies beside the pages of episodes."""
        from castpress.commands.searching import join_search

        if not self._walked.show.has_search:
            return
        made, there = join_search(
            self._listed,
            self._groups_listed,
            self.artifacts,
            self._standing,
            (self._memory, self._fresh),
        )
        self.artifacts += made
        self.unchanged += there

    def _listing(self, release: Release) -> tuple[bytes, str]:
        """What lists know of an episode, and its address, which is settled later."""
        return self._walked.read[release.episode.guid].listed, release.episode.slug

    def _render_task(self, release: Release, look: _Look) -> RenderTask:
        episode = release.episode
        read = self._walked.read
        around = self._listed.surroundings(release)
        others = (around.before, around.after, around.following, *around.related)
        enclosed = (release.enclosure, release.alternates)
        self._item_keys[episode.guid] = digest_of(
            self._walked.show_digest, read[episode.guid].key, episode.slug, enclosed, around.teaser
        )
        key = digest_of(
            self._frame_digest,
            look.digest,
            read[episode.guid].key,
            enclosed,
            episode.slug,
            episode.aliases,
            [self._listing(other) if other else None for other in others],
            around.lesson_count,
            around.lesson_keys,
            around.teaser,
            around.reading,
            around.chosen,
        )
        task = self._walked.tasks[episode.guid]
        artwork = episode.artwork or self._listed.frame.feed(release).artwork
        picture = self._walked.pictures.copy_of(artwork or self._walked.show.feed.artwork)
        return RenderTask(key, task, release, around, (), picture)

    def _take(self, guid: str, parts: RenderedParts, look: _Look, collector: Collector) -> None:
        collector.add(parts.problems)
        if parts.item is not None:
            self._items[guid] = parts.item
        if parts.rendered is None:
            return
        collector.add(parts.rendered.problems)
        self.artifacts += parts.artifacts
        key = _with_templates(parts.rendered.key, parts.rendered.templates, look)
        self._fresh.rendered[guid] = replace(parts.rendered, key=key)

    def _old_items(self) -> dict[str, bytes]:
        """The key of each item that a feed of the output holds, by guid."""
        there = {
            path: {guid: item[0] for guid, item in feed.items.items()}
            for path, feed in self._memory.feeds.items()
            if self._standing.find(path, feed.sha256)
        }
        found = {guid: key for items in there.values() for guid, key in items.items()}
        if found == self._item_keys:
            return found
        # Items will be cut from them: a byte that was changed there would stay for ever.
        for path in list(there):
            if not self._standing.is_whole(path, self._memory.feeds[path].sha256):
                del there[path]
        return {guid: key for items in there.values() for guid, key in items.items()}

    def _feed(self, file: FeedFile, collector: Collector) -> int:
        """Make a feed, or take over the one that is there; its length in bytes."""
        from castpress.check.feed_xml import check_feed_xml, check_together, wrong_feed
        from castpress.render.feed import join_feed, render_frame

        feed, releases = file.feed, file.releases
        keys = [(r.episode.guid, self._item_keys[r.episode.guid]) for r in releases]
        changed = max((release.changed for release in releases), default=None)
        older = file.older_trailers
        trailers = [self._item_keys[release.episode.guid] for release in older]
        key = digest_of(
            self._walked.show_digest, feed.path, feed.paging, str(changed), keys, trailers
        )
        known = self._memory.feeds.get(feed.path)
        there = self._standing.find(feed.path, known.sha256) if known else None
        if known is not None and known.key == key and there is not None:
            self._fresh.feeds[feed.path] = known
            self.unchanged.append(there)
            return there.byte_length
        items = self._items_of([release.episode.guid for release in releases])
        frame = render_frame(self._walked.show, feed, releases, older)
        together = check_together(
            map(_listed, releases), feed_type=feed.feed_type, medium=feed.medium
        )
        faults = (*check_feed_xml(frame), *together)
        collector.add(wrong_feed(faults, Location(SETTINGS_FILE, 1)))
        collector.add(same_enclosure(releases))
        content, places = join_feed(frame, items)
        artifact = hashed(Artifact(feed.path, Wave.FEED, content))
        self.artifacts.append(artifact)
        rows = zip(keys, places, strict=True)
        index = {guid: (item_key, *place) for (guid, item_key), place in rows}
        self._fresh.feeds[feed.path] = RenderedFeed(key, artifact.sha256, index)
        return len(content)

    def _json_feed(self, collector: Collector) -> None:
        """The main feed's newest once more as JSON, with the texts of its items."""
        from castpress.render.json_feed import NEWEST, render_json_feed, text_of_item

        show = self._walked.show
        releases = in_feed_order(self._listed.edition.of_feed(None))[:NEWEST]
        guids = [release.episode.guid for release in releases]
        key = digest_of(self._walked.show_digest, [(g, self._item_keys[g]) for g in guids])
        known = self._memory.json_feed
        files = self._standing.all_of(known.files) if known and known.key == key else None
        if known is not None and files is not None:
            self._fresh.json_feed = known
            self.unchanged += files
            return
        texts = map(text_of_item, self._items_of(guids))
        page = render_json_feed(show, releases, dict(zip(guids, texts, strict=True)))
        self._fresh.json_feed = self._pages(key, [(page, ())], collector)

    def _items_of(self, guids: Sequence[str]) -> list[bytes]:
        """The items, made now or cut from the feeds of the output."""
        missing = {guid for guid in guids if guid not in self._items}
        for path, feed in self._memory.feeds.items():
            found = missing & feed.items.keys()
            if found and self._standing.find(path, feed.sha256):
                text = memoryview(self._standing.read(path))
                for guid in found:
                    _, start, length = feed.items[guid]
                    self._items[guid] = bytes(text[start : start + length])
                missing -= found
        return [self._items[guid] for guid in guids]


def _listed(release: Release) -> Listed:
    from castpress.check.feed_xml import Listed

    episode = release.episode
    return Listed(
        guid=episode.guid,
        is_full=episode.episode_type is EpisodeType.FULL,
        has_number=episode.number is not None,
    )


def _look(walked: Walked, frame: Frame) -> tuple[_Look, tuple[Problem, ...]]:
    from castpress.store.theme_files import read_theme

    templates, problems = read_theme(walked.root)
    palette = walked.pictures.palette_of(walked.show.feed.artwork)
    digests = {name: bytes_digest(text.encode()) for name, text in templates.items()}
    # The style sheet, the script and the icon stand by their addresses in every page.
    shared = [(name, digest) for name, digest in digests.items() if not name.endswith(".html")]
    brand = _brand(walked, frame, palette)
    texts = ThemeTexts(templates, palette, brand)
    return _Look(texts, digests, digest_of(shared, palette, brand)), problems


def _brand(walked: Walked, frame: Frame, palette: Palette | None) -> Brand:
    """The show's icons and cards, whose files go into the output with the pictures."""
    show, pictures = walked.show, walked.pictures
    cover = show.feed.artwork
    icons, files = make_icons(walked.crew.workshop.cache, cover, pictures.copy_of(cover))
    cards = []
    for feed in (show.feed, *(course.feed for course in frame.taught)):
        picture = pictures.copy_of(feed.artwork or show.feed.artwork)
        card, file = walked.crew.workshop.cards.of_feed(feed, show, picture, palette)
        cards.append((feed.path, card))
        files = (*files, file) if file else files
    for file in files:
        pictures.add(file)
    return Brand(icons, tuple(cards), palette.light if palette else "")


def _with_templates(key: bytes, names: Sequence[str], look: _Look) -> bytes:
    return digest_of(key, [(name, look.digests.get(name)) for name in names])
