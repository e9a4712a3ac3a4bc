"""A bucket's own settings: policy, CORS, website, public access block, read and written.

Hardly any store can do all of it. What one cannot do is a result in words, never an exception.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from castpress.store.s3.boto import explained
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.requests import Requests

if TYPE_CHECKING:
    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import S3Options

_TRIES = 3
# The one region whose name a request for a new bucket must not give.
_FIRST_REGION = "us-east-1"


class Part(Enum):
    """One of a bucket's settings: its name in the S3 API, and in words."""

    BLOCK = ("public_access_block", "BucketPublicAccessBlock", "public access block")
    POLICY = ("bucket_policy", "BucketPolicy", "policy")
    CORS = ("bucket_cors", "BucketCORS", "CORS rules")
    WEBSITE = ("bucket_website", "BucketWebsite", "website settings")

    def __init__(self, call: str, action: str, words: str) -> None:
        self.call = call
        self.action = action
        self.words = words


_NOT_SET = {
    "NoSuchPublicAccessBlockConfiguration",
    "NoSuchBucketPolicy",
    "NoSuchCORSConfiguration",
    "NoSuchWebsiteConfiguration",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a setting is; ``value`` is None where nothing is set.

    ``refusal`` says why the store does not tell; it is empty where it does.
    """

    value: Any = None
    refusal: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the store has told."""
        return not self.refusal


class BucketSettings:
    """The settings of a bucket, through boto3's client.

    Raises:
        StoreError: the options cannot be used.
    """

    def __init__(self, address: S3Address, options: S3Options) -> None:
        self.address = address
        self.options = options
        self._requests = Requests(address, options)
        self._client = self._requests.client

    def exists(self) -> bool:
        """Whether there is such a bucket that this key may look at.

        Raises:
            StoreError: the store cannot be asked, or the bucket is somebody else's.
        """
        try:
            self._ask("head_bucket")
        except StoreError as error:
            if error.kind is Kind.MISSING or error.code == "NoSuchBucket":
                return False
            raise
        return True

    @property
    def region(self) -> str | None:
        """The region that a new bucket would be in; None at a store that decides by its address."""
        return None if self.options.endpoint else str(self._client.meta.region_name)

    def create(self) -> None:
        """Make the bucket: private, as all new ones are.

        Raises:
            StoreError: it cannot be made.
        """
        region = str(self._client.meta.region_name)
        named = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        if self.region is not None:
            self._ask("create_bucket", **({} if region == _FIRST_REGION else named))
            return
        try:
            # Ceph refuses a region that it does not know, and most have just one.
            self._ask("create_bucket")
        except StoreError as error:
            if error.code != "IllegalLocationConstraintException":
                raise
            self._ask("create_bucket", **named)

    def read(self, part: Part) -> Reading:
        """What is set there now."""
        try:
            answer = self._ask(f"get_{part.call}")
        except StoreError as error:
            if error.code in _NOT_SET:
                return Reading()
            return Reading(refusal=_untold(error, part))
        try:
            return Reading(_value(answer, part))
        except (LookupError, TypeError, ValueError):
            return Reading(refusal=f"this store does not know {part.words}")

    def write(self, part: Part, value: Any) -> str:  # noqa: ANN401 - it is JSON
        """Set it; why the store refuses, empty where it does not."""
        try:
            self._ask(f"put_{part.call}", **_arguments(part, value))
        except StoreError as error:
            return _unset(error, part)
        return ""

    def put(self, path: str, content: bytes) -> None:
        """Put a small object below the show's folder.

        Raises:
            StoreError: it cannot be put.
        """
        self._ask(
            "put_object",
            Key=self.address.key(path),
            Body=content,
            ContentType="text/plain; charset=utf-8",
        )

    def delete(self, path: str) -> None:
        """Delete it again.

        Raises:
            StoreError: it cannot be deleted.
        """
        self._ask("delete_object", Key=self.address.key(path))

    def base_url(self) -> str:
        """Where the show's folder is read at the store itself, without keys.

        Raises:
            StoreError: there are no keys on this computer, without which boto3 does not tell.
        """
        return self._unsigned("get_object", Key=self.address.key("-")).removesuffix("-")

    def list_url(self) -> str:
        """Where the files of the show's folder would be listed without keys.

        Raises:
            StoreError: there are no keys on this computer, without which boto3 does not tell.
        """
        wanted = {"list-type": "2", "max-keys": "1", "prefix": self.address.prefix}
        return f"{self._unsigned('list_objects_v2')}?{urlencode(wanted)}"

    def _unsigned(self, operation: str, **arguments: str) -> str:
        where = {"Bucket": self.address.bucket, **arguments}
        with explained(str(self.address)):
            signed = self._client.generate_presigned_url(operation, Params=where)
        return str(signed).partition("?")[0]

    def _ask(self, operation: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's
        patience = replace(self.options.patience, tries=_TRIES)

        def act() -> dict[str, Any]:
            answer: dict[str, Any] = self._requests.ask(operation, **arguments)
            return answer

        return self._requests.tried("", act, patience)


def _arguments(part: Part, value: Any) -> dict[str, Any]:  # noqa: ANN401 - it is JSON
    match part:
        case Part.BLOCK:
            return {"PublicAccessBlockConfiguration": value}
        case Part.POLICY:
            return {"Policy": json.dumps(value, ensure_ascii=False)}
        case Part.CORS:
            return {"CORSConfiguration": {"CORSRules": value}}
        case Part.WEBSITE:
            return {"WebsiteConfiguration": value}


def _value(answer: dict[str, Any], part: Part) -> Any:  # noqa: ANN401 - it is JSON
    """A careless store answers with something else, such as a list of its files."""
    if part is Part.POLICY:
        policy = json.loads(answer["Policy"])
        if not isinstance(policy, dict):
            raise TypeError("a policy is an object")
        return policy
    if part is Part.CORS:
        return answer["CORSRules"]
    if part is Part.BLOCK:
        block = answer["PublicAccessBlockConfiguration"]
        if not block:
            raise ValueError("a block says something")
        return block
    website = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    if not website:
        raise ValueError("a website has an index or leads elsewhere")
    return website


def _untold(error: StoreError, part: Part) -> str:
    if error.code in ("AccessDenied", "403"):
        return f"this key may not look at it (it takes s3:Get{part.action})"
    if error.kind is Kind.UNSUPPORTED:
        return f"this store does not know {part.words}"
    return f"this store does not tell: it {error.reason}"


def _unset(error: StoreError, part: Part) -> str:
    if error.code in ("AccessDenied", "403"):
        return (
            f"this key may not change it: do it on the store's web page, or with a key that may "
            f"s3:Put{part.action}{_OF_ACCOUNT if part is Part.POLICY else ''}"
        )
    if error.kind is Kind.UNSUPPORTED:
        return "not possible at this store: do it on its web page, if it can do it at all"
    if error.kind is Kind.MOMENTARY:
        return f"not done, because the store {error.reason}: try again"
    said = f" ({error.code})" if error.code else ""
    return f"not possible at this store, which {error.reason}{said}: do it on its web page"


_OF_ACCOUNT = (
    "; on AWS it may also be that the account as a whole blocks public policies (S3, Block Public "
    "Access settings for this account)"
)
