from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.dates import publication_date
from castpress.read.front_matter import parse_head
from castpress.read.place_settings import AnnounceEntry, S3Entry
from castpress.read.settings import parse_settings

if TYPE_CHECKING:
    from castpress.model.problem import Problem
    from castpress.read.schema import Schema

FILE = PurePosixPath("show.yaml")
NOTE = PurePosixPath("show_notes/one.md")
GOOD = """\
title: A Show
base_url: https://a.example
guid: 9b024349-ccf0-5f69-a609-6b82873eab3c
description: About.
categories: [Sports > Running]
"""


def faults(text: str) -> list[tuple[str, str, str]]:
    _, problems = parse_settings(text, FILE)
    return [(p.code, str(p.location), p.help) for p in problems]


def test_the_least_that_is_needed() -> None:
    placed, problems = parse_settings(GOOD, FILE)
    assert problems == ()
    assert placed is not None
    assert placed.settings.base_url == "https://a.example/"
    assert str(placed.place("guid")) == "show.yaml:3:7"


@pytest.mark.parametrize(
    ("line", "code", "place", "advice"),
    [
        ("tilte: x", "unknown-key", "show.yaml:6:1", "did you mean `title`?"),
        ("cover: x", "renamed-key", "show.yaml:6:1", "write `artwork:`"),
        ("explicit: perhaps", "bad-value", "show.yaml:6:11", "write `true` or `false`"),
        ("type: seriel", "bad-value", "show.yaml:6:7", "did you mean `serial`?"),
        ("language: english language", "bad-value", "show.yaml:6:11", ""),
        ("time_zone: localtime", "bad-value", "show.yaml:6:12", "write one such as"),
        ("time_zone: Berlin", "bad-value", "show.yaml:6:12", "write one such as Europe/Berlin"),
        ("time_zone: " + "a/" * 400, "bad-value", "show.yaml:6:12", "write one such as"),
        ("people: Ida", "bad-value", "show.yaml:6:9", "write each on a line of its own"),
        ("people: [{nmae: Ida}]", "unknown-key", "show.yaml:6:11", "did you mean `name`?"),
        ("people: [{role: host}]", "missing-key", "show.yaml:6:10", "write a line `name: …`"),
        ("social: [{title: X, url: javascript:x}]", "bad-value", "show.yaml:6:26", ""),
        ("courses: {Bad Slug: {title: A, description: B}}", "bad-value", "show.yaml:6:", ""),
        ("courses: {ok: {titel: A, description: B}}", "unknown-key", "show.yaml:6:16", "`title`"),
        ("contact: nobody", "bad-value", "show.yaml:6:10", ""),
        ("s3: {endpoint: https://a.example/b}", "bad-value", "show.yaml:6:", "such as https://"),
        ("s3: {endpoint: 'ftp://a.example'}", "bad-value", "show.yaml:6:", ""),
        ("s3: {endpoint: 'https://a.example?x=1'}", "bad-value", "show.yaml:6:", ""),
        ("s3: {endpoint_url: https://a.example}", "renamed-key", "show.yaml:6:", "`endpoint:`"),
        ("s3: {bucket: b}", "renamed-key", "show.yaml:6:", "s3://BUCKET/FOLDER"),
        ("s3: {path_style: maybe}", "bad-value", "show.yaml:6:", "`true` or `false`"),
        (
            "announce: {cloudfront: d1.cloudfront.net}",
            "bad-value",
            "show.yaml:6:",
            "E1A2B3C4D5E6F7",
        ),
        ("announce: {websub: 'mailto:a@b.example'}", "bad-value", "show.yaml:6:", ""),
        ("announce: {hub: https://a.example/}", "renamed-key", "show.yaml:6:", "`websub:`"),
        ("announce: {podping: token}", "bad-value", "show.yaml:6:", "`true` or `false`"),
    ],
)
def test_each_fault_has_place_and_help(line: str, code: str, place: str, advice: str) -> None:
    found = faults(GOOD + line)
    assert any(c == code and p.startswith(place) and advice in h for c, p, h in found), found


def test_all_faults_come_at_once() -> None:
    found = faults("title: x\ntilte: y\nexplicit: perhaps\nlanguage: '?'\n")
    codes = [code for code, _, _ in found]
    assert codes.count("missing-key") == 4
    assert codes.count("bad-value") == 2
    assert codes.count("unknown-key") == 1


def test_a_missing_guid_is_told() -> None:
    found = faults(GOOD.replace("guid: 9b024349-ccf0-5f69-a609-6b82873eab3c\n", ""))
    assert any(code == "missing-key" and "write `guid: " in advice for code, _, advice in found)


def test_what_a_fault_hides_is_not_called_missing() -> None:
    assert [code for code, _, _ in faults("title: A: B\n")] == ["bad-yaml"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-01", "2026-03-01T00:00:00+01:00"),
        ("2026-03-01 06:00", "2026-03-01T06:00:00+01:00"),
        ("2026-07-01T6:00", "2026-07-01T06:00:00+02:00"),
        ("2026-03-01 06:00 -05:00", "2026-03-01T06:00:00-05:00"),
        ("2026-03-01T06:00:00Z", "2026-03-01T06:00:00+00:00"),
        ("2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_dates_are_meant_in_the_zone_of_the_show(typed: str, meant: str) -> None:
    assert publication_date(typed, "Europe/Berlin").isoformat() == meant


@pytest.mark.parametrize(
    "typed", ["3/4/2026", "tomorrow", "2026-02-30", "0202-01-01", "2026-03-01 25:00", "06:00", "10"]
)
def test_dates_without_sense_are_problems(typed: str) -> None:
    _, problems = parse_head(f"---\npublished: {typed}\n---\nText", NOTE)
    assert [(p.code, str(p.location)) for p in problems] == [
        ("bad-value", "show_notes/one.md:2:12")
    ]


def test_the_head_is_split_from_the_notes() -> None:
    head, problems = parse_head("\ufeff---\r\ntitle: 007\r\n---\r\n# Text\r\n", NOTE)
    assert problems == ()
    assert (head.settings.title, head.body, head.first_line) == ("007", "# Text\n", 4)


def test_notes_without_a_head_are_all_notes() -> None:
    head, problems = parse_head("# Text\n", NOTE)
    assert (head.body, head.first_line, problems) == ("# Text\n", 1, ())


def test_a_rule_above_the_notes_is_no_head() -> None:
    head, problems = parse_head("---\n\n# Text\n", NOTE)
    assert (head.body, problems) == ("---\n\n# Text\n", ())


def test_a_head_that_is_not_closed() -> None:
    _, problems = parse_head("---\ntitle: x\n\n# Text\n", NOTE)
    assert [p.code for p in problems] == ["open-front-matter"]


def test_good_keys_survive_a_bad_one() -> None:
    head, problems = parse_head("---\ntitle: Kept\nepisode: six\n---\n", NOTE)
    assert (head.settings.title, head.settings.episode) == ("Kept", None)
    assert [p.code for p in problems] == ["bad-value"]


@given(st.text())
def test_never_raises(text: str) -> None:
    parse_settings(text, FILE)
    parse_head(text, NOTE)
    parse_head(f"---\n{text}\n---\n", NOTE)


@given(st.text(alphabet="0123456789-:T +Z.", max_size=25))
def test_dates_never_raise(text: str) -> None:
    head, problems = parse_head(f"---\npublished: '{text}'\n---\n", NOTE)
    if not problems and head.settings.published:
        publication_date(head.settings.published, "Europe/Berlin")


@pytest.mark.parametrize("above", ["", "—\n", "--\n", "\n"])
def test_settings_without_their_lines_of_hyphens_are_told(above: str) -> None:
    head, problems = parse_head(f"{above}published: 2026-03-01\n\n# Text\n", NOTE)
    assert head.settings.published is None
    assert [p.code for p in problems] == ["unfenced-front-matter"]


def test_blank_lines_above_the_head_do_not_count() -> None:
    head, problems = parse_head("\n\n---\ntitel: x\n---\n# Text\n", NOTE)
    assert head.first_line == 6
    assert [(p.code, p.location.line) for p in problems] == [("unknown-key", 4)]


def test_text_that_only_looks_like_a_setting_is_text() -> None:
    assert parse_head("Question: why do we run?\n", NOTE)[1] == ()


def test_a_store_and_who_is_told() -> None:
    more = """\
s3: {endpoint: 'https://s3.example:9000/', region: auto, path_style: yes, profile: show}
announce: {cloudfront: E1A2B3C4D5E6F7, websub: https://hub.example/, podping: true}
"""
    placed, problems = parse_settings(GOOD + more, FILE)

    assert problems == ()
    assert placed is not None
    store, announce = placed.settings.s3, placed.settings.announce
    assert (store.endpoint, store.region) == ("https://s3.example:9000", "auto")
    assert (store.path_style, store.profile) == (True, "show")
    assert announce.cloudfront == "E1A2B3C4D5E6F7"
    assert announce.websub == ("https://hub.example/",)
    assert (announce.podping, announce.podcast_index) == (True, False)


SECRET = "wJalr/XUtnFEMI+K7MDENG"
SECRETS = (SECRET, SECRET.replace("/", ""), "AKIAIOSFODNN7EXAMPLE", "AKIDEXAMPLE")


@pytest.mark.parametrize(
    "lines",
    [
        f"publish_to: s3://AKIDEXAMPLE:{SECRET}@show/pod",
        f"publish_to: s3://{SECRET.replace('/', '')}@show",
        f"s3: {{secret_access_key: {SECRET}, tilte: x}}",
        f"s3:\n  aws_secret_access_key: {SECRET}\n  regoin: x",
        f"s3:\n  region: x\n  aws_session_token: [{SECRET}]",
        f"s3: {{endpoint: 'https://key:{SECRET.replace('/', '')}@s3.example'}}",
        f"s3: {{profile: {{password: {SECRET}}}}}",
        "s3: {region: AKIAIOSFODNN7EXAMPLE}",
        "s3: {AKIAIOSFODNN7EXAMPLE: x}",
        f"s3:\n  secret_access_key: |\n    {SECRET}\n  [x]: y",
        f"announce: {{websub: ['https://a:{SECRET.replace('/', '')}@hub.example/', x]}}",
        f"announce: {{podping_token: {SECRET}}}",
        f"announce: {{podping: {{token: {SECRET}}}}}",
    ],
)
def test_keys_in_the_settings_are_refused_and_never_repeated(lines: str) -> None:
    text = GOOD + lines
    placed, problems = parse_settings(text, FILE)

    assert "secret-in-settings" in [p.code for p in problems]
    hold_nothing_secret(text, problems)
    for secret in SECRETS:
        assert placed is None or secret not in repr(placed.settings)


@pytest.mark.parametrize(
    "line",
    [
        f"s3: {{secret_access_key: {SECRET}: x",
        f"  secret_access_key: {SECRET}: x",
        f"publish_to: s3://AKIDEXAMPLE:{SECRET}@show: x",
        f"  endpoint: https://key:{SECRET.replace('/', '')}@s3.example: x",
    ],
)
def test_a_line_with_keys_that_is_no_yaml_is_not_shown(line: str) -> None:
    text = f"{GOOD}{line}\n"
    _, problems = parse_settings(text, FILE)

    assert "bad-yaml" in [p.code for p in problems]
    hold_nothing_secret(text, problems)


def hold_nothing_secret(text: str, problems: tuple[Problem, ...]) -> None:
    """Neither a problem nor the line that is shown with it holds any of the keys."""
    lines = ["", *text.splitlines(), ""]
    shown = "\n".join(f"{p.message} {p.help} {lines[p.location.line]}" for p in problems)
    assert not [secret for secret in SECRETS if secret in shown]


@pytest.mark.parametrize("model", [S3Entry, AnnounceEntry])
def test_every_key_of_publishing_is_documented(model: type[Schema]) -> None:
    text = Path("docs/settings.md").read_text("utf-8")
    assert not [key for key in model.model_fields if f"| `{key}` |" not in text]
