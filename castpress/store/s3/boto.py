"""The one door to boto3: its clients, and its exceptions as ours.

Traps, each measured: over TLS boto3 sends checksums as trailers unless told otherwise, which older
stores refuse or keep inside the file; its own repeats know no deadline and cannot look at the store
in between, so there are none here.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from castpress import __version__
from castpress.store.s3.faults import Kind, Refusal, StoreError, printable, refused
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.store.s3.options import S3Options

# As many connections as there are files and parts under way at once.
_CONNECTIONS = 32
_KEYS = (
    "put keys into ~/.aws/credentials or the environment (AWS_ACCESS_KEY_ID, "
    "AWS_SECRET_ACCESS_KEY); docs/s3.md tells more"
)


def make_client(service: str, options: S3Options) -> Any:  # noqa: ANN401 - boto3 has no types
    """A client of boto3 for that service; keys come from its own chain of places.

    ``options.endpoint`` is of the store, so it only holds for ``s3``.

    Raises:
        StoreError: the settings cannot be used.
    """
    with explained(options.endpoint or service):
        import boto3
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
        session = boto3.session.Session(profile_name=options.profile)
        endpoint = options.endpoint if service == "s3" else None
        region = options.region or session.region_name
        if region is None and service == "s3":
            region = "us-east-1"  # what stores without regions expect
        return session.client(service, region_name=region, endpoint_url=endpoint, config=config)


@contextlib.contextmanager
def explained(where: str, path: str = "") -> Iterator[None]:
    """Whatever boto3 raises about a place, or a file there, as a StoreError.

    Raises:
        StoreError: it raised.
    """
    from botocore import exceptions as boto
    from botocore.parsers import ResponseParserError

    try:
        yield
    except boto.HTTPClientError as error:
        inside = error.kwargs.get("error")
        if isinstance(inside, TargetError):  # what was to be sent cannot be read any more
            raise inside from error
        raise _unreachable(where, error) from error
    except boto.ClientError as error:
        raise refused(where, path, _refusal(error)) from error
    except (boto.NoCredentialsError, boto.PartialCredentialsError) as error:
        reason = "cannot be reached: there are no keys for it on this computer"
        raise StoreError(where, reason, _KEYS, Kind.LASTING, "NoCredentials") from error
    except boto.ProfileNotFound as error:
        reason = "has no profile of that name in ~/.aws/config or ~/.aws/credentials"
        advice = "correct `profile:` below `s3:`, or AWS_PROFILE"
        raise StoreError("this computer", reason, advice, Kind.LASTING) from error
    except (
        boto.ConnectionError,
        boto.IncompleteReadError,
        ResponseParserError,
        OSError,
    ) as error:
        raise _unreachable(where, error) from error
    except (boto.BotoCoreError, ValueError) as error:
        # Of these the words name settings, never keys.
        reason = f"cannot be used: {printable(str(error))}"
        advice = "check `publish_to:` and `s3:` in show.yaml"
        raise StoreError(where, reason, advice, Kind.LASTING) from error


def _refusal(error: Any) -> Refusal:  # noqa: ANN401 - boto3 has no types
    said = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return Refusal(int(status), str(said.get("Code", "")), str(said.get("Message", "")))


def _unreachable(where: str, error: Exception) -> StoreError:
    from botocore import exceptions as boto

    advice = "check the network and `endpoint:` below `s3:` in show.yaml, then publish again"
    if isinstance(error, boto.SSLError):
        reason = "has a certificate that this computer does not trust"
        return StoreError(where, reason, advice, Kind.LASTING)
    if isinstance(error, boto.ReadTimeoutError | boto.ConnectTimeoutError):
        return StoreError(where, "does not answer", advice, Kind.MOMENTARY)
    if isinstance(error, boto.EndpointConnectionError):
        return StoreError(where, "cannot be reached", advice, Kind.MOMENTARY)
    return StoreError(where, "broke off the connection", advice, Kind.MOMENTARY)
