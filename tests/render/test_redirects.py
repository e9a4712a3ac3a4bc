from __future__ import annotations

import json
import re

import pytest

from castpress.render.redirects import redirect_rules

CASES = [
    ("https://a.example/", "https://b.example/", "/feed.xml", "https://b.example/feed.xml"),
    ("https://a.example/runs/", "https://b.example/", "/runs/x/y", "https://b.example/x/y"),
    ("https://a.example/a.b/", "https://b.example/c/", "/a.b/feed.xml", "https://b.example/c/feed.xml"),
    ("https://a.example/", "https://a.example/pod/", "/feed.xml", "https://a.example/pod/feed.xml"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "asked", "expected"), CASES)
def test_each_server_sends_everybody_to_the_same_place(
    old: str, new: str, asked: str, expected: str
) -> None:
    for server, lines in redirect_rules(old, new):
        if server.startswith(("nginx", "Apache")):
            pattern, target = re.search(
                r'"(\^.*?)" "?(http.*?)"?(?: permanent;)?$', lines[0]
            ).groups()  # type: ignore[union-attr]
            found = re.match(pattern, asked)
            assert found
            assert target.replace("$1", found[1]) == expected
            if new.startswith(old):
                assert re.match(pattern, "/pod/feed.xml") is None
        elif server.startswith("Netlify"):
            path, target, code = lines[-1].split(" ")
            assert code == "301"
            assert target.replace(":splat", asked.removeprefix(path[:-1])) == expected
        elif new.startswith(old):
            assert "publish to both" in lines[0]
        else:
            rule = json.loads(lines[0])[0]
            prefix = rule.get("Condition", {}).get("KeyPrefixEquals", "")
            key = rule["Redirect"]["ReplaceKeyPrefixWith"] + asked[1:].removeprefix(prefix)
            assert f"https://{rule['Redirect']['HostName']}/{key}" == expected


def test_only_the_scheme_changes() -> None:
    rules = dict(redirect_rules("http://a.example/x/", "https://a.example/x/"))
    assert rules["nginx (the server that listens on 80)"] == (
        "return 301 https://a.example$request_uri;",
    )
    assert any("HTTPS" in line for lines in rules.values() for line in lines)


def test_an_address_with_characters_that_mean_something_to_servers() -> None:
    rules = dict(redirect_rules("https://a.example/caf%C3%A9+/", "https://b.example/%20/"))
    assert rules["nginx"] == (r'rewrite "^/café\+/(.*)$" https://b.example/%20/$1 permanent;',)
    assert r"\%20" in rules["Apache (.htaccess in the site's top folder)"][0]
