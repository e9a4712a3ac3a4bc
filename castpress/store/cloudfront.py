"""CloudFront: have it forget what changed."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from castpress.store.s3.boto import explained, make_client
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.options import Patience, S3Options

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRIES = 3

# CloudFront's words for what the user can mend; all else is told as it is.
_HELP = {
    "AccessDenied": "allow this key cloudfront:CreateInvalidation on the distribution",
    "NoSuchDistribution": "correct `cloudfront:` below `announce:` in show.yaml",
    "TooManyInvalidationsInProgress": "wait some minutes, then empty it in the CloudFront console",
    "NoCredentials": "put keys of AWS into ~/.aws/credentials, or into the environment",
}


class CloudFrontError(Exception):
    """CloudFront was not told; ``reason`` is one clause, ``help`` says what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.help = reason, advice


def invalidate(
    distribution: str, paths: Sequence[str], *, profile: str | None = None, pause: float = 1.0
) -> None:
    """Have the distribution forget its copies of these paths; it does within seconds to minutes.

    Raises:
        CloudFrontError: it was not told.
    """
    # Asked again with the same reference it does not do it, and charge for it, twice.
    reference = f"castpress-{uuid.uuid4().hex}"
    # CloudFront is one for the world; its requests are signed for this region.
    patience = Patience(connect=5.0, answer=15.0)
    options = S3Options(region="us-east-1", profile=profile, patience=patience)
    client = None
    for number in range(1, _TRIES + 1):
        try:
            client = client or make_client("cloudfront", options)
            _send(client, distribution, paths, reference)
        except StoreError as error:
            if error.kind is not Kind.MOMENTARY or number == _TRIES:
                advice = _HELP.get(error.code, "empty it in the CloudFront console")
                raise CloudFrontError(error.reason, advice) from error
            time.sleep(pause * number)
        else:
            return


def _send(
    client: Any,  # noqa: ANN401 - boto3 has no types
    distribution: str,
    paths: Sequence[str],
    reference: str,
) -> None:
    with explained("CloudFront"):
        client.create_invalidation(
            DistributionId=distribution,
            InvalidationBatch={
                "Paths": {"Quantity": len(paths), "Items": list(paths)},
                "CallerReference": reference,
            },
        )
