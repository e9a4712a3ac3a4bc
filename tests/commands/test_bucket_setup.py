"""A bucket as a podcaster sets it up: what is printed, what is set, and who can read what then."""

from __future__ import annotations

import http.client
import json
import re
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from castpress.cli import Terminal
from castpress.commands.bucket_setup import set_up_bucket
from castpress.commands.publishing.bucket_check import check_bucket
from castpress.model.publication.bucket_policy import public_statement
from castpress.store.s3.address import S3Address
from castpress.store.s3.options import Patience, S3Options
from castpress.store.web import Request, ask
from tests.servers.fixtures import client, on
from tests.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPTIONS = S3Options(path_style=True, patience=Patience(pause=0.01, longest_pause=0.02))
FILES = ("feed.xml", "404.html", "audio/a.mp3", "episodes/new/index.html", "index.html")
STATE = (".castpress/publication.json", ".castpress/feeds/a.xml", ".castpress/show.lock")


@pytest.fixture
def set_up(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Call the command; its exit code, results and problems."""

    def run(
        bucket: str, *, applies: bool = False, is_json: bool = False, **more: Any
    ) -> tuple[int, str, str]:
        options = more.pop("options", OPTIONS)
        code = set_up_bucket(
            S3Address(bucket, "runs/"),
            options,
            Terminal("text", is_quiet=False),
            root=Path("tests/shows/tiny"),
            base_url=more.get("base_url"),
            applies=applies,
            is_json=is_json,
        )
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def fill(server: Server, bucket: str) -> None:
    for path in (*FILES, *STATE):
        body = b'{\n"castpress": 1\n}' if path in STATE else path.encode()
        client(server).put_object(Bucket=bucket, Key=f"runs/{path}", Body=body)


def readable(server: Server, bucket: str, path: str) -> bool:
    url = f"{server.endpoint}/{bucket}/{quote(path)}"
    return ask(Request(url)).status == 200


def policy_of(server: Server, bucket: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client(server).get_bucket_policy(Bucket=bucket)["Policy"])
    return found


def put_policy(server: Server, bucket: str, *rows: dict[str, Any]) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": rows})
    client(server).put_bucket_policy(Bucket=bucket, Policy=text)


def everybody(bucket: str, action: str = "s3:GetObject", **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:s3:::{bucket}"
    row = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": [arn, f"{arn}/*"]}
    return row | more


def codes(said: str) -> list[str]:
    found = re.findall(r"^(?:error|warning)\[([a-z-]+)\]", said, re.MULTILINE)
    return [str(code) for code in found]


def outcome(server: Server, code: int, said: str) -> tuple[int, list[str]]:
    """Exit code and problems; moto lists files for everybody, whatever a bucket says."""
    found = codes(said)
    if server.name == "moto" and code in (0, 1):
        found.remove("public-listing")
        rest = [line for line in said.splitlines() if "[public-listing]" not in line]
        code = int(any(line.startswith("error[") for line in rest))
    return code, found


def checked(server: Server, bucket: str) -> list[str]:
    found = [problem.code for problem in check_bucket(S3Address(bucket, "runs/"), OPTIONS)]
    if server.name == "moto":
        found.remove("public-listing")
    return found


@on("moto", "ceph")
def test_only_the_show_can_be_read(s3_server: Server, bucket: str, set_up: Any) -> None:
    fill(s3_server, bucket)
    client(s3_server).put_object(Bucket=bucket, Key="taxes.pdf", Body=b"mine")
    code, out, err = set_up(bucket, applies=True)
    assert outcome(s3_server, code, err) == (0, [])
    assert "policy: set\nCORS rules: set\nwebsite settings: set\n" in out
    for path in FILES:
        assert readable(s3_server, bucket, f"runs/{path}")
    for path in STATE:
        assert not readable(s3_server, bucket, f"runs/{path}")
    for other in ("taxes.pdf", "runs/nothing.html"):
        assert not readable(s3_server, bucket, other)
    keys = {row["Key"] for row in client(s3_server).list_objects_v2(Bucket=bucket)["Contents"]}
    assert keys == {"taxes.pdf", *(f"runs/{path}" for path in (*FILES, *STATE))}
    # The publisher still reads and writes what nobody else sees.
    fill(s3_server, bucket)
    client(s3_server).get_object(Bucket=bucket, Key=f"runs/{STATE[0]}")


@on("moto")
def test_a_second_time_there_is_nothing_to_do(s3_server: Server, bucket: str, set_up: Any) -> None:
    set_up(bucket, applies=True)
    for applies in (True, False):
        code, out, err = set_up(bucket, applies=applies)
        assert outcome(s3_server, code, err) == (0, [])
        assert "policy: fine\nCORS rules: fine\nwebsite settings: fine\n" in out


@on("moto")
def test_printing_changes_nothing_and_tells_what_would_be_set(
    s3_server: Server, bucket: str, set_up: Any
) -> None:
    def found() -> list[str]:
        calls = ("get_bucket_policy", "get_bucket_cors", "get_bucket_website")
        return [_tried(getattr(client(s3_server), call), bucket) for call in calls]

    before = found()
    code, out, _ = set_up(bucket)
    assert code == 0
    assert found() == before
    assert out.endswith(
        "type `castpress publish --set-up-bucket --apply` to set what is missing; "
        "nothing was changed\n"
    )
    _, text, _ = set_up(bucket, is_json=True)
    wanted = {name: part["wanted"] for name, part in json.loads(text)["settings"].items()}
    assert json.dumps(wanted["policy"], indent=2) in out
    assert json.dumps(wanted["cors"], indent=2) in out
    assert json.dumps(wanted["website"], indent=2) in out

    set_up(bucket, applies=True)

    assert policy_of(s3_server, bucket) == wanted["policy"]
    assert client(s3_server).get_bucket_cors(Bucket=bucket)["CORSRules"] == wanted["cors"]


def _tried(call: Any, bucket: str) -> str:
    from botocore.exceptions import ClientError

    try:
        return str({k: v for k, v in call(Bucket=bucket).items() if k != "ResponseMetadata"})
    except ClientError as error:
        return str(error.response["Error"]["Code"])


@on("ceph")
def test_what_others_have_set_stays(s3_server: Server, bucket: str, set_up: Any) -> None:
    theirs = everybody(bucket, Sid="Theirs", Resource=f"arn:aws:s3:::{bucket}/theirs/*")
    rule = {"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["PUT"]}
    website = {"IndexDocument": {"Suffix": "home.htm"}}
    put_policy(s3_server, bucket, theirs)
    client(s3_server).put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    client(s3_server).put_bucket_website(Bucket=bucket, WebsiteConfiguration=website)

    code, out, err = set_up(bucket, applies=True)

    assert outcome(s3_server, code, err) == (0, ["no-folder-pages"])
    assert "website settings: somebody has set another one, which stays" in out
    assert policy_of(s3_server, bucket)["Statement"][0] == theirs
    rules = client(s3_server).get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert {name: rules[0][name] for name in rule} == rule
    assert len(rules) == 2
    found = client(s3_server).get_bucket_website(Bucket=bucket)
    assert found["IndexDocument"] == website["IndexDocument"]


@on("ceph")
def test_a_bucket_that_is_open_as_a_whole_is_told(
    s3_server: Server, bucket: str, set_up: Any
) -> None:
    put_policy(s3_server, bucket, everybody(bucket, Sid="PublicReadGetObject"))
    code, out, err = set_up(bucket)
    assert outcome(s3_server, code, err) == (0, ["public-state"])
    assert "policy: opens the show, and .castpress/ as well\n" in out
    fill(s3_server, bucket)
    code, out, err = set_up(bucket, applies=True)
    assert outcome(s3_server, code, err) == (1, ["public-state"])
    assert "PublicReadGetObject" in err
    assert "without keys: .castpress/ can be read\n" in out
    code, _, err = set_up(bucket)
    assert outcome(s3_server, code, err) == (0, ["public-state"])
    assert checked(s3_server, bucket) == ["public-state"]


@on("ceph")
def test_a_bucket_that_lists_its_files_is_told(s3_server: Server, bucket: str, set_up: Any) -> None:
    client(s3_server).put_bucket_acl(Bucket=bucket, ACL="public-read")
    code, _, err = set_up(bucket, applies=True)
    assert (code, codes(err)) == (1, ["public-listing"])
    assert checked(s3_server, bucket) == ["public-listing"]


@on("moto", "ceph")
def test_a_block_makes_room_for_the_policy(s3_server: Server, bucket: str, set_up: Any) -> None:
    names = ["IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    if s3_server.name == "moto":
        names.append("BlockPublicAcls")  # with it Ceph 16 takes no file at all
    block = dict.fromkeys(names, True)
    api = client(s3_server)
    api.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)
    fill(s3_server, bucket)
    assert "public access block: stands in the way" in set_up(bucket)[1]
    code, out, err = set_up(bucket, applies=True)
    assert outcome(s3_server, code, err) == (0, [])
    assert out.index("public access block: set") < out.index("policy: set")
    found = api.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert [found[name] for name in names] == [True, False, False, True][: len(names)]
    assert readable(s3_server, bucket, "runs/feed.xml")


@on("moto")
def test_behind_cloudfront_the_bucket_stays_private(
    s3_server: Server, bucket: str, set_up: Any
) -> None:
    principal = {"Service": "cloudfront.amazonaws.com"}
    put_policy(s3_server, bucket, everybody(bucket, Sid="Cdn", Principal=principal))
    code, out, err = set_up(bucket, applies=True)
    assert outcome(s3_server, code, err) == (1, ["public-state"])
    assert "policy: opens the show, and .castpress/ as well\n" in out
    assert "website settings: none, and none is needed behind CloudFront" in out
    assert len(policy_of(s3_server, bucket)["Statement"]) == 1
    assert checked(s3_server, bucket) == ["public-state"]
    own = public_statement(bucket, "runs/") | {"Principal": principal}
    put_policy(s3_server, bucket, own)
    code, out, err = set_up(bucket, applies=True)
    assert outcome(s3_server, code, err) == (0, [])
    assert "policy: fine: CloudFront reads the show, and nobody else" in out


@on("moto")
def test_a_bucket_that_is_not_there_is_made_on_request(s3_server: Server, set_up: Any) -> None:
    name = f"test-{uuid.uuid4().hex[:20]}"
    options = S3Options(s3_server.endpoint, None, path_style=True, patience=OPTIONS.patience)
    code, out, _ = set_up(name, options=options)
    assert code == 0
    assert f"s3://{name}/runs: there is no such bucket\n" in out
    assert '"Sid": "CastpressPublicRead' in out
    assert "NoSuchBucket" in _tried(client(s3_server).get_bucket_policy, name)
    code, out, err = set_up(name, applies=True, options=options)
    assert outcome(s3_server, code, err) == (0, [])
    assert f"s3://{name}/runs: the bucket was made\n" in out
    client(s3_server).get_bucket_policy(Bucket=name)


@on("moto")
def test_aws_is_not_asked_for_a_bucket_anywhere(s3_server: Server, set_up: Any) -> None:
    name = f"test-{uuid.uuid4().hex[:20]}"
    assert "say where: write `region:`" in set_up(name)[1]
    code, _, err = set_up(name, applies=True)
    assert (code, codes(err)) == (1, ["no-region"])
    region = S3Options(region="eu-central-1", path_style=True, patience=OPTIONS.patience)
    assert "makes it in eu-central-1" in set_up(name, options=region)[1]
    code, _, err = set_up(name, applies=True, options=region)
    assert outcome(s3_server, code, err) == (0, [])


@on("ceph")
def test_a_publication_hears_what_is_missing(s3_server: Server, bucket: str, set_up: Any) -> None:
    fill(s3_server, bucket)
    assert checked(s3_server, bucket) == [
        "not-public",
        "no-cors",
        "no-folder-pages",
    ]
    found = check_bucket(S3Address(bucket, "runs/"), OPTIONS)
    assert {problem.severity.word for problem in found} == {"warning"}
    set_up(bucket, applies=True)
    assert checked(s3_server, bucket) == []


@on("rclone")
def test_a_store_that_tells_nothing_is_not_accused(
    s3_server: Server, bucket: str, set_up: Any
) -> None:
    fill(s3_server, bucket)
    assert check_bucket(S3Address(bucket, "runs/"), OPTIONS) == ()
    code, out, err = set_up(bucket, applies=True)
    assert (code, codes(err)) == (0, ["not-public"])
    assert "policy: this store does not know policy; if its web page offers it" in out
    assert "could not be tried" in out


@on("moto")
def test_the_sites_own_address_is_read_too(s3_server: Server, bucket: str, set_up: Any) -> None:
    """Where the store itself shows nothing, what stands in front of it may."""
    base_url = f"{s3_server.endpoint}/{bucket}/runs/"
    code, out, err = set_up(bucket, applies=True, base_url=base_url)
    assert outcome(s3_server, code, err) == (0, [])
    assert f"at {base_url}: the show can be read" in out


def test_a_store_that_cannot_be_reached_is_a_failure(
    set_up: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    options = S3Options("http://127.0.0.1:9", path_style=True, patience=OPTIONS.patience)
    for applies in (False, True):
        code, out, err = set_up("show", applies=applies, options=options)
        assert (code, out) == (4, "")
        assert "cannot be reached" in err
    code, out, _ = set_up("show", is_json=True, options=options)
    assert code == 4
    assert json.loads(out)["exists"] is None
    assert check_bucket(S3Address("show"), options) == ()


def test_without_keys_it_says_where_they_go(set_up: Any) -> None:
    code, _, err = set_up("show", options=S3Options("http://127.0.0.1:9"))
    assert code == 4
    assert "~/.aws/credentials" in err


def test_unusable_settings_are_a_failure(set_up: Any) -> None:
    code, _, err = set_up("show", options=S3Options(profile="nobody"))
    assert code == 4
    assert "profile" in err
    code, out, _ = set_up("show", options=S3Options(profile="nobody"), is_json=True)
    assert json.loads(out)["problems"][0]["code"] == "publication-failed"


@pytest.mark.parametrize("is_json", [False, True])
def test_a_folder_needs_none(capsys: pytest.CaptureFixture[str], is_json: bool) -> None:
    code = set_up_bucket(
        None,
        S3Options(),
        Terminal("text", is_quiet=False),
        root=Path("tests/shows/tiny"),
        base_url=None,
        applies=True,
        is_json=is_json,
    )
    assert code == 0
    assert "needs no set-up" in capsys.readouterr().out


@on("ceph")
def test_the_website_leads_folders_to_pages(s3_server: Server, bucket: str, set_up: Any) -> None:
    fill(s3_server, bucket)
    set_up(bucket, applies=True)
    assert _at_website(s3_server, bucket, "/runs/") == (200, "index.html")
    assert _at_website(s3_server, bucket, "/runs/episodes/new/") == (200, "episodes/new/index.html")
    # Whoever may not list is not told that a file is missing, but gets the page that says so.
    assert _at_website(s3_server, bucket, "/runs/nothing/") == (403, "404.html")
    assert _at_website(s3_server, bucket, f"/runs/{STATE[0]}") == (403, "404.html")


def _at_website(server: Server, bucket: str, path: str) -> tuple[int, str]:
    asking = http.client.HTTPConnection(urlsplit(server.endpoint).netloc)
    asking.request("GET", path, headers={"Host": f"{bucket}.website.localhost"})
    answer = asking.getresponse()
    body = answer.read().decode()
    asking.close()
    return answer.status, body


class Site(BaseHTTPRequestHandler):
    """A site in front of a bucket, such as a CDN: what it answers is set by each test."""

    def do_GET(self) -> None:
        status, headers = self.server.answers.get(self.path, (404, {}))  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@on("rclone", "ceph")
@pytest.mark.parametrize("works", [True, False])
def test_what_listeners_get_counts_for_more_than_settings(
    s3_server: Server, bucket: str, site: HTTPServer, works: bool
) -> None:
    origin = {"Access-Control-Allow-Origin": "*"} if works else {}
    site.answers = {  # type: ignore[attr-defined]
        "/feed.xml": (200, origin),
        "/subscribe/index.html": (200, {}),
        "/subscribe/": (200 if works else 403, {}),
    }
    base_url = f"http://127.0.0.1:{site.server_port}/"
    found = check_bucket(S3Address(bucket, "runs/"), OPTIONS, base_url)
    codes = {problem.code for problem in found} - {"not-public"}
    lacks = {"no-cors", "no-folder-pages"}
    assert codes == (set() if works else lacks)
    again = check_bucket(S3Address(bucket, "runs/"), OPTIONS, base_url, lacks | {"not-public"})
    assert again == ()
