"""What a store's refusal means: whether to try again, and what the user can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from castpress.store.targets.target import TargetError


class Kind(Enum):
    """What a failed request calls for.

    ``MOMENTARY`` may pass by itself, ``CONDITION`` says that a file is another one than was named,
    ``MISSING`` that there is none, ``UNSUPPORTED`` that the store cannot do that at all. All else
    is ``LASTING``.
    """

    MOMENTARY = auto()
    CONDITION = auto()
    MISSING = auto()
    UNSUPPORTED = auto()
    LASTING = auto()


class StoreError(TargetError):
    """A request that a store refused, or that never got an answer."""

    def __init__(self, where: str, reason: str, advice: str, kind: Kind, code: str = "") -> None:
        super().__init__(where, reason, advice)
        self.kind = kind
        self.code = code


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success: status, the store's own code and words, what was asked."""

    status: int
    code: str
    message: str = ""
    operation: str = ""


_AGAIN = "publish again; what is there already is not sent twice"
_KEYS = "check the keys: environment, ~/.aws/credentials, or `profile:` below `s3:` in show.yaml"
_RIGHTS = "allow this key what docs/s3.md lists under `What the key must be allowed`"
_ROLE = "check the role, and whom it trusts (docs/s3.md)"

# Amazon S3 API Reference, "List of error codes"; compatible stores use the same words.
_MOMENTARY_CODES = {
    "SlowDown",
    "SlowDownRead",
    "SlowDownWrite",
    "InternalError",
    "ServiceUnavailable",
    "Busy",
    "TooManyRequests",
    "TooManyRequestsException",
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "OperationAborted",
    "ConditionalRequestConflict",
    # The bytes were changed on their way, so the same bytes may arrive the next time.
    "BadDigest",
    "XAmzContentSHA256Mismatch",
    "XAmzContentChecksumMismatch",
    "IncompleteBody",
}
# Those of gateways and CDNs are among the others from 500 on; these few are final.
_MOMENTARY_STATUS = {408, 425, 429}
_FINAL_STATUS = {501, 505, 507}
_MISSING_CODES = {"NoSuchKey", "NoSuchUpload", "404", "NotFound"}
_CONDITION_CODES = {"PreconditionFailed", "412"}
_UNSUPPORTED_CODES = {"NotImplemented", "MethodNotAllowed", "501", "405"}

# Of a single file; all else is about the bucket or the key that opens it.
_OF_A_FILE = {"EntityTooLarge", "KeyTooLongError", "InvalidObjectState"}
_WORDS = {
    "NoSuchBucket": (
        "is no bucket at this store",
        "correct `publish_to:` in show.yaml, or type `castpress publish --set-up-bucket --apply`, "
        "which makes it",
    ),
    "AccessDenied": ("refuses access to this key", _RIGHTS),
    "AllAccessDisabled": ("refuses access to this key", _RIGHTS),
    "InvalidAccessKeyId": ("does not know this access key", _KEYS),
    "SignatureDoesNotMatch": ("does not accept the secret that goes with this access key", _KEYS),
    "ExpiredToken": ("says that the sign-in has expired", "sign in again, then publish again"),
    "ExpiredTokenException": (
        "says that the sign-in has expired",
        "sign in again, then publish again",
    ),
    "InvalidToken": ("does not accept the session token", _KEYS),
    "RequestTimeTooSkewed": (
        "says that this computer's clock is wrong",
        "set the clock (date and zone), then publish again",
    ),
    "PermanentRedirect": (
        "is in another region",
        "write its region into show.yaml: `s3:` with `region:` below it",
    ),
    "AuthorizationHeaderMalformed": (
        "is in another region",
        "write its region into show.yaml: `s3:` with `region:` below it",
    ),
    "IllegalLocationConstraintException": (
        "is in another region",
        "write its region into show.yaml: `s3:` with `region:` below it",
    ),
    "EntityTooLarge": ("does not take a file of this size", "make the file smaller"),
    "QuotaExceeded": ("is full", "make room there or get more, then publish again"),
    "InsufficientStorage": ("is full", "make room there or get more, then publish again"),
    "StorageFull": ("is full", "make room there or get more, then publish again"),
    "KeyTooLongError": ("takes no name of this length", "write a shorter `slug:` or title"),
    "InvalidObjectState": (
        "has moved this file to an archive",
        "bring it back there, or take the rule away that archives files",
    ),
}


def refused(place: str, path: str, refusal: Refusal) -> StoreError:
    """A refusal in the user's words.

    >>> str(refused("s3://show", "feed.xml", Refusal(403, "RequestTimeTooSkewed")))
    "s3://show says that this computer's clock is wrong"
    """
    kind = _kind(refusal)
    reason, advice = _words(refusal, kind)
    is_known = refusal.code in _WORDS and refusal.code not in _OF_A_FILE
    where = place if is_known or not path else f"{place}/{path}"
    return StoreError(where, reason, advice, kind, refusal.code)


def _kind(refusal: Refusal) -> Kind:
    code, status = refusal.code, refusal.status
    if code in _CONDITION_CODES or status == 412:
        return Kind.CONDITION
    if code in _UNSUPPORTED_CODES or status in (405, 501) or _is_unknown_header(refusal):
        return Kind.UNSUPPORTED
    is_passing = status in _MOMENTARY_STATUS or (status >= 500 and status not in _FINAL_STATUS)
    if code in _MOMENTARY_CODES or is_passing:
        return Kind.MOMENTARY
    if code in _MISSING_CODES:
        return Kind.MISSING
    return Kind.LASTING


def _is_unknown_header(refusal: Refusal) -> bool:
    """Backblaze's way to say that it does not know a header."""
    return refusal.code == "InvalidArgument" and refusal.message.startswith("Unsupported header")


def _words(refusal: Refusal, kind: Kind) -> tuple[str, str]:
    said = printable(refusal.message or refusal.code)
    if refusal.operation.startswith("AssumeRole"):
        return f"cannot be signed in to: {said}", _ROLE
    known = _WORDS.get(refusal.code)
    if known is not None:
        reason, advice = known
        # Amazon names the right that is missing.
        is_told = refusal.code == "AccessDenied" and refusal.message not in ("", "Access Denied")
        return (f"{reason} ({said})" if is_told else reason), advice
    answer = f"{refusal.status} {said}".strip()
    if kind is Kind.MOMENTARY:
        return f"cannot answer at the moment ({answer})", _AGAIN
    if refusal.status == 403:
        return f"refuses access ({answer})", _RIGHTS
    if kind is Kind.UNSUPPORTED:
        return f"cannot do what was asked ({answer})", "see docs/s3.md for what each store can do"
    if kind is Kind.MISSING:
        return "is not there", "check `publish_to:` and `s3:` in show.yaml, then publish again"
    return f"refuses ({answer})", "check `publish_to:` and `s3:` in show.yaml"


def printable(text: str) -> str:
    """A store's own words on one line of at most 200 characters, safe to show on a terminal."""
    one_line = " ".join(text.split())[:200]
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in one_line)
