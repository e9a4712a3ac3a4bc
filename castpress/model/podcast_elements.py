"""The rules of the podcast namespace: every finalised tag, with its attributes and children.

Source: github.com/Podcastindex-org/podcast-namespace, docs/tags. Drafts are not in it, nor is
``images``, which is deprecated.
"""

from __future__ import annotations

from castpress.model import element_relations as together
from castpress.model import value_kinds as kinds
from castpress.model.element_rules import (
    Attribute,
    ElementRule,
    Within,
    in_channel,
    in_item,
    required,
)

CHAPTERS_TYPE = "application/json+chapters"
_PLAIN_MEDIA = (
    *("podcast", "music", "video", "film", "audiobook"),
    *("newsletter", "blog", "publisher", "course"),
)
LIST_MEDIA = (*(f"{medium}L" for medium in _PLAIN_MEDIA), "mixed")
"""Media of feeds that list other feeds' items and have none of their own."""
MEDIUM = kinds.words(*_PLAIN_MEDIA, *LIST_MEDIA)


def _source(tag: str) -> str:
    return f"podcast namespace, <podcast:{tag}>"


_OF_CHANNEL = (
    ElementRule(
        "podcast:locked",
        _source("locked"),
        in_channel(),
        (Attribute("owner", kinds.EMAIL),),
        kinds.YES_NO,
    ),
    ElementRule("podcast:guid", _source("guid"), in_channel(), text=kinds.UUID),
    ElementRule("podcast:medium", _source("medium"), in_channel(), text=MEDIUM),
    ElementRule(
        "podcast:trailer",
        _source("trailer"),
        in_channel(most=None),
        (
            required("url", kinds.HTTPS),
            required("pubdate", kinds.DATE),
            Attribute("length", kinds.COUNT),
            Attribute("type", kinds.MEDIA_TYPE),
            Attribute("season", kinds.COUNT),
        ),
        kinds.NAME,
    ),
    ElementRule(
        "podcast:block",
        _source("block"),
        in_channel(most=None),
        (Attribute("id", kinds.ANY_TEXT),),
        kinds.YES_NO,
    ),
    ElementRule("podcast:podroll", _source("podroll"), in_channel()),
    ElementRule(
        "podcast:publisher", _source("publisher"), in_channel(), together=together.publisher
    ),
    ElementRule(
        "podcast:updateFrequency",
        _source("updateFrequency"),
        in_channel(),
        (
            Attribute("rrule", kinds.RRULE),
            Attribute("dtstart", kinds.DAY_OR_MOMENT),
            Attribute("complete", kinds.TRUE_FALSE),
        ),
        kinds.NAME,
        together=together.frequency,
    ),
    ElementRule(
        "podcast:podping",
        _source("podping"),
        in_channel(),
        (required("usesPodping", kinds.TRUE_FALSE),),
    ),
    ElementRule(
        "podcast:liveItem",
        _source("liveItem"),
        in_channel(most=None),
        (
            required("status", kinds.words("pending", "live", "ended")),
            required("start", kinds.MOMENT),
            Attribute("end", kinds.MOMENT),
        ),
        together=together.live_item,
    ),
)

_OF_ITEM = (
    ElementRule(
        "podcast:transcript",
        _source("transcript"),
        in_item(most=None),
        (
            required("url", kinds.HTTPS),
            required("type", kinds.MEDIA_TYPE),
            Attribute("language", kinds.LANGUAGE),
            Attribute("rel", kinds.words("captions")),
        ),
    ),
    ElementRule(
        "podcast:chapters",
        _source("chapters"),
        in_item(),
        (required("url", kinds.HTTPS), required("type", kinds.words(CHAPTERS_TYPE))),
    ),
    ElementRule(
        "podcast:soundbite",
        _source("soundbite"),
        in_item(most=None),
        (required("startTime", kinds.DECIMAL), required("duration", kinds.POSITIVE)),
        kinds.NAME,
        is_text_required=False,
    ),
    ElementRule(
        "podcast:season",
        _source("season"),
        in_item(),
        (Attribute("name", kinds.NAME),),
        kinds.COUNT,
    ),
    ElementRule(
        "podcast:episode",
        _source("episode"),
        in_item(),
        (Attribute("display", kinds.LABEL),),
        kinds.DECIMAL,
    ),
    ElementRule(
        "podcast:alternateEnclosure",
        _source("alternateEnclosure"),
        in_item(most=None),
        (
            required("type", kinds.MEDIA_TYPE),
            Attribute("length", kinds.COUNT),
            Attribute("bitrate", kinds.DECIMAL),
            Attribute("height", kinds.FROM_ONE),
            Attribute("lang", kinds.LANGUAGE),
            Attribute("title", kinds.LABEL),
            Attribute("rel", kinds.LABEL),
            Attribute("codecs", kinds.ANY_TEXT),
            Attribute("default", kinds.TRUE_FALSE),
        ),
    ),
    ElementRule(
        "podcast:source",
        _source("source"),
        (Within("podcast:alternateEnclosure", 1, None),),
        (required("uri", kinds.URI), Attribute("contentType", kinds.MEDIA_TYPE)),
    ),
    ElementRule(
        "podcast:integrity",
        _source("integrity"),
        (Within("podcast:alternateEnclosure"),),
        (required("type", kinds.words("sri", "pgp-signature")), required("value", kinds.ANY_TEXT)),
        together=together.integrity,
    ),
    ElementRule(
        "podcast:contentLink",
        _source("contentLink"),
        in_item(most=None, live=1),
        (required("href", kinds.HTTPS),),
        kinds.TITLE,
        is_text_required=False,
    ),
)

_OF_BOTH = (
    ElementRule(
        "podcast:funding",
        _source("funding"),
        (*in_channel(most=None), *in_item(most=None)),
        (required("url", kinds.HTTPS),),
        kinds.NAME,
    ),
    ElementRule(
        "podcast:person",
        _source("person"),
        (*in_channel(most=None), *in_item(most=None)),
        (
            # Readers take any text; the taxonomy is held against what an author writes.
            Attribute("role", kinds.ANY_TEXT),
            Attribute("group", kinds.ANY_TEXT),
            Attribute("img", kinds.HTTPS),
            Attribute("href", kinds.HTTPS),
        ),
        kinds.NAME,
    ),
    ElementRule(
        "podcast:location",
        _source("location"),
        (*in_channel(most=None), *in_item(most=None)),
        (
            Attribute("rel", kinds.words("subject", "creator")),
            Attribute("geo", kinds.GEO),
            Attribute("osm", kinds.OSM),
            Attribute("country", kinds.COUNTRY),
        ),
        kinds.NAME,
    ),
    ElementRule(
        "podcast:license",
        _source("license"),
        (*in_channel(), *in_item()),
        (Attribute("url", kinds.HTTPS),),
        kinds.NAME,
        together=together.license_url,
    ),
    ElementRule(
        "podcast:image",
        _source("image"),
        (*in_channel(most=None), *in_item(most=None)),
        (
            required("href", kinds.HTTPS),
            Attribute("alt", kinds.ANY_TEXT),
            Attribute("aspect-ratio", kinds.RATIO),
            Attribute("width", kinds.FROM_ONE),
            Attribute("height", kinds.FROM_ONE),
            Attribute("type", kinds.MEDIA_TYPE),
            Attribute("purpose", kinds.PURPOSES),
        ),
    ),
    ElementRule(
        "podcast:socialInteract",
        _source("socialInteract"),
        (*in_channel(most=None), *in_item(most=None)),
        (
            required(
                "protocol",
                kinds.words(
                    *("disabled", "activitypub", "twitter", "lightning", "atproto"),
                    *("hive", "matrix", "nostr"),
                ),
            ),
            Attribute("uri", kinds.URI),
            Attribute("accountId", kinds.ANY_TEXT),
            Attribute("accountUrl", kinds.HTTPS),
            Attribute("priority", kinds.INTEGER),
        ),
        together=together.post,
    ),
    ElementRule(
        "podcast:txt",
        _source("txt"),
        (*in_channel(most=None), *in_item(most=None)),
        (Attribute("purpose", kinds.NAME),),
        kinds.RECORD,
    ),
    ElementRule(
        "podcast:chat",
        _source("chat"),
        (*in_channel(), *in_item()),
        (
            required("server", kinds.HOST),
            required("protocol", kinds.words("irc", "xmpp", "nostr", "matrix")),
            Attribute("accountId", kinds.ANY_TEXT),
            Attribute("space", kinds.ANY_TEXT),
        ),
    ),
    ElementRule(
        "podcast:remoteItem",
        _source("remoteItem"),
        (
            *in_channel(most=None),
            Within("podcast:podroll", 1, None),
            Within("podcast:publisher", 1, 1),
            Within("podcast:valueTimeSplit"),
        ),
        (
            required("feedGuid", kinds.UUID),
            Attribute("feedUrl", kinds.HTTPS),
            Attribute("itemGuid", kinds.ANY_TEXT),
            Attribute("medium", MEDIUM),
            Attribute("title", kinds.ANY_TEXT),
        ),
    ),
)

_VALUE = (
    ElementRule(
        "podcast:value",
        _source("value"),
        (*in_channel(most=None), *in_item(most=None)),
        (
            required("type", kinds.words("lightning", "bitcoin")),
            required("method", kinds.words("keysend", "lnaddress", "amp", "default")),
            Attribute("suggested", kinds.DECIMAL),
        ),
    ),
    ElementRule(
        "podcast:valueRecipient",
        _source("valueRecipient"),
        (Within("podcast:value", 1, None), Within("podcast:valueTimeSplit", 0, None)),
        (
            Attribute("name", kinds.ANY_TEXT),
            required("type", kinds.words("node", "lnaddress", "wallet")),
            required("address", kinds.ANY_TEXT),
            required("split", kinds.COUNT),
            Attribute("customKey", kinds.ANY_TEXT),
            Attribute("customValue", kinds.ANY_TEXT),
            Attribute("fee", kinds.TRUE_FALSE),
        ),
        together=together.recipient,
    ),
    ElementRule(
        "podcast:valueTimeSplit",
        _source("valueTimeSplit"),
        (Within("podcast:value", 0, None),),
        (
            required("startTime", kinds.DECIMAL),
            required("duration", kinds.POSITIVE),
            Attribute("remoteStartTime", kinds.DECIMAL),
            Attribute("remotePercentage", kinds.PERCENT),
        ),
        together=together.time_split,
    ),
)

PODCAST_ELEMENTS = (*_OF_CHANNEL, *_OF_ITEM, *_OF_BOTH, *_VALUE)
