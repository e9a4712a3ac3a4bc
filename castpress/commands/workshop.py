"""All work on single notes and episodes: opening, listening, assembling, tagging, rendering.

What it is given and what comes of it are the values of ``tasks``.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands.cards import Cards
from castpress.commands.collector import Collector
from castpress.commands.tagged_audio import Tagger
from castpress.commands.tasks import (
    HeardFile,
    HearTask,
    OpenedNote,
    ReadTask,
    RenderedParts,
    RenderTask,
    ThemeTexts,
)
from castpress.model.artifact import hashed
from castpress.model.outline import Outline
from castpress.model.podcast import Release
from castpress.model.problem import Location, Problem, Severity
from castpress.model.text import DESCRIPTION_BYTES
from castpress.store.fingerprints import Stamp, is_settled, stamp_of, text_digest
from castpress.store.memory import ReadEpisode, RenderedEpisode, digest_of, packed_digest
from castpress.store.sources import read_export, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.commands.enclosed import Enclosed
    from castpress.model.notes import Notes
    from castpress.model.podcast import Episode, Show
    from castpress.read.episode_transcripts import TranscriptSource
    from castpress.read.front_matter import Head
    from castpress.read.settings import PlacedSettings
    from castpress.render.catalogue import Frame
    from castpress.render.description import Blocks
    from castpress.render.theme import Theme
    from castpress.store.cache import Cache

_CHANGED = "source-changed"
_NOT_FOR_ALL = ("audio-not-for-apple", "video-not-everywhere")


class Workshop:
    """Does the tasks; what it has assembled it keeps for the tasks that follow."""

    def __init__(
        self,
        root: Path,
        output: Path,
        cache: Cache,
        placed: PlacedSettings | None,
        show: Show | None,
    ) -> None:
        self.root = root
        self.cache = cache
        self._output = output
        self._placed = placed
        self._show = show
        self._heads: dict[tuple[PurePosixPath, bytes], Head] = {}
        self._whole: dict[bytes, Episode] = {}
        self._blocks: dict[tuple[bytes, str], Blocks] = {}
        self._themes: list[tuple[ThemeTexts, Theme]] = []
        self.cards = Cards(cache)

    def open_note(self, name: str) -> OpenedNote:
        """Read a note and its head."""
        from castpress.read.front_matter import parse_head
        from castpress.read.outline import outline_of
        from castpress.read.shown_pictures import pictures_of_notes

        file = PurePosixPath(name)
        now_ns = time.time_ns()
        stamp = _stamp(self.root / file, now_ns)
        text, problems = read_text(self.root, file)
        if text is None:
            return OpenedNote(None, None, None, problems)
        digest = text_digest(text)
        head, faults = parse_head(text, file)
        self._heads[file, digest] = head
        outline = self._with_title(outline_of(head), head, file)
        outline = replace(outline, shown=pictures_of_notes(head.body, file, head.first_line))
        return OpenedNote(digest, outline, stamp, (*problems, *faults))

    @cached_property
    def words(self) -> bytes:
        """A digest of all words of show.yaml that notes are read by."""
        from castpress.read.site_words import site_words

        if self._placed is None:
            return b""
        settings = self._placed.settings
        return digest_of(settings.notes.as_vocabulary(), site_words(settings))

    def _with_title(self, outline: Outline, head: Head, file: PurePosixPath) -> Outline:
        """The outline with the title of the notes, where the date hangs on it."""
        from castpress.read.lessons import is_title_needed

        if self._placed is None or not is_title_needed(outline.signs, self._placed.settings):
            return outline
        notes, _ = self._parse(head, file, self._placed, None)
        signs = replace(outline.signs, title=notes.title)
        return replace(outline, signs=signs, title_read_by=self.words)

    def listen(self, name: str) -> HeardFile:
        """Measure an audio file."""
        from castpress.store.audio.inspect import inspect_audio

        file = PurePosixPath(name)
        stamp = _stamp(self.root / file, time.time_ns())
        facts, problems = inspect_audio(self.root / file, Location(file))
        return HeardFile(facts, None if problems else stamp, problems)

    def listen_beside(self, name: str) -> HeardFile:
        """Measure another encoding of an episode; that not every app plays it is what it is for."""
        from castpress.store.audio.inspect import inspect_audio

        file = PurePosixPath(name)
        stamp = _stamp(self.root / file, time.time_ns())
        facts, found = inspect_audio(self.root / file, Location(file))
        problems = tuple(problem for problem in found if problem.code not in _NOT_FOR_ALL)
        return HeardFile(facts, None if problems else stamp, problems)

    def read(self, task: ReadTask) -> ReadEpisode:
        """Assemble an episode; whole it is kept here only."""
        from castpress.check.episode import check_episode
        from castpress.check.feed_text import check_feed_text

        collector = Collector()
        episode = collector.take(self._assemble(task))
        collector.add(check_episode(episode, self._known_show()))
        slug = task.slug or episode.slug
        blocks = self._gather(task.key, replace(episode, slug=slug))
        collector.add(check_feed_text(episode, blocks.missing(DESCRIPTION_BYTES)))
        self._whole[task.key] = episode
        self._blocks[task.key, slug] = blocks
        listed = without_notes(episode)
        shown = packed_digest(replace(listed, announcement=None))
        return ReadEpisode(task.key, listed, shown, collector.problems, slug)

    def whole(self, task: ReadTask) -> tuple[Episode | None, tuple[Problem, ...]]:
        """The episode with its notes, as it was assembled before or is now once more.

        None, and an error, where a source is another by now.
        """
        known = self._whole.get(task.key)
        if known is not None:
            return known, ()
        episode, problems = self._assemble(task)
        changed = tuple(problem for problem in problems if problem.code == _CHANGED)
        return (None, changed) if changed else (episode, ())

    def hear(self, task: HearTask) -> tuple[Enclosed | None, tuple[Problem, ...]]:
        """The published audio of an episode, and the file where it can be had here."""
        tagger = Tagger(self.root, self._known_show(), self._output, self.cache, task.picture)
        episode, changed = self.whole(task.task)
        if episode is None:
            return None, changed
        episode = replace(episode, slug=task.episode.slug)
        if task.frozen is not None:
            return tagger.frozen(episode, task.frozen, task.alternates)
        return tagger.fresh(episode, task.alternates or ())

    def render(self, task: RenderTask, frame: Frame, texts: ThemeTexts) -> RenderedParts:
        """The files of an episode but its audio, and its item, as far as they are asked for."""
        from castpress.render.next_lesson import with_teaser

        whole, changed = self.whole(task.task)
        if whole is None:
            return RenderedParts(None, (), None, changed)
        listed = task.release.episode
        release = Release(
            replace(whole, slug=listed.slug, aliases=listed.aliases),
            task.release.enclosure,
            task.release.alternates,
        )
        blocks = with_teaser(
            self._gather(task.task.key, release.episode),
            frame.course(release),
            task.around.teaser,
            frame.show.messages_in(listed.language),
        )
        item = None
        if "item" in task.parts:
            from castpress.check.feed_xml import check_item_xml, wrong_feed
            from castpress.render.feed import render_item

            item = render_item(frame.show, frame.feed(release), release, blocks)
            wrong = wrong_feed(check_item_xml(item), whole.location)
            if wrong:
                return RenderedParts(None, (), None, wrong)
        if "files" not in task.parts:
            return RenderedParts(None, (), item)
        from castpress.render.chapters import render_chapters_json
        from castpress.render.embed import render_oembed
        from castpress.render.embed_page import render_embed
        from castpress.render.markdown_page import render_markdown_page
        from castpress.render.pages import (
            render_episode_page,
            render_redirects,
            templates_of_episode,
        )
        from castpress.render.plain_notes import render_plain_notes
        from castpress.render.search_document import render_search_document
        from castpress.render.transcript import render_transcripts
        from castpress.render.transcript_page import render_transcript_page

        theme = self.theme(texts, frame.show)
        collector = Collector()
        card, drawn = self.cards.of_episode(release, frame, task.picture, texts.palette)
        page = render_episode_page(release, task.around, frame, theme, card=card)
        pages = [collector.take(page)]
        pages.append(collector.take(render_embed(release, frame, theme)))
        spoken = render_transcript_page(release, frame, theme, card=card)
        pages.append(collector.take(spoken))
        pages += [collector.take(page) for page in render_redirects(release, frame, theme)]
        made = (
            *([render_chapters_json(frame.show, release)] if whole.chapters else []),
            render_plain_notes(frame.show, release, blocks),
            render_markdown_page(release, frame, task.around.chosen),
            render_oembed(release, frame),
            *render_transcripts(release),
            *([render_search_document(release, frame)] if frame.show.has_search else []),
            *(page for page in pages if page is not None),
            *([drawn] if drawn else []),
        )
        artifacts = tuple(map(hashed, made))
        rendered = RenderedEpisode(
            key=task.key,
            templates=templates_of_episode(release, frame, theme),
            files=tuple((artifact.path, artifact.sha256) for artifact in artifacts),
            problems=collector.problems,
        )
        return RenderedParts(rendered, artifacts, item)

    def _gather(self, key: bytes, episode: Episode) -> Blocks:
        """The episode's text for apps, as it was gathered at the same address before or is now."""
        from castpress.render.description import gather_blocks

        known = self._blocks.pop((key, episode.slug), None)
        return known or gather_blocks(self._known_show(), episode)

    def theme(self, texts: ThemeTexts, show: Show) -> Theme:
        """The theme that these texts make; made once."""
        from castpress.render.html_text import initial
        from castpress.render.theme import prepare_theme
        from castpress.store.template_bytecode import TemplateBytecode

        for known, theme in self._themes:
            if known == texts:
                return theme
        theme = prepare_theme(
            texts.templates,
            texts.palette,
            initial(show.title),
            show.base_url,
            look=show.look,
            messages=show.messages,
            brand=texts.brand,
            bytecode_cache=TemplateBytecode(self.cache),
        )
        self._themes.append((texts, theme))
        return theme

    def _assemble(self, task: ReadTask) -> tuple[Episode, tuple[Problem, ...]]:
        from castpress.read.episode import Material, assemble_episode

        collector = Collector()
        placed = self._placed
        if placed is None:
            raise ValueError("episodes are assembled by settings")
        head = self._head(task, collector)
        notes = collector.take(self._parse(head, task.pair.notes, placed, task.audio.duration_ms))
        material = Material(
            stem=task.pair.stem,
            guid=task.guid,
            head=head,
            notes=notes,
            audio=task.audio,
            transcripts=tuple(self._transcripts(task, collector)),
            artwork=task.artwork,
            location=Location(task.pair.notes, 1),
            is_withdrawn=task.is_withdrawn,
            pictures=task.pictures,
            shown=task.shown,
            portraits=task.portraits,
        )
        episode = collector.take(assemble_episode(material, self._known_show(), placed))
        return episode, collector.problems

    @staticmethod
    def _parse(
        head: Head, file: PurePosixPath, placed: PlacedSettings, duration_ms: int | None
    ) -> tuple[Notes, tuple[Problem, ...]]:
        from castpress.read.notes import parse_notes
        from castpress.read.site_words import site_words

        return parse_notes(
            head.body,
            file,
            placed.settings.notes.as_vocabulary(),
            first_line=head.first_line,
            title=head.settings.title,
            duration_ms=duration_ms,
            site=site_words(placed.settings),
        )

    def _head(self, task: ReadTask, collector: Collector) -> Head:
        """The note's head and body, as it was opened or opened now."""
        known = self._heads.pop((task.pair.notes, task.digest), None)
        if known is not None:
            return known
        from castpress.read.front_matter import parse_head

        text = self._text(task.pair.notes, task.digest, collector)
        return parse_head(text, task.pair.notes)[0]  # its problems were told with the outline

    def _transcripts(self, task: ReadTask, collector: Collector) -> Iterator[TranscriptSource]:
        from castpress.read.episode_transcripts import TranscriptSource

        for language, file, digest in task.transcripts:
            text, _ = read_export(self.root, file)
            yield TranscriptSource(self._as_seen(text, file, digest, collector), file, language)

    def _text(self, file: PurePosixPath, digest: bytes, collector: Collector) -> str:
        """A source's text, as it was seen."""
        text, _ = read_text(self.root, file)
        return self._as_seen(text, file, digest, collector)

    def _as_seen(
        self, text: str | None, file: PurePosixPath, digest: bytes, collector: Collector
    ) -> str:
        """The text; another one than was seen a moment ago stops the build."""
        if text is None or text_digest(text) != digest:
            collector.add([_changed(file)])
        return text or ""

    def _known_show(self) -> Show:
        if self._show is None:
            raise ValueError("episodes are assembled for a show")
        return self._show


def without_notes(episode: Episode) -> Episode:
    """The episode as lists know it: all but what only its own page, item and audio need."""
    return replace(
        episode,
        sections=(),
        chapters=(),
        transcripts=(),
        transcript_made_by=None,
        topics=(),
        links=(),
        video=None,
        call_to_action=None,
        soundbites=(),
        pictures=(),
        shown=(),
        text_records=(),
        alternates=(),
        elements=(),
        corrections=(),
        sponsors=(),
        audio=replace(episode.audio, chapters=()),
    )


def _stamp(path: Path, now_ns: int) -> Stamp | None:
    """What the disk says of a file before it is read, None where it may yet change unseen."""
    try:
        stamp = stamp_of(path.stat())
    except (OSError, ValueError):
        return None
    return stamp if is_settled(stamp, now_ns) else None


def _changed(file: PurePosixPath) -> Problem:
    return Problem(
        _CHANGED,
        f"{file.name} was changed or removed while it was read",
        Location(file),
        Severity.ERROR,
        "save it, then build again",
    )
