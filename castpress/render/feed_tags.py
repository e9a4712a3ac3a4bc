"""The tables of all elements that a feed of ours holds, and the feedgen extension that writes them.

From model to tag: one row an element, in the order of the feed, with where it comes from and who
reads it; docs/feed.md is made of the same rows. Adding a tag is one row here, a function where the
row would get long, and a rule in ``model/element_table``.
"""

from __future__ import annotations

from typing import Any

from castpress.model.element_rules import NAMESPACES
from castpress.render import itunes, paging, podcast_item
from castpress.render import podcast_namespace as podcast
from castpress.render.feed_element import (
    Channel,
    Item,
    Tag,
    append_values,
    number_value,
    text_value,
    value,
)

_APPS_2_0 = "Podcasting 2.0 apps"
_INDEX = "Podcasting 2.0 apps, Podcast Index"


_PAYMENTS = "apps that send payments, such as Fountain and Podverse"
_AS_DOCUMENTED = "as the namespace's documentation writes it"


def _of_show(name: str, comes_from: str, read_by: str) -> Tag[Channel]:
    """A row of an element that is passed through to the channel."""
    return Tag(name, lambda c: podcast.passed_through(c.feed.elements, name), comes_from, read_by)


def _of_episode(name: str, comes_from: str, read_by: str) -> Tag[Item]:
    """A row of an element that is passed through to the item."""
    return Tag(
        name,
        lambda i: podcast.passed_through(i.release.episode.elements, name),
        comes_from,
        read_by,
    )


CHANNEL_TAGS: tuple[Tag[Channel], ...] = (
    Tag("title", None, "`title`", "all; Apple searches it"),
    Tag("link", None, "the address of the show's or the course's page", "all"),
    Tag("description", None, "`description`; plain text, shortened to 4000 bytes", "all"),
    Tag("docs", None, "always the address of RSS's specification", "people who look at feeds"),
    Tag("generator", None, "always `castpress`", "people who look at feeds"),
    Tag("language", None, "`language`", "Apple and Spotify, for the directory"),
    Tag(
        "copyright",
        itunes.copyright_text,
        "`copyright`, with the year of the newest change for `{year}`",
        "Apple",
    ),
    Tag(
        "managingEditor",
        itunes.managing_editor,
        "`owner`: e-mail and name, as `mail@example.org (Name)`",
        "feed readers",
    ),
    Tag(
        "webMaster",
        lambda c: text_value(c.feed.webmaster),
        "`webmaster`",
        "people who look at feeds",
    ),
    Tag(
        "pubDate",
        lambda c: itunes.date_value(c.published),
        "when the newest of the listed episodes came out",
        "feed readers",
    ),
    Tag(
        "lastBuildDate",
        lambda c: itunes.date_value(c.changed),
        "the newest `published` or `updated` of the listed episodes; never the time of the build",
        "crawlers",
    ),
    Tag(
        "category",
        itunes.rss_categories,
        "`categories`, as `Sports/Running`",
        "feed readers; apps read `itunes:category`",
    ),
    Tag(
        "ttl",
        lambda c: number_value(c.feed.ttl_minutes),
        "`ttl`: minutes for which a copy is good",
        "feed readers",
    ),
    Tag(
        "image",
        itunes.rss_image,
        "`artwork`, with the channel's title and link",
        "feed readers that do not know `itunes:image`",
    ),
    Tag(
        "skipHours",
        lambda c: itunes.skipped("hour", c.feed.skip_hours),
        "`skip_hours`: hours (UTC) in which nothing new comes",
        "few crawlers",
    ),
    Tag(
        "skipDays",
        lambda c: itunes.skipped("day", c.feed.skip_days),
        "`skip_days`: days (UTC) on which nothing new comes",
        "few crawlers",
    ),
    _of_show("cloud", "`cloud`", "readers that still know RSS's own notification"),
    Tag(
        "atom:link",
        itunes.links,
        'the feed\'s own address, `rel="self"`; each hub of `announce: websub:`, `rel="hub"`',
        "PSP-1 validators, apps after a move; aggregators that want to be told instead of asking",
    ),
    Tag(
        "atom:link",
        paging.paging_links,
        "with `feed_size` and archive pages: the other parts of the feed, `first`, `previous`, "
        "`next`, `last`; `prev-archive`, `next-archive`, `current`",
        "AntennaPod and gPodder, which load older episodes by `next`",
    ),
    Tag(
        "fh:archive",
        paging.archive_mark,
        "only in an archive page",
        "readers of archives (RFC 5005)",
    ),
    Tag(
        "itunes:new-feed-url",
        itunes.new_feed_url,
        "the feed's own address, once the show has moved (`castpress move`)",
        "Apple and most apps, which follow it",
    ),
    Tag("itunes:author", lambda c: text_value(c.feed.author), "`author`", "all"),
    Tag(
        "itunes:title",
        lambda c: text_value(c.feed.apple_title),
        "`apple_title`",
        "Apple, in the place of `title`",
    ),
    Tag(
        "itunes:type",
        lambda c: (value(c.feed.feed_type.value),),
        "`type`: `episodic`, or `serial` for a course",
        "Apple, Spotify, podcast apps: the order of the episodes",
    ),
    Tag(
        "itunes:explicit",
        lambda c: itunes.explicit_value(c.feed.is_explicit),
        "`explicit`: `true` or `false`",
        "Apple refuses a feed without it",
    ),
    Tag(
        "itunes:image",
        lambda c: itunes.image(c.show, c.feed.artwork),
        "`artwork`",
        "all",
    ),
    Tag(
        "itunes:category",
        itunes.categories,
        "`categories`, the best first; subcategories stand inside their category, each category "
        "once",
        "Apple, Spotify",
    ),
    Tag(
        "itunes:owner",
        itunes.owner,
        "`owner`: name (else the author) and e-mail; only with an e-mail",
        "Spotify, YouTube and Amazon write to it when you claim the show",
    ),
    Tag(
        "itunes:block",
        lambda c: itunes.yes_value(c.feed.is_blocked),
        "`Yes` with `block: true`",
        "Apple: the show is not listed",
    ),
    Tag(
        "itunes:complete",
        lambda c: itunes.yes_value(c.feed.is_complete),
        "`Yes` with `complete: true`",
        "Apple: nothing more will come, so it stops asking",
    ),
    Tag(
        "podcast:guid",
        lambda c: text_value(c.feed.guid),
        "`guid`; the course's own from show.lock",
        "Podcast Index, apps that follow a show through moves",
    ),
    Tag(
        "podcast:locked",
        podcast.locked,
        "`locked`, with the owner's e-mail",
        "other hosts, before they import the feed",
    ),
    Tag(
        "podcast:block",
        podcast.blocks,
        "`block`: services by name, or all",
        "directories that keep to it",
    ),
    Tag(
        "podcast:podping",
        podcast.podping,
        '`usesPodping="true"` with `announce: podping: true`',
        "Podcast Index and crawlers, which then ask less often",
    ),
    Tag(
        "podcast:medium",
        lambda c: text_value(c.feed.medium),
        "`medium`; `course` for a course",
        _INDEX,
    ),
    Tag(
        "podcast:license",
        lambda c: podcast.license_text(c.feed.license),
        "`license`",
        _APPS_2_0,
    ),
    Tag("podcast:location", lambda c: podcast.locations(c.feed.places), "`location`", _INDEX),
    Tag(
        "podcast:funding",
        lambda c: podcast.funding(c.show, c.feed.funding),
        "`funding`: title and address, the best first",
        "Podcasting 2.0 apps, as a button",
    ),
    Tag(
        "podcast:person",
        lambda c: podcast.people(c.show, c.feed.people),
        "`people`: name, role, group, address, picture",
        _INDEX,
    ),
    Tag(
        "podcast:image",
        lambda c: podcast.images(c.show, c.feed.artwork, c.feed.pictures),
        "`artwork` with `artwork_alt` and its size; `images` for other purposes",
        _APPS_2_0,
    ),
    Tag(
        "podcast:trailer",
        podcast.trailers,
        "each listed episode of `type: trailer`",
        "Podcasting 2.0 apps: what to hear first",
    ),
    Tag(
        "podcast:updateFrequency",
        podcast.update_frequency,
        "`update_frequency`: in words, and as a rule where one is known",
        _INDEX,
    ),
    Tag("podcast:podroll", podcast.podroll, "`podroll`: shows that you recommend", _APPS_2_0),
    Tag("podcast:publisher", podcast.publisher, "`publisher`", _INDEX),
    Tag(
        "podcast:socialInteract",
        lambda c: podcast.social_posts(c.feed.discussion),
        "`discussion`",
        "Podcasting 2.0 apps, as the comments",
    ),
    Tag(
        "podcast:txt",
        lambda c: podcast.text_records(c.feed.text_records),
        "`txt`: a text and its purpose",
        "directories that ask for a proof of ownership; Apple with the purpose "
        "`applepodcastsverify`",
    ),
    _of_show("podcast:value", f"`podcast: value:`, {_AS_DOCUMENTED}", _PAYMENTS),
    _of_show("podcast:chat", f"`podcast: chat:`, {_AS_DOCUMENTED}", "few apps"),
    _of_show(
        "podcast:liveItem",
        f"`podcast: liveItem:`, {_AS_DOCUMENTED}: a stream that is announced, on air or over",
        "apps for live shows, such as Podverse and Fountain",
    ),
)

ITEM_TAGS: tuple[Tag[Item], ...] = (
    Tag("title", None, "the note's title", "all"),
    Tag("link", None, "the address of the episode's page", "all"),
    Tag(
        "description",
        None,
        "summary, chapter lines, notes, call to action and page link, see below",
        "all",
    ),
    Tag(
        "content:encoded",
        None,
        "the same without a limit; only where the notes say more than fits into the description",
        "AntennaPod, Pocket Casts, feed readers",
    ),
    Tag(
        "guid",
        None,
        "show.lock, or `guid` in the front matter; never an address",
        "all: it tells a new episode from an old one",
    ),
    Tag(
        "enclosure",
        None,
        "the published audio: its address, its bytes, its type (`audio/x-m4a` for M4A, which is "
        "Apple's word)",
        "all: this is the episode",
    ),
    Tag(
        "pubDate",
        lambda i: itunes.date_value(i.release.published),
        "`published`, with a numeric offset",
        "all",
    ),
    Tag(
        "category",
        lambda i: tuple(v for tag in i.release.episode.tags for v in text_value(tag)),
        "`tags`",
        "feed readers",
    ),
    Tag(
        "comments",
        itunes.comments,
        "`comments`, else the first post of `discussion` that is on the web",
        "feed readers",
    ),
    Tag(
        "itunes:title",
        lambda i: text_value(i.release.episode.apple_title),
        "`apple_title`",
        "Apple, in the place of `title`",
    ),
    Tag("itunes:duration", itunes.duration, "the measured length, in whole seconds", "all"),
    Tag(
        "itunes:author",
        lambda i: text_value(i.release.episode.author),
        "`author` in the front matter",
        "gPodder; Apple no longer",
    ),
    Tag(
        "itunes:image",
        lambda i: itunes.image(i.show, podcast_item.artwork_of(i)),
        "`image` in the front matter, else the course's artwork",
        "most apps",
    ),
    Tag(
        "itunes:explicit",
        lambda i: itunes.explicit_value(i.release.episode.is_explicit),
        "`explicit`",
        "Apple, Spotify",
    ),
    Tag(
        "itunes:season",
        lambda i: number_value(i.release.episode.season),
        "`season`; 0 is written too, though Apple counts from 1",
        "Apple, most apps",
    ),
    Tag(
        "itunes:episode",
        lambda i: number_value(i.release.episode.number),
        "`episode` or `lesson`, or the file's number; 0 as for seasons; 100 of `100.5`",
        "Apple, most apps",
    ),
    Tag(
        "itunes:episodeType",
        lambda i: (value(i.release.episode.episode_type.value),),
        "`type`: `full`, `trailer` or `bonus`",
        "Apple, most apps",
    ),
    Tag(
        "itunes:block",
        lambda i: itunes.yes_value(i.release.episode.is_blocked),
        "`Yes` with `block: true`",
        "Apple: the episode is not listed",
    ),
    Tag(
        "podcast:season",
        podcast_item.season,
        "`season`, with the season's name",
        _APPS_2_0,
    ),
    Tag(
        "podcast:episode",
        podcast_item.episode_number,
        "`episode` or `lesson`, with `episode_display`",
        _APPS_2_0,
    ),
    Tag(
        "podcast:chapters",
        podcast_item.chapters,
        "the address of `chapters.json` beside the page; only with chapters",
        "Apple, Pocket Casts, AntennaPod, Podcast Addict",
    ),
    Tag(
        "podcast:soundbite",
        podcast_item.soundbites,
        "`soundbites`: start and length in seconds, title",
        "Podcasting 2.0 apps, tools that make clips",
    ),
    Tag(
        "podcast:transcript",
        podcast_item.transcripts,
        "the address of each transcript beside the page: VTT, SRT, JSON, with its language and "
        '`rel="captions"`; HTML where it gives no times',
        "Apple, Pocket Casts, AntennaPod, Podcast Addict",
    ),
    Tag(
        "podcast:alternateEnclosure",
        podcast_item.alternates,
        "other files of the same name beside the audio, with their digest; `alternates`",
        "few apps, such as Podverse and TrueFans",
    ),
    Tag(
        "podcast:person",
        podcast_item.people_of_item,
        "`people` in the front matter, see below",
        _APPS_2_0,
    ),
    Tag(
        "podcast:location",
        lambda i: podcast.locations(podcast_item.places_of(i)),
        "`location`, else the course's; none where it is the show's",
        _INDEX,
    ),
    Tag(
        "podcast:license",
        lambda i: podcast.license_text(podcast_item.license_of(i)),
        "`license`, else the course's; none where it is the show's",
        _APPS_2_0,
    ),
    Tag(
        "podcast:image",
        lambda i: podcast.images(i.show, podcast_item.artwork_of(i), i.release.episode.pictures),
        "`image` with `image_alt` and its size; `images` for other purposes",
        _APPS_2_0,
    ),
    Tag(
        "podcast:funding",
        lambda i: podcast.funding(i.show, podcast_item.funding_of(i)),
        "`funding`, else the course's; none where it is the show's",
        "Podcasting 2.0 apps, as a button",
    ),
    Tag(
        "podcast:socialInteract",
        lambda i: podcast.social_posts(i.release.episode.discussion),
        "`discussion`: the post under which listeners talk, or `disabled`",
        "Podcasting 2.0 apps, as the comments",
    ),
    Tag(
        "podcast:txt",
        lambda i: podcast.text_records(i.release.episode.text_records),
        "`txt`",
        "whoever its purpose names",
    ),
    Tag(
        "podcast:value",
        podcast_item.payments,
        f"`podcast: value:`, {_AS_DOCUMENTED}; else the course's; none where it is the show's",
        _PAYMENTS,
    ),
    _of_episode("podcast:contentLink", f"`podcast: contentLink:`, {_AS_DOCUMENTED}", "few apps"),
    _of_episode("podcast:chat", f"`podcast: chat:`, {_AS_DOCUMENTED}", "few apps"),
    Tag(
        "psc:chapters",
        itunes.podlove_chapters,
        "the chapters themselves, `HH:MM:SS.mmm`",
        "Spotify, Pocket Casts, AntennaPod",
    ),
)


class ChannelTags:
    """feedgen's view of CHANNEL_TAGS; it asks for these methods and for no base class."""

    source: Channel

    def extend_ns(self) -> dict[str, str]:
        """The namespaces that the root declares; that of archives only where there is one."""
        page = self.source.feed.paging
        is_archive = page is not None and page.is_archive
        return {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "fh" or is_archive}

    def extend_rss(self, root: Any) -> Any:  # noqa: ANN401 - lxml is untyped
        """Write the rows behind what feedgen wrote; the channel is the root's only child."""
        for tag in CHANNEL_TAGS:
            if tag.read is not None:
                append_values(root[0], tag.name, tag.read(self.source))
        return root


class ItemTags:
    """feedgen's view of ITEM_TAGS."""

    source: Item

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - lxml is untyped
        """Write the rows behind what feedgen wrote."""
        for tag in ITEM_TAGS:
            if tag.read is not None:
                append_values(item, tag.name, tag.read(self.source))
        return item
