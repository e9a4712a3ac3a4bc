"""Pages of the author's own in a whole build, and in the bucket that it is published to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from castpress.__main__ import main
from castpress.commands.own_pages import slugs_of_pages
from castpress.commands.publishing.bucket_problems import lacking_problems
from castpress.commands.publishing.bucket_state import BucketState, Served
from castpress.model.publication.bucket_policy import Access, public_statement
from castpress.store.s3.set_up import Part, Reading

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-11-21T12:00:00+00:00"
NOTE = "show_notes/001-first-run.md"
BUCKET = "show"


def build(show: Path) -> int:
    return main(["build", "--show", str(show), "--now", NOW])


def page(show: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((show / "public" / path / "index.html").read_bytes())


@pytest.fixture
def with_pages(show: Path) -> Path:
    (show / "pages").mkdir()
    about = (
        "---\nnav: true\n---\n# About us\n\nSee [the gear](gear.md).\n\n## Amy {#amy}\n\nRuns.\n"
    )
    (show / "pages/about.md").write_text(about, "utf-8")
    (show / "pages/gear.md").write_text("Shoes.\n", "utf-8")
    note = (show / NOTE).read_text("utf-8") + "\nMore [about us](../pages/about.md#amy).\n"
    (show / NOTE).write_text(note, "utf-8")
    assert build(show) == 0
    return show


def test_pages_are_linked_from_every_page_and_from_notes(with_pages: Path) -> None:
    about = page(with_pages, "about")
    assert about.findtext(".//h1") == "About us"
    assert about.xpath("//main//a[.='the gear']/@href") == ["../gear/"]
    assert about.xpath("//nav[@aria-label='Site']//a[@aria-current]/@href") == ["../about/"]
    home = page(with_pages, "")
    assert home.xpath("//nav[@aria-label='Site']//a[.='About us']/@href") == ["./about/"]
    assert home.xpath("//footer//a[.='Gear']/@href") == ["./gear/"]
    notes = [
        page(with_pages, f"episodes/{f.name}") for f in (with_pages / "public/episodes").iterdir()
    ]
    links = [href for note in notes for href in note.xpath("//main//a[.='about us']/@href")]
    assert links == ["../../about/#amy"]
    assert re.search(rb"/about/</loc>", (with_pages / "public/sitemap.xml").read_bytes())
    feed = (with_pages / "public/feed.xml").read_text("utf-8")
    assert "/about/#amy" in feed
    assert "../about/" not in feed


def test_an_article_is_listed_and_can_be_linked_to(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "pages").mkdir()
    head = "---\ntype: article\npublished: 2026-05-01\nauthor: Ida\n---\n"
    (show / "pages/cadence.md").write_text(f"{head}# On cadence\n\nNot one number.\n", "utf-8")
    due = head.replace("2026-05-01", "2027-01-01")
    (show / "pages/later.md").write_text(f"{due}Not yet.\n", "utf-8")
    note = (show / NOTE).read_text("utf-8") + "\nRead [On cadence](../pages/cadence.md).\n"
    (show / NOTE).write_text(note, "utf-8")

    assert build(show) == 0, capsys.readouterr().err

    article = page(show, "articles/cadence")
    assert article.findtext(".//h1") == "On cadence"
    data = json.loads(article.xpath("//script[@type='application/ld+json']")[0].text)
    assert (data["@type"], data["author"]["name"]) == ("Article", "Ida")
    for path, root in (("", "./"), ("articles", "../")):
        links = page(show, path).xpath("//main//h3/a/@href | //main//h2/a/@href")
        assert f"{root}articles/cadence/" in links, path
    assert page(show, "archive").xpath("//main//a[.='Reading']/@href") == ["../articles/"]
    assert not page(show, "").xpath("//footer//a[contains(@href, 'articles/')]")
    assert not (show / "public/articles/later").exists()
    assert b"cadence" not in (show / "public/feed.xml").read_bytes().partition(b"<item>")[0]
    notes = [page(show, f"episodes/{f.name}") for f in (show / "public/episodes").iterdir()]
    links = [href for note in notes for href in note.xpath("//main//a[.='On cadence']/@href")]
    assert links == ["../../articles/cadence/"]

    assert main(["build", "--show", str(show), "--now", "2027-01-02"]) == 0
    assert (show / "public/articles/later/index.html").exists()


def test_pages_and_articles_are_there_as_markdown_too(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "pages").mkdir()
    (show / "pages/about.md").write_text("# About\n\nSee [pace](pace.md) too.\n\n## Amy\n\nRuns.\n")
    head = "---\ntype: article\npublished: 2026-05-01\nauthor: Ida\nsummary: Slowly.\n---\n"
    (show / "pages/pace.md").write_text(f"{head}# On pace\n\nNot *one*.\n", "utf-8")

    assert build(show) == 0, capsys.readouterr().err

    base = (show / "show.yaml").read_text("utf-8").partition("base_url: ")[2].split()[0]
    pace = (show / "public/articles/pace/index.md").read_text("utf-8")
    assert pace.startswith("# On pace\n\n")
    assert pace.endswith(f"Slowly.\n\n- Page: <{base}articles/pace/>\n\nNot *one*.\n")
    assert " · 1 May 2026 · Ida\n" in pace
    about = (show / "public/about/index.md").read_text("utf-8")
    assert about.endswith(f"See [pace]({base}articles/pace/) too.\n\n## Amy\n\nRuns.\n")
    for path in ("about", "articles/pace"):
        links = page(show, path).xpath("//link[@rel='alternate'][@type='text/markdown']/@href")
        assert links == ["index.md"]
    llms = (show / "public/llms.txt").read_text("utf-8")
    assert (
        f"## Reading\n\n- [On pace]({base}articles/pace/index.md): 2026-05-01. Slowly.\n\n"
        f"## Pages\n\n- [About]({base}about/index.md): See pace too.\n\n## Optional"
    ) in llms


def test_a_taken_address_stops_the_build_and_says_where(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "pages").mkdir()
    (show / "pages/about.md").write_text("---\ntitle: Us\nslug: tags\n---\n", "utf-8")
    (show / "pages/logo.docx").write_bytes(b"PK")

    assert build(show) == 1

    said = capsys.readouterr().err
    assert "error[page-address-taken]" in said
    assert "pages/about.md:3" in said
    assert "warning[unknown-page]" in said


def test_a_folder_of_pages_that_cannot_be_read_is_a_problem(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "pages").write_text("no folder", "utf-8")
    assert build(show) == 1
    assert "pages" in capsys.readouterr().err

    (show / "pages").unlink()
    (show / "pages").mkdir()
    (show / "pages/about.md").write_bytes(b"\xff\xfe\xfd")
    assert build(show) == 1
    assert "error[not-utf8]" in capsys.readouterr().err


def test_a_bucket_is_set_up_for_the_pages_that_are_there(with_pages: Path) -> None:
    assert slugs_of_pages(with_pages) == ("about", "gear")
    assert slugs_of_pages(with_pages / "pages") == ()


def lacks(found: dict[str, Any] | None, *, is_behind: bool = False) -> tuple[list[str], bool]:
    """The codes of what a bucket with that policy lacks, and whether it would be opened."""
    readings = {part: Reading(refusal="is not told") for part in Part}
    readings[Part.POLICY] = Reading(found)
    state = BucketState(BUCKET, "", None, readings, ("about",))
    problems = lacking_problems(state, Served(True, True), f"s3://{BUCKET}")
    assert (state.access is Access.CLOUDFRONT) is is_behind
    return [problem.code for problem in problems], Part.POLICY in state.missing()


def test_a_page_that_the_policy_does_not_name_is_told_and_added() -> None:
    assert lacks({"Statement": [public_statement(BUCKET, "")]}) == (["page-not-public"], True)
    assert lacks({"Statement": [public_statement(BUCKET, "", pages=("about",))]}) == ([], False)
    assert lacks(None) == (["not-public"], True)


def test_behind_cloudfront_a_hidden_page_opens_nothing() -> None:
    cloudfront = {"Service": "cloudfront.amazonaws.com"}
    mine = {**public_statement(BUCKET, ""), "Sid": "Mine", "Principal": cloudfront}

    assert lacks({"Statement": [mine]}, is_behind=True) == (["page-not-public"], False)


def test_links_to_nothing_on_the_own_site_are_told_wherever_they_are_typed(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "pages").mkdir()
    (show / "pages/about.md").write_text(
        "[Gone](/archiv/), [on](/archive/), [tag](/tags/none/), [us](about.md).\n", "utf-8"
    )
    note = (show / NOTE).read_text("utf-8")
    (base_url,) = re.findall(r"base_url: (\S+)", (show / "show.yaml").read_text("utf-8"))
    head = f"---\nrelated:\n  - title: Old\n    url: {base_url}episodes/second-run/\n"
    note = note.replace("---\n", head, 1) + "\n[x](/people/nobody/)\n"
    (show / NOTE).write_text(note, "utf-8")

    told = []
    for command in (["check"], ["build"], ["check"]):
        assert main([*command, "--show", str(show), "--now", NOW]) == 0
        written = capsys.readouterr().err
        told.append(re.findall(r"the link to '(.*?)' leads", written) or None)

    links = ["/tags/none/", f"{base_url}episodes/second-run/", "/people/nobody/"]
    assert told == [links, None, links]
