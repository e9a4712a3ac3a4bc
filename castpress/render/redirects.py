"""Lines for web servers that send everybody from a show's old address to its new one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult


def redirect_rules(old_url: str, new_url: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Ready lines for each kind of server: what it is, and what to write there.

    Both addresses end with a slash. All redirects are permanent (301), for every file: apps follow
    them for feeds and audio, and search engines for pages. Where the new address lies below the old
    one, what is there already is left alone, so that nothing goes round in circles.

    >>> dict(redirect_rules("https://a.example/", "https://b.example/pod/"))["nginx"]
    ('rewrite "^/(.*)$" https://b.example/pod/$1 permanent;',)
    """
    old, new = urlsplit(old_url), urlsplit(new_url)
    if (old.netloc, old.path) == (new.netloc, new.path):
        return _other_scheme(new)
    inside = ""
    if old.netloc == new.netloc and new.path.startswith(old.path):
        inside = new.path[len(old.path) :]
    return (
        ("nginx", _nginx(old, new_url, inside)),
        ("Apache (.htaccess in the site's top folder)", _apache(old, new_url, inside)),
        ("Netlify, Cloudflare Pages (_redirects)", _redirects_file(old, new_url, inside)),
        ("S3 website (routing rules)", _s3(old, new, inside)),
    )


def _other_scheme(new: SplitResult) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Only http has become https, or the reverse: the server alone knows by which it was asked."""
    port = "80" if new.scheme == "https" else "443"
    asked = "off" if new.scheme == "https" else "on"
    target = f"{new.scheme}://{new.netloc}"
    return (
        (f"nginx (the server that listens on {port})", (f"return 301 {target}$request_uri;",)),
        (
            "Apache (.htaccess in the site's top folder)",
            (
                "RewriteEngine On",
                f"RewriteCond %{{HTTPS}} {asked}",
                f"RewriteRule ^ {target}%{{REQUEST_URI}} [R=301,L]",
            ),
        ),
    )


def _pattern(old: SplitResult, inside: str) -> str:
    """The old addresses as a regular expression over the decoded path, as servers match it."""
    spared = f"(?!{re.escape(unquote(inside))})" if inside else ""
    return f"^{re.escape(unquote(old.path or '/'))}{spared}(.*)$"


def _nginx(old: SplitResult, new_url: str, inside: str) -> tuple[str, ...]:
    return (f'rewrite "{_pattern(old, inside)}" {new_url}$1 permanent;',)


def _apache(old: SplitResult, new_url: str, inside: str) -> tuple[str, ...]:
    target = new_url.replace("%", r"\%")
    return (f'RedirectMatch 301 "{_pattern(old, inside)}" "{target}$1"',)


def _redirects_file(old: SplitResult, new_url: str, inside: str) -> tuple[str, ...]:
    path = quote(unquote(old.path or "/"))
    here = quote(unquote(inside))
    # The first line that fits counts, so what is at home already is named first.
    spared = (f"{path}{here}* {path}{here}:splat 200",) if inside else ()
    return (*spared, f"{path}* {new_url}:splat 301")


def _s3(old: SplitResult, new: SplitResult, inside: str) -> tuple[str, ...]:
    if inside:
        return ("these rules cannot leave out a folder: publish to both addresses instead",)
    prefix = unquote(old.path).removeprefix("/")
    condition = {"Condition": {"KeyPrefixEquals": prefix}} if prefix else {}
    redirect = {
        "Protocol": new.scheme,
        "HostName": new.netloc,
        "ReplaceKeyPrefixWith": unquote(new.path).removeprefix("/"),
        "HttpRedirectCode": "301",
    }
    return (json.dumps([{**condition, "Redirect": redirect}], ensure_ascii=False),)
