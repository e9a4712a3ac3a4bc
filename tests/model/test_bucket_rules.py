"""What a bucket gets, whatever somebody else has set there: nothing of that is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.publication.bucket_policy import (
    SITE_FILES,
    Access,
    exposing_statements,
    is_folder_read,
    merged_policy,
    public_statement,
    resource_of,
    site_access,
    statement_id,
)
from castpress.model.publication.bucket_rules import (
    CORS_ID,
    cors_rule,
    covers_reading,
    merged_cors,
    opened_block,
    serves_folders,
    website_of,
)

BUCKET = "my-show"
ALL = f"arn:aws:s3:::{BUCKET}/*"
OAC = {"Service": "cloudfront.amazonaws.com"}
OAI = {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}


def statement(**more: object) -> dict[str, Any]:
    row = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ALL}
    return {name: value for name, value in (row | more).items() if value is not None}


def policy(*rows: object) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(rows)}


@pytest.mark.parametrize(
    ("found", "access", "exposes"),
    [
        (None, Access.NOBODY, ()),
        (policy(), Access.NOBODY, ()),
        ({"Version": "2012-10-17"}, Access.NOBODY, ()),
        (policy("not a statement", 7), Access.NOBODY, ()),
        (policy(public_statement(BUCKET, "")), Access.EVERYBODY, ()),
        # What most tutorials say.
        (policy(statement(Sid="PublicReadGetObject")), Access.EVERYBODY, ("PublicReadGetObject",)),
        ({"Statement": statement()}, Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Principal={"AWS": "*"})), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Principal={"AWS": ["*"]})), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Action=["S3:Get*"])), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Action="*")), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Resource="*")), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Action=None, NotAction="s3:Put*")), Access.EVERYBODY, ("statement 1",)),
        (policy(statement(Action=None, NotAction="s3:Get*")), Access.NOBODY, ()),
        (policy(statement(Action="s3:ListBucket")), Access.NOBODY, ()),
        (policy(statement(Action="s3:GetObjectTagging")), Access.NOBODY, ()),
        (policy(statement(Resource=f"arn:aws:s3:::{BUCKET}/audio/*")), Access.NOBODY, ()),
        (policy(statement(Resource="arn:aws:s3:::another/*")), Access.NOBODY, ()),
        # As Amazon writes it: all but what castpress keeps for itself.
        (
            policy(statement(Resource=None, NotResource=f"arn:aws:s3:::{BUCKET}/.castpress/*")),
            Access.EVERYBODY,
            (),
        ),
        (policy(statement(Principal=OAC)), Access.CLOUDFRONT, ("statement 1",)),
        (policy(statement(Principal=OAI)), Access.CLOUDFRONT, ("statement 1",)),
        (policy(public_statement(BUCKET, "") | {"Principal": OAC}), Access.CLOUDFRONT, ()),
        (policy(statement(Principal={"AWS": "arn:aws:iam::1:user/ann"})), Access.NOBODY, ()),
        (policy(statement(Principal={"CanonicalUser": "79a5"})), Access.NOBODY, ()),
        # Readers behind a proxy: somebody meant that.
        (
            policy(statement(Condition={"IpAddress": {"aws:SourceIp": "173.245.48.0/20"}})),
            Access.EVERYBODY,
            ("statement 1",),
        ),
        # Who writes that publishes no more, but nobody reads what is there, either.
        (policy(statement(), statement(Effect="Deny")), Access.NOBODY, ()),
        (
            policy(
                statement(),
                statement(Effect="Deny", Resource=f"arn:aws:s3:::{BUCKET}/.castpress/*"),
            ),
            Access.EVERYBODY,
            (),
        ),
        # A common one, against plain HTTP.
        (
            policy(
                statement(),
                statement(Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}}),
            ),
            Access.EVERYBODY,
            ("statement 1",),
        ),
        (
            policy(public_statement(BUCKET, ""), statement(Sid="A", Principal=OAC)),
            Access.EVERYBODY,
            ("A",),
        ),
    ],
)
def test_who_may_read(
    found: dict[str, Any] | None, access: Access, exposes: tuple[str, ...]
) -> None:
    assert site_access(found, BUCKET, "") is access
    assert exposing_statements(found, BUCKET, "") == exposes


def test_pages_of_the_authors_own_are_read_where_the_policy_names_them() -> None:
    plain = policy(public_statement(BUCKET, "runs/"))
    named = policy(public_statement(BUCKET, "runs/", pages=("about",)))

    assert site_access(plain, BUCKET, "runs/") is Access.EVERYBODY
    assert not is_folder_read(plain, BUCKET, "runs/about", Access.EVERYBODY)
    assert is_folder_read(named, BUCKET, "runs/about", Access.EVERYBODY)
    assert merged_policy(plain, named["Statement"][0]) == named


def test_a_show_opens_nothing_but_its_own_files() -> None:
    rows = policy(public_statement(BUCKET, "runs/"))
    readable = re.compile("|".join(_patterns(rows)))
    for key in ("runs/feed.xml", "runs/audio/a.mp3", "runs/episodes/a/b/index.html"):
        assert readable.fullmatch(resource_of(BUCKET, key))
    for key in (
        "runs/.castpress/publication.json",
        "runs/.castpress/feeds/a.xml",
        "runs/taxes.pdf",
        "feed.xml",
        "runs2/feed.xml",
        "private/runs/feed.xml",
        "",
    ):
        assert not readable.fullmatch(resource_of(BUCKET, key))
    assert site_access(rows, BUCKET, "") is Access.NOBODY
    # A show in a folder of another one's bucket keeps its own state for itself, too.
    nested = policy(public_statement(BUCKET, ""))
    assert exposing_statements(nested, BUCKET, "runs/") == ()


def test_every_file_of_every_built_show_may_be_read() -> None:
    paths = {
        line.split()[-1]
        for listed in Path("tests/shows").rglob("files.txt")
        for line in listed.read_text("utf-8").splitlines()
    }
    assert {"feed.xml", "index.html", "about/index.md"} <= paths
    # Only pages of the author's own lie as Markdown right below the top.
    own = sorted({path.split("/")[0] for path in paths if re.fullmatch(r"[^/]+/index\.md", path)})
    statement = public_statement(BUCKET, "", pages=own)
    readable = re.compile("|".join(_patterns(policy(statement))))
    refused = {p for p in paths if not readable.fullmatch(resource_of(BUCKET, p))}
    assert not refused


def _patterns(found: dict[str, Any]) -> list[str]:
    return [
        re.escape(resource).replace(r"\*", ".*")
        for row in found["Statement"]
        for resource in row["Resource"]
    ]


foreign_statements = st.builds(
    statement,
    Sid=st.sampled_from([None, "A", "PublicReadGetObject", statement_id("other/")]),
    Effect=st.sampled_from(["Allow", "Deny"]),
    Principal=st.sampled_from(["*", OAC, {"AWS": "arn:aws:iam::1:root"}]),
    Resource=st.sampled_from([ALL, [ALL, f"arn:aws:s3:::{BUCKET}"], f"arn:aws:s3:::{BUCKET}/x/*"]),
    Condition=st.sampled_from([None, {"Bool": {"aws:SecureTransport": "false"}}]),
)


@given(
    rows=st.lists(foreign_statements | st.just("odd"), max_size=5),
    prefix=st.sampled_from(["", "runs/", "Läufe/a b/"]),
    older=st.integers(-1, 5),
)
def test_a_merged_policy_keeps_all_that_is_others(rows: list[Any], prefix: str, older: int) -> None:
    ours = public_statement(BUCKET, prefix)
    before = list(rows)
    if older >= 0:
        before.insert(older, ours | {"Resource": ["older"]})
    found = {"Version": "2008-10-17", "Id": "theirs", "Statement": before}

    merged = merged_policy(found, ours)

    assert [row for row in merged["Statement"] if row != ours] == rows
    assert merged["Statement"].count(ours) == 1
    assert (merged["Version"], merged["Id"]) == ("2008-10-17", "theirs")
    assert merged_policy(merged, ours) == merged
    assert re.fullmatch(r"[A-Za-z0-9]+", ours["Sid"])
    is_shut = any(
        row["Effect"] == "Deny" and row["Principal"] == "*" and "Condition" not in row
        for row in rows
        if isinstance(row, dict)
    )
    if not is_shut:
        assert site_access(merged, BUCKET, prefix) is Access.EVERYBODY


foreign_rules = st.fixed_dictionaries(
    {
        "AllowedOrigins": st.lists(
            st.sampled_from(["*", "https://a.example"]), min_size=1, max_size=2
        ),
        "AllowedMethods": st.lists(st.sampled_from(["GET", "HEAD", "PUT"]), min_size=1, max_size=3),
    },
    optional={"ID": st.sampled_from(["theirs", ""]), "MaxAgeSeconds": st.integers(0, 9)},
)


@given(rules=st.lists(foreign_rules, max_size=4), older=st.integers(-1, 4))
def test_merged_cors_rules_keep_all_that_are_others(
    rules: list[dict[str, Any]], older: int
) -> None:
    before = list(rules)
    if older >= 0:
        before.insert(older, {"ID": CORS_ID, "AllowedOrigins": ["https://b.example"]})

    merged = merged_cors(before)

    assert covers_reading(merged)
    assert [rule for rule in merged if rule.get("ID") != CORS_ID] == rules
    assert merged_cors(merged) == merged
    if covers_reading(before):
        assert merged == before
    elif older < 0:
        # Last, so that each of theirs is found first where it fits.
        assert merged == [*rules, cors_rule()]


def test_a_website_leads_from_folders_to_their_pages() -> None:
    assert serves_folders(website_of("runs/"))
    assert website_of("")["ErrorDocument"]["Key"] in SITE_FILES
    assert not serves_folders(None)
    assert not serves_folders({"RedirectAllRequestsTo": {"HostName": "a.example"}})
    assert not serves_folders({"IndexDocument": {"Suffix": "home.htm"}})


@pytest.mark.parametrize(
    "names", [(), ("BlockPublicAcls", "IgnorePublicAcls"), ("BlockPublicPolicy",)]
)
def test_the_block_makes_room_for_a_policy_only(names: tuple[str, ...]) -> None:
    found = dict.fromkeys(names, True)
    opened = opened_block(found)
    assert (opened is None) == ("BlockPublicPolicy" not in names)
    assert opened_block(None) is None
    if opened is not None:
        assert opened_block(opened) is None


def test_the_policies_in_the_docs_are_those_that_the_set_up_makes() -> None:
    text = Path("docs/s3.md").read_text("utf-8")
    found = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    behind = found[0]
    assert site_access(behind, "my-runs", "") is Access.CLOUDFRONT
    assert exposing_statements(behind, "my-runs", "") == ()
    (row,) = behind["Statement"]
    assert set(row["Resource"]) == set(public_statement("my-runs", "")["Resource"])
    assert len(found) == 3
