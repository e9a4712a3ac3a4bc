"""The one door to boto3: its clients, and its exceptions as ours.

Traps, each measured: over TLS boto3 sends checksums as trailers unless told otherwise, which older
stores refuse or keep inside the file; its own repeats know no deadline and cannot look at the store
in between, so there are none here.
"""

from __future__ import annotations

import contextlib
import functools
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from castpress import __version__
from castpress.store.s3.faults import Kind, Refusal, StoreError, printable, refused
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.store.s3.options import S3Options

# More than there are threads that ask: eight files, each with the threads of its parts.
_CONNECTIONS = 48
_NO_KEYS = (
    "put keys into ~/.aws/credentials or the environment (AWS_ACCESS_KEY_ID, "
    "AWS_SECRET_ACCESS_KEY); docs/s3.md tells more"
)
_SETTINGS = "check `publish_to:` and `s3:` in show.yaml"
_NETWORK = (
    "check the network (and `endpoint:` below `s3:` in show.yaml, where the store is not "
    "Amazon's), then publish again"
)


def make_client(service: str, options: S3Options) -> Any:  # noqa: ANN401 - boto3 has no types
    """A client of boto3 for that service; keys come from its own chain of places.

    ``options.endpoint`` is of the store, so it only holds for ``s3``.

    Raises:
        StoreError: the settings cannot be used.
    """
    with explained(options.endpoint or service):
        import boto3
        import botocore.session
        from botocore.config import Config

        patience = options.patience
        style = {None: "auto", True: "path", False: "virtual"}[options.path_style]
        config = Config(
            connect_timeout=patience.connect,
            read_timeout=patience.answer,
            retries={"total_max_attempts": 1, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=_CONNECTIONS,
            tcp_keepalive=True,
            user_agent_extra=f"castpress/{__version__}",
            s3={"addressing_style": style},
        )
        core = botocore.session.get_session()
        core.register_component("data_loader", _descriptions())
        session = boto3.session.Session(profile_name=options.profile, botocore_session=core)
        endpoint = options.endpoint if service == "s3" else None
        region = options.region or session.region_name
        if region is None and service == "s3":
            region = "us-east-1"  # what stores without regions expect
        return session.client(service, region_name=region, endpoint_url=endpoint, config=config)


@functools.cache
def _descriptions() -> Any:  # noqa: ANN401 - boto3 has no types
    """What boto3 reads from its own files about each service, which takes longest, read once."""
    from botocore.loaders import Loader

    return Loader()


@contextlib.contextmanager
def explained(where: str, path: str = "") -> Iterator[None]:
    """Whatever boto3 raises about a place, or a file there, as a StoreError.

    Raises:
        StoreError: it raised.
    """
    from botocore import exceptions as boto
    from botocore.parsers import ResponseParserError
    from urllib3.exceptions import HTTPError

    try:
        yield
    except (TargetError, KeyboardInterrupt):
        raise
    except boto.ClientError as error:
        raise refused(where, path, _refusal(error)) from error
    except (
        boto.HTTPClientError,
        boto.ConnectionError,
        boto.IncompleteReadError,
        HTTPError,  # while a body is read, past boto3's own translation
        ssl.SSLError,
        OSError,
    ) as error:
        raise _broken(where, error) from error
    except (boto.BotoCoreError, RecursionError, ValueError) as error:
        raise _unusable(where, error) from error
    except (ResponseParserError, LookupError, AttributeError, TypeError) as error:
        # An answer without what every answer has: a proxy's, or a page to sign in at.
        reason = "does not answer as a store does"
        raise StoreError(where, reason, _NETWORK, Kind.MOMENTARY) from error


def _refusal(error: Any) -> Refusal:  # noqa: ANN401 - boto3 has no types
    said = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return Refusal(
        int(status),
        str(said.get("Code", "")),
        str(said.get("Message", "")),
        str(error.operation_name),
    )


def _unusable(where: str, error: Exception) -> StoreError:
    """Settings and keys that boto3 cannot begin with."""
    from botocore import exceptions as boto

    if isinstance(error, boto.NoCredentialsError):
        reason = "cannot be reached: there are no keys for it on this computer"
        return StoreError(where, reason, _NO_KEYS, Kind.LASTING, "NoCredentials")
    if isinstance(error, boto.PartialCredentialsError):
        reason = "cannot be reached: of the two keys, access key and secret, one is missing"
        return StoreError(where, reason, _NO_KEYS, Kind.LASTING, "NoCredentials")
    if isinstance(error, boto.ProfileNotFound):
        name = printable(str(error.kwargs.get("profile", "")))
        reason = f"has no profile {name!r} in ~/.aws/config or ~/.aws/credentials"
        advice = "correct `profile:` below `s3:`, or AWS_PROFILE"
        return StoreError("this computer", reason, advice, Kind.LASTING)
    if isinstance(error, boto.SSOError | boto.TokenRetrievalError | boto.CredentialRetrievalError):
        reason = "cannot be reached: this computer is not signed in any more"
        advice = "sign in again (`aws sso login`), then publish again"
        return StoreError(where, reason, advice, Kind.LASTING)
    if isinstance(error, RecursionError):
        reason = "sends every request elsewhere"
        advice = "correct `endpoint:` below `s3:` (https:// perhaps, or another address)"
        return StoreError(where, reason, advice, Kind.LASTING)
    return StoreError(where, f"cannot be used: {printable(str(error))}", _SETTINGS, Kind.LASTING)


def _broken(where: str, error: Exception) -> StoreError | TargetError:
    """A connection that failed, by what lies at the bottom of it."""
    from botocore import exceptions as boto

    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, TargetError):  # what was to be sent cannot be read any more
            return cause
    if any(isinstance(cause, ValueError) and "header" in str(cause) for cause in causes):
        reason = "cannot be asked: the keys hold a line break or another sign that no key has"
        return StoreError(where, reason, "put the keys in again, without it", Kind.LASTING)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        reason = "has a certificate that this computer does not trust"
        return StoreError(where, reason, _NETWORK, Kind.LASTING)
    if any("WRONG_VERSION_NUMBER" in str(cause) for cause in causes):
        reason = "does not speak https at that address"
        return StoreError(where, reason, _NETWORK, Kind.LASTING)
    if isinstance(error, boto.ReadTimeoutError | boto.ConnectTimeoutError):
        return StoreError(where, "does not answer", _NETWORK, Kind.MOMENTARY)
    if isinstance(error, boto.EndpointConnectionError):
        asked = urlsplit(str(error.kwargs.get("endpoint_url", ""))).netloc
        at = f" at {printable(asked)}" if asked else ""
        return StoreError(where, f"cannot be reached{at}", _NETWORK, Kind.MOMENTARY)
    return StoreError(where, "broke off the connection", _NETWORK, Kind.MOMENTARY)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it was made of; libraries keep it in four places."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        more = getattr(one, "kwargs", {})
        inside = more.get("error") if isinstance(more, dict) else None
        waiting += [inside, getattr(one, "reason", None), one.__cause__, *one.args]
