"""The part of schema.org's vocabulary that our pages speak: types, what they are, properties.

Copied by hand from https://schema.org (each type's own page lists its properties); what is missing
here a page may not say.
"""

from __future__ import annotations

PARENTS = {
    "AudioObject": "MediaObject",
    "Clip": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "Course": "CreativeWork",
    "CreativeWork": "Thing",
    "EntryPoint": "Thing",
    "ExerciseAction": "Action",
    "Action": "Thing",
    "MediaObject": "CreativeWork",
    "Person": "Thing",
    "Place": "Thing",
    "PodcastEpisode": "Episode",
    "Episode": "CreativeWork",
    "PodcastSeason": "CreativeWorkSeason",
    "CreativeWorkSeason": "CreativeWork",
    "PodcastSeries": "CreativeWorkSeries",
    "CreativeWorkSeries": "CreativeWork",
    "SearchAction": "Action",
    "VideoObject": "MediaObject",
    "WebSite": "CreativeWork",
}

URL, TEXT, NUMBER = "an address", "text", "a number"
DATE, DURATION = "a moment of ISO 8601", "a duration of ISO 8601"

PROPERTIES: dict[str, dict[str, tuple[str, ...]]] = {
    "Thing": {
        "name": (TEXT,),
        "description": (TEXT,),
        "url": (URL,),
        "image": (URL,),
        "sameAs": (URL,),
        "potentialAction": ("Action",),
    },
    "CreativeWork": {
        "about": (TEXT,),
        "associatedMedia": ("MediaObject",),
        "author": ("Person",),
        "contentLocation": ("Place",),
        "correction": ("CorrectionComment", TEXT, URL),
        "dateModified": (DATE,),
        "datePublished": (DATE,),
        "discussionUrl": (URL,),
        "hasPart": ("CreativeWork",),
        "inLanguage": (TEXT,),
        "isPartOf": ("CreativeWork", URL),
        "keywords": (TEXT,),
        "license": (URL,),
        "locationCreated": ("Place",),
        "position": (NUMBER, TEXT),
        "provider": ("Person",),
        "teaches": (TEXT,),
        "text": (TEXT,),
        "thumbnailUrl": (URL,),
        "timeRequired": (DURATION,),
    },
    "MediaObject": {
        "contentSize": (TEXT,),
        "contentUrl": (URL,),
        "duration": (DURATION,),
        "encodingFormat": (TEXT,),
        "height": (NUMBER,),
        "uploadDate": (DATE,),
        "width": (NUMBER,),
    },
    "Episode": {
        "actor": ("Person",),
        "duration": (DURATION,),
        "episodeNumber": (NUMBER, TEXT),
        "partOfSeason": ("CreativeWorkSeason",),
        "partOfSeries": ("CreativeWorkSeries",),
    },
    "CreativeWorkSeason": {
        "numberOfEpisodes": (NUMBER,),
        "partOfSeries": ("CreativeWorkSeries",),
        "seasonNumber": (NUMBER, TEXT),
    },
    "PodcastSeries": {"actor": ("Person",), "webFeed": (URL,)},
    "Clip": {"endOffset": (NUMBER,), "startOffset": (NUMBER,)},
    "Action": {"target": ("EntryPoint",)},
    # Google's own notation, which schema.org describes on the page on actions.
    "SearchAction": {"query-input": (TEXT,)},
    "EntryPoint": {"urlTemplate": (TEXT,)},
}

REQUIRED = {
    # As Google's pages on each kind of result ask.
    "Clip": {"name", "startOffset", "url"},
    "Course": {"name", "description", "provider"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
    "PodcastEpisode": {"name", "url"},
    "PodcastSeries": {"name", "url"},
}


def lineage(kind: str) -> list[str]:
    """The type and all that it is besides."""
    found = [kind]
    while found[-1] in PARENTS:
        found.append(PARENTS[found[-1]])
    return found
