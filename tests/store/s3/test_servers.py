"""What the servers do with the requests that castpress builds on, asked by plain boto3.

They differ as stores out there do. Where a table changes with a new version of a server, what is
tried against it (tests/store/targets/test_contract.py) tries something else than it did.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.servers.ceph import WEBSITE_DOMAIN
from tests.servers.fixtures import SERVERS, client, on

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.server import Server

CEPH = ("ceph", "ceph-tls")
NO_MD5 = base64.b64encode(hashlib.md5(b"other", usedforsecurity=False).digest()).decode()
PART = b"p" * 5 * 1024 * 1024


def outcome(act: Callable[[], Any]) -> str:
    """What came of a request: "done", or the store's own word for why not."""
    from botocore.exceptions import ClientError

    try:
        act()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


# What each server says to: nothing may be there, and a file is; a file must be another one than it
# is; the file it is, with the ETag as it was given and without its quotation marks.
HELD = {
    "moto": ("PreconditionFailed", "PreconditionFailed", "done", "done"),
    "rclone": ("done", "done", "done", "done"),
    "ceph": ("PreconditionFailed", "PreconditionFailed", "PreconditionFailed", "done"),
}


@on(*SERVERS)
def test_conditions_are_held_refused_or_ignored(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)

    def put(**condition: str) -> str:
        return outcome(lambda: boto.put_object(Bucket=bucket, Key="a", Body=b"1", **condition))

    assert put(IfNoneMatch="*") == "done"
    etag = boto.head_object(Bucket=bucket, Key="a")["ETag"]
    found = (
        put(IfNoneMatch="*"),
        put(IfMatch="0" * 32),
        put(IfMatch=etag),
        put(IfMatch=etag.strip('"')),
    )
    assert found == HELD[s3_server.name.removesuffix("-tls")]


@on("moto", "ceph", "rclone")
def test_of_eight_that_create_one_file_at_once(s3_server: Server, bucket: str) -> None:
    boto, start, outcomes = client(s3_server), threading.Barrier(8), []

    def create() -> None:
        start.wait()
        put = outcome(lambda: boto.put_object(Bucket=bucket, Key="a", Body=b"1", IfNoneMatch="*"))
        outcomes.append(put)

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if s3_server.name == "rclone":
        # It may also stumble over itself: an InternalError, after which the next try goes through.
        assert outcomes.count("done") > 1
    else:
        assert outcomes.count("done") == 1


@on(*SERVERS)
def test_bytes_that_are_not_those_of_the_content_md5(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)
    put = outcome(lambda: boto.put_object(Bucket=bucket, Key="a", Body=b"1", ContentMD5=NO_MD5))
    assert put == ("done" if s3_server.name == "moto" else "BadDigest")


@on(*SERVERS)
def test_a_put_as_boto3_makes_it_by_itself(s3_server: Server, bucket: str) -> None:
    """Over TLS its checksums are trailers; Ceph of that age wants to know the length before."""
    boto = client(s3_server, is_default=True)
    put = outcome(lambda: boto.put_object(Bucket=bucket, Key="a", Body=b"1"))
    assert put == ("MissingContentLength" if s3_server.name == "ceph-tls" else "done")


@on(*SERVERS)
def test_headers_and_metadata_come_back(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)
    headers = {"ContentType": "application/rss+xml; charset=utf-8", "CacheControl": "max-age=300"}
    boto.put_object(Bucket=bucket, Key="a", Body=b"1", Metadata={"castpress-put": "x"}, **headers)
    boto.copy_object(
        Bucket=bucket,
        Key="a",
        CopySource={"Bucket": bucket, "Key": "a"},
        MetadataDirective="REPLACE",
        Metadata={"castpress-put": "y"},
        ContentType="text/plain",
        CacheControl="no-store",
    )
    seen = boto.head_object(Bucket=bucket, Key="a")
    assert (seen["ContentType"], seen["CacheControl"]) == ("text/plain", "no-store")
    # rclone writes them in its own way: names with other capitals, and one of its own.
    name = "Castpress-Put" if s3_server.name == "rclone" else "castpress-put"
    assert seen["Metadata"][name] == "y"


# The ETag of a whole put and of one in parts: the MD5, digests of digests, or something else.
ETAGS = {"moto": ("md5", "md5-2"), "rclone": ("md5", "md5"), "ceph": ("md5", "md5-2")}


@on("moto", "rclone", "ceph")
def test_etags_of_files_and_of_files_in_parts(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)
    whole = boto.put_object(Bucket=bucket, Key="whole", Body=PART)["ETag"]
    begun = boto.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
    rows = [
        {
            "PartNumber": number,
            "ETag": boto.upload_part(
                Bucket=bucket, Key="parts", UploadId=begun, PartNumber=number, Body=body
            )["ETag"],
        }
        for number, body in enumerate((PART, b"end"), 1)
    ]
    uploads = boto.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert [upload["UploadId"] for upload in uploads] == [begun]
    parts = boto.list_parts(Bucket=bucket, Key="parts", UploadId=begun)["Parts"]
    assert [(part["PartNumber"], part["Size"]) for part in parts] == [(1, len(PART)), (2, 3)]
    boto.complete_multipart_upload(
        Bucket=bucket, Key="parts", UploadId=begun, MultipartUpload={"Parts": rows}
    )
    etag = boto.head_object(Bucket=bucket, Key="parts")["ETag"]

    assert "Uploads" not in boto.list_multipart_uploads(Bucket=bucket)
    kinds = {
        f'"{md5(PART).hex()}"': "md5",
        f'"{md5(PART + b"end").hex()}"': "md5",
        f'"{md5(md5(PART) + md5(b"end")).hex()}-2"': "md5-2",
    }
    assert (kinds[whole], kinds[etag]) == ETAGS[s3_server.name]


def md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


@on("moto", "rclone", "ceph")
def test_who_has_no_keys_gets_nothing(s3_server: Server, bucket: str) -> None:
    client(s3_server).put_object(Bucket=bucket, Key="a", Body=b"1")
    assert read(s3_server, f"/{bucket}/a")[0] == (400 if s3_server.name == "rclone" else 403)


@on("ceph")
def test_a_policy_opens_a_bucket_to_all_and_cors_to_pages(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)
    boto.put_object(Bucket=bucket, Key="show/feed.xml", Body=b"<rss/>")
    boto.put_object(Bucket=bucket, Key="show/.castpress/x", Body=b"ours")
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/show/feed.xml",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    boto.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    rule = {"AllowedMethods": ["GET", "HEAD"], "AllowedOrigins": ["*"], "AllowedHeaders": ["*"]}
    boto.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})

    status, headers, content = read(s3_server, f"/{bucket}/show/feed.xml", Origin="https://a.test")

    assert (status, content) == (200, b"<rss/>")
    assert headers["Access-Control-Allow-Origin"] in ("*", "https://a.test")
    assert read(s3_server, f"/{bucket}/show/.castpress/x")[0] == 403


@on("ceph")
def test_a_website_has_index_pages_and_redirects(s3_server: Server, bucket: str) -> None:
    boto = client(s3_server)
    everybody = {"ACL": "public-read", "Bucket": bucket, "ContentType": "text/html"}
    boto.put_object(Key="episodes/index.html", Body=b"all of them", **everybody)
    boto.put_object(Key="404.html", Body=b"not here", **everybody)
    boto.put_object(Key="old.html", Body=b"", WebsiteRedirectLocation="/new.html", **everybody)
    website = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "404.html"}}
    boto.put_bucket_website(Bucket=bucket, WebsiteConfiguration=website)
    host = f"{bucket}.{WEBSITE_DOMAIN}"

    assert read(s3_server, "/episodes/", Host=host)[::2] == (200, b"all of them")
    # As at AWS: who may not list what is there is not told what is not.
    assert read(s3_server, "/nowhere", Host=host)[::2] == (403, b"not here")
    status, headers, _ = read(s3_server, "/old.html", Host=host)
    assert (status, urlsplit(headers["Location"]).path) == (301, "/new.html")


def read(server: Server, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """A GET without keys."""
    connection = http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@on("ceph-tls")
def test_nobody_trusts_the_certificate_who_was_not_told(
    s3_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import boto3
    from botocore.exceptions import SSLError

    assert "Buckets" in boto3.session.Session().client("s3").list_buckets()
    monkeypatch.delenv("AWS_CA_BUNDLE")
    with pytest.raises(SSLError):
        boto3.session.Session().client("s3").list_buckets()
