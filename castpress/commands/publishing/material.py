"""What is to be live: the files of a build, the staged audio, the ledger that goes with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from castpress.model.artifact import Wave
from castpress.model.ledger import LedgerEntry, with_audio, with_entry, with_live_feeds, with_slugs
from castpress.model.podcast import Episode
from castpress.model.publication.headers import headers_of
from castpress.model.publication.live import LiveEpisode, LiveFile
from castpress.model.staged import NAMED_DIGEST_CHARACTERS, is_staged_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from castpress.commands.build import Built
    from castpress.commands.enclosed import Enclosed
    from castpress.commands.walk import Walked
    from castpress.model.artifact import OutputFile
    from castpress.model.ledger import Ledger, PublishedAudio
    from castpress.model.podcast import Enclosure


@dataclass(frozen=True, slots=True)
class Material:
    """All that is to be live.

    ``sources`` are the files that are here, by path; audio that only the place of publication has
    is among ``files`` without one. ``ledger`` is show.lock once all of it is out,
    ``base_url`` the site's address.
    """

    files: Mapping[str, LiveFile]
    sources: Mapping[str, Path | bytes]
    episodes: Mapping[str, LiveEpisode]
    ledger: Ledger
    base_url: str


def gather(
    built: Built,
    walked: Walked,
    output: Path,
    staged: Mapping[str, Enclosed],
    live: Mapping[str, LiveFile],
) -> Material:
    """What the build and the staged audio come to.

    ``live`` tells which staged audio waits at the place already, that is not here.
    """
    redirects = _redirects(walked)
    files = {file.path: _live_file(file, redirects) for file in built.files}
    sources: dict[str, Path | bytes] = {path: output / path for path in files}
    for enclosed in built.enclosed.values():
        for enclosure in enclosed.audio.enclosures:
            files.setdefault(enclosure.path, _audio_file(enclosure))
    for enclosed in staged.values():
        for enclosure, file in enclosed.pairs:
            if file is not None and enclosure.path not in files:
                files[enclosure.path] = replace(_audio_file(enclosure), is_staged=True)
                sources[enclosure.path] = Path(file.place)
    for path in _waiting(walked) & live.keys():
        files.setdefault(path, replace(live[path], retired=None))
    audio = {guid: enclosed.audio for guid, enclosed in built.enclosed.items()}
    return Material(
        files,
        sources,
        _episodes(walked, audio),
        _ledger(walked, audio, {g: each.audio for g, each in staged.items()}, files),
        walked.show.base_url,
    )


def with_whole_digests(material: Material, seen: Callable[[str], str | None]) -> Material:
    """The material with the whole digest of audio that was only known by the one in its name.

    That is all that a feed tells of it when show.lock was lost. ``seen`` gives the digest of what
    is at the place of publication, None for nothing; other bytes there are left for the guards.
    """
    files, ledger = dict(material.files), material.ledger
    for entry in ledger.entries:
        audio = entry.audio
        file = files.get(audio.enclosure.path) if audio else None
        if audio is None or file is None or len(file.sha256) != NAMED_DIGEST_CHARACTERS:
            continue
        whole = seen(audio.enclosure.path)
        if whole is not None and whole.startswith(file.sha256):
            files[audio.enclosure.path] = replace(file, sha256=whole)
            enclosure = replace(audio.enclosure, sha256=whole)
            whole_audio = replace(audio, enclosure=enclosure)
            ledger = with_entry(ledger, replace(entry, audio=whole_audio))
    return replace(material, files=files, ledger=ledger)


def _redirects(walked: Walked) -> dict[str, str]:
    """The address that each page leads to which stands where an episode's page was before."""
    leads = {
        f"{old}index.html": walked.show.url(quote(episode.page_path))
        for episode in walked.schedule.released
        for old in episode.old_page_paths
    }
    # In a header nothing else can be said; the page itself leads on.
    return {path: url for path, url in leads.items() if url.isascii()}


def _live_file(file: OutputFile, redirects: Mapping[str, str]) -> LiveFile:
    headers = replace(headers_of(file.path), redirect=redirects.get(file.path, ""))
    return LiveFile(file.wave, file.sha256, file.byte_length, headers)


def _audio_file(enclosure: Enclosure) -> LiveFile:
    headers = headers_of(enclosure.path)
    return LiveFile(Wave.MEDIA, enclosure.sha256, enclosure.byte_length, headers)


def _waiting(walked: Walked) -> set[str]:
    """Where the staged audio of scheduled episodes lies, by what show.lock says.

    Where the audio is here, what is staged is made anew, and this is of the time before.
    """
    entries = walked.ledger.by_guid()
    known = (entries.get(episode.guid) for episode in walked.schedule.scheduled)
    return {
        enclosure.path
        for entry in known
        if entry is not None
        and entry.audio is not None
        and is_staged_path(entry.audio.enclosure.path)
        for enclosure in entry.audio.enclosures
        if enclosure == entry.audio.enclosure or entry.guid not in walked.alternates
    }


def _episodes(walked: Walked, audio: Mapping[str, PublishedAudio]) -> dict[str, LiveEpisode]:
    feeds = {course.slug: course.feed.path for course in walked.show.courses}

    def live(episode: Episode) -> LiveEpisode:
        feed = feeds.get(episode.course or "", walked.show.feed.path)
        enclosure = audio[episode.guid].enclosure.path
        return LiveEpisode(feed, episode.slug, enclosure, episode.title)

    return {e.guid: live(e) for e in walked.schedule.released if e.guid in audio}


def _ledger(
    walked: Walked,
    audio: Mapping[str, PublishedAudio],
    staged: Mapping[str, PublishedAudio],
    files: Mapping[str, LiveFile],
) -> Ledger:
    ledger = with_audio(with_slugs(walked.ledger, walked.slugs), audio)
    stems = {episode.guid: episode.stem for episode in walked.schedule.scheduled}
    known = ledger.by_guid()
    for guid, published in staged.items():
        entry = known.get(guid) or LedgerEntry(guid, stems[guid], published.facts.sha256)
        fingerprint = published.facts.sha256
        ledger = with_entry(ledger, replace(entry, audio=published, fingerprint=fingerprint))
    feeds = {path: file.sha256 for path, file in files.items() if file.wave is Wave.FEED}
    return with_live_feeds(ledger, feeds)
