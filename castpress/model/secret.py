"""Whether a text holds keys, so that nothing that castpress says repeats them."""

from __future__ import annotations

import re

# What settings are called whose values are nobody else's business.
_NAME = r"[\w-]*(?:secret|passw|token|access_?key|api_?key|private_?key|credential)[\w-]*"
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)
_PLAIN = (
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"  # how key ids of Amazon begin
    r"|(?i:\bs3://(?:[^\s/@:]+:\S+|[^\s/@]+)@)"  # secret keys may hold slashes
    rf"|(?i:(?:^|[{{,])\s*[\"']?{_NAME}[\"']?\s*:\s*[\"']?\S{{8,}})"
)
_USER = r"(?i:\b[a-z][a-z0-9+.-]*://[^\s/@]+@)"
_HOLDS = re.compile(rf"{_PLAIN}|{_USER}")
_IN_LINE = re.compile(rf"{_PLAIN}|(?i:\b(?:endpoint|publish_to|websub|hubs?)\b.*{_USER})")


def is_secret_name(name: str) -> bool:
    """Whether a setting of that name is a key, a token or a password.

    >>> is_secret_name("aws_secret_access_key"), is_secret_name("endpoint")
    (True, False)
    """
    return _SECRET_NAME.fullmatch(name) is not None


def holds_secret(text: str) -> bool:
    """Whether an address, or another value, has keys in it; rather too often than too seldom.

    >>> holds_secret("s3://KEY:SEC/RET@show"), holds_secret("https://name:word@store.example")
    (True, True)
    >>> holds_secret("https://social.example/@show"), holds_secret("s3://show/@a")
    (False, False)
    """
    return _HOLDS.search(text) is not None


def shows_secret(line: str) -> bool:
    """Whether a line of show.yaml has keys in it, so that it is not to be quoted.

    >>> shows_secret("publish_to: s3://KEY:SEC/RET@show"), shows_secret("token: abcdefgh")
    (True, True)
    >>> shows_secret("url: https://name@social.example"), shows_secret("title: Secret: run")
    (False, False)
    """
    return _IN_LINE.search(line) is not None
