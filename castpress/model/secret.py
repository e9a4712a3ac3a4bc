"""Whether a text holds keys, so that nothing that castpress says repeats them."""

from __future__ import annotations

import re

# What settings are called whose values are nobody else's business.
_NAME = r"[\w-]*(?:secret|passw|token|access_?key|api_?key|private_?key|credential)[\w-]*"
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)
_HOLDS = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"  # how key ids of Amazon begin
    r"|(?i:\bs3://(?:[^\s/@:]+:\S+|[^\s/@]+)@)"  # secret keys may hold slashes
    r"|(?i:\b[a-z][a-z0-9+.-]*://[^\s/@]+@)"
    rf"|(?i:(?:^|[{{,])\s*[\"']?{_NAME}[\"']?\s*:\s*[\"']?\S{{8,}})"
)


def is_secret_name(name: str) -> bool:
    """Whether a setting of that name is a key, a token or a password.

    >>> is_secret_name("aws_secret_access_key"), is_secret_name("endpoint")
    (True, False)
    """
    return _SECRET_NAME.fullmatch(name) is not None


def holds_secret(text: str) -> bool:
    """Whether a line or an address has keys in it; rather once too often than once too little.

    >>> holds_secret("publish_to: s3://KEY:SEC/RET@show"), holds_secret("token: abcdefgh")
    (True, True)
    >>> holds_secret("url: https://social.example/@show"), holds_secret("publish_to: s3://show/@a")
    (False, False)
    """
    return _HOLDS.search(text) is not None
