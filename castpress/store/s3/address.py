"""``s3://bucket/folder``: which bucket, and where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from castpress.model.secret import holds_secret

# Amazon S3 User Guide, "General purpose bucket naming rules".
_BUCKET = re.compile(
    r"(?!xn--|sthree-|.*(?:-s3alias|--ol-s3|--x-s3|--table-s3)$|\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]"
)


class S3AddressError(ValueError):
    """Not the address of a bucket; the text says why."""


@dataclass(frozen=True, slots=True)
class S3Address:
    """A bucket, and the folder in it: "" or a path that ends with a slash."""

    bucket: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    def key(self, path: str) -> str:
        """The key of a file of the site."""
        return self.prefix + path


def parse_s3_address(rest: str) -> S3Address:
    """What stands behind ``s3:``.

    >>> parse_s3_address("//my-show/podcast/")
    S3Address(bucket='my-show', prefix='podcast/')
    >>> str(parse_s3_address("//my-show"))
    's3://my-show'

    Raises:
        S3AddressError: it names no bucket, or holds what must not stand there.
    """
    if not rest.startswith("//"):
        raise S3AddressError("expected a bucket, as s3://my-show or s3://my-show/podcast")
    authority, _, folder = rest[2:].partition("/")
    if holds_secret(f"s3:{rest}"):
        # Nothing of it is repeated.
        raise S3AddressError(
            "expected s3://BUCKET/FOLDER without keys in it; put them into ~/.aws/credentials"
        )
    if _BUCKET.fullmatch(authority) is None:
        raise S3AddressError(
            "expected a bucket's name of 3 to 63 small letters, digits, hyphens and dots, "
            "as s3://my-show"
        )
    parts = [part for part in folder.split("/") if part]
    if any(part in (".", "..") or not part.isprintable() for part in parts):
        raise S3AddressError("expected plain names of folders behind the bucket, as s3://my-show/a")
    return S3Address(authority, "".join(f"{part}/" for part in parts))
