"""What stands below a key of show.yaml: links, calls to action, the site, words of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.address import is_absolute
from castpress.model.categories import CategoryError, parse_category
from castpress.model.feed_tags import Element
from castpress.model.notes import Vocabulary
from castpress.model.podcast import CallToAction, Category, Link, Sponsor
from castpress.model.related import NamedPage
from castpress.model.value_kinds import HOST
from castpress.read.schema import Email, Prose, Schema, Several, Text, Url, one_or_many
from castpress.read.tag_values import Line, Name, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.problem import Location


class LinkEntry(Schema):
    """A titled address."""

    title: Text = Field(min_length=1)
    url: Url

    def as_link(self) -> Link:
        """The same as the model knows it."""
        return Link(self.title, self.url)


class SponsorEntry(LinkEntry):
    """Who pays for an episode."""

    text: Text | None = None

    def as_sponsor(self) -> Sponsor:
        """The same as the model knows it."""
        return Sponsor(self.title, self.url, self.text)

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            **dict.fromkeys(("name", "sponsor"), "write `title:`"),
            **dict.fromkeys(("link", "href"), "write `url:`"),
        }


class RelatedEntry(Schema):
    """Something to go on with: a titled address, or how a page of this show is called."""

    title: Text = Field(min_length=1)
    url: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return {"title": value, "url": value} if is_absolute(value.strip()) else {"title": value}

    def as_related(self, place: Location) -> Link | NamedPage:
        """The same as the model knows it."""
        return Link(self.title, self.url) if self.url else NamedPage(self.title, place)


class FundingEntry(LinkEntry):
    """Where listeners can give; apps show the title as a button."""

    title: Name


RelatedEntries = Annotated[tuple[RelatedEntry, ...], BeforeValidator(one_or_many)]
Sponsors = Annotated[tuple[SponsorEntry, ...], BeforeValidator(one_or_many)]
Fundings = Annotated[tuple[FundingEntry, ...], BeforeValidator(one_or_many)]


class CallToActionEntry(Schema):
    """What the listener is asked to do next."""

    heading: Text
    text: Text
    button: Text
    url: Url

    def as_call_to_action(self) -> CallToAction:
        """The same as the model knows it."""
        return CallToAction(self.heading, self.text, self.button, self.url)


class OwnerEntry(Schema):
    """Who answers when a directory asks whether the show is yours."""

    name: Text | None = None
    email: Email


class CloudEntry(Schema):
    """A server that tells readers of changes, in RSS's own old way (``cloud``)."""

    domain: Annotated[Text, fitting(HOST)]
    port: Annotated[int, Field(ge=1, le=65535)]
    path: Line
    register_procedure: Annotated[Text, Field(max_length=255)] = ""
    protocol: Literal["http-post", "xml-rpc", "soap"]

    def as_element(self) -> Element:
        """The same as the feed writes it."""
        named = {
            "domain": self.domain,
            "port": str(self.port),
            "path": self.path,
            "registerProcedure": self.register_procedure,
            "protocol": self.protocol,
        }
        return Element("cloud", attributes=tuple(named.items()))


def _edit_url(value: str) -> str:
    if not value.startswith(("http://", "https://")) or "{file}" not in value:
        raise ValueError(
            "expected an address with {file} where the path of a note belongs; "
            "write one such as https://github.com/me/show/edit/main/{file}"
        )
    return value


class SiteEntry(Schema):
    """The site around the show."""

    name: Text | None = None
    motto: Text | None = None
    blurb: Prose | None = None
    edit_url: Annotated[Text, AfterValidator(_edit_url)] | None = None


class NotesEntry(Schema):
    """How headings of notes are understood; each list replaces the built-in one."""

    opening_chapter: Text | None = None
    summary_headings: Several = Vocabulary().summary
    topics_headings: Several = Vocabulary().topics
    exercises_headings: Several = Vocabulary().exercises
    links_headings: Several = Vocabulary().links
    equipment_headings: Several = Vocabulary().equipment
    corrections_headings: Several = Vocabulary().corrections
    transcript_headings: Several = Vocabulary().transcript
    related_headings: Several = Vocabulary().related
    takeaway_headings: Several = Vocabulary().takeaways

    def as_vocabulary(self) -> Vocabulary:
        """The same as the reader of notes knows it."""
        return Vocabulary(
            summary=self.summary_headings,
            topics=self.topics_headings,
            exercises=self.exercises_headings,
            links=self.links_headings,
            equipment=self.equipment_headings,
            corrections=self.corrections_headings,
            transcript=self.transcript_headings,
            related=self.related_headings,
            takeaways=self.takeaway_headings,
        )


def _category(value: object) -> Category:
    try:
        return parse_category(str(value))
    except CategoryError as error:
        raise ValueError(str(error)) from error


Categories = Annotated[
    tuple[Annotated[Category, BeforeValidator(_category)], ...], Field(min_length=1)
]


def _capitalised(value: object) -> object:
    return value.capitalize() if isinstance(value, str) else value


Weekday = Annotated[
    Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    BeforeValidator(_capitalised),
]
