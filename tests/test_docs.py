"""The docs tell the truth: every command, option, setting, key and problem code is in them."""

from __future__ import annotations

import argparse
import ast
import json
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.cli import parser
from castpress.commands import COMMANDS
from castpress.model.messages import Forms
from castpress.model.person_taxonomy import PERSON_ROLES
from castpress.read.feed_entries import DerivedFeedEntry
from castpress.read.front_matter import FrontMatter
from castpress.read.messages import read_messages
from castpress.read.people import PersonEntry
from castpress.read.release_rules import ReleaseEntry
from castpress.read.settings import CourseSettings, ShowSettings
from castpress.read.show_entries import NotesEntry
from tests.messages import ENGLISH, MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from castpress.model.messages import Phrase
    from castpress.read.schema import Schema

SETTINGS = Path("docs/settings.md").read_text("utf-8")
NOTES = Path("docs/notes.md").read_text("utf-8")
COMMANDS_HEAD = (
    "# Commands\n\nMade from the command line's own help; `./run accept` writes it anew. In "
    "a clone type `./run COMMAND`, installed `castpress COMMAND`.\n"
)
BETWEEN = re.compile(r"(<!-- commands: [^>]*-->\n).*?(<!-- /commands -->)", re.DOTALL)


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (ShowSettings, SETTINGS),
        (CourseSettings, SETTINGS),
        (NotesEntry, SETTINGS),
        (DerivedFeedEntry, SETTINGS),
        (ReleaseEntry, SETTINGS),
        (PersonEntry, SETTINGS),
        (FrontMatter, NOTES),
    ],
)
def test_every_key_is_documented(model: type[Schema], text: str) -> None:
    missing = [key for key in model.model_fields if f"`{key}`" not in text]
    assert not missing


def test_every_documented_key_exists() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", NOTES, re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert set(keys) == set(FrontMatter.model_fields)


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    tree = parser()
    for action in tree._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options_of(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{action.metavar}`"
        if not action.option_strings and action.metavar is None:
            names = f"`{action.dest.upper()}`"
        value = f" `{action.metavar}`" if action.option_strings and action.metavar else ""
        if action.choices:
            value = " " + " or ".join(f"`{choice}`" for choice in action.choices)
        yield f"- {names}{value}: {action.help}"


def test_the_commands_page_is_made_from_the_parser(
    golden: Callable[[Path, bytes | str], None],
) -> None:
    text = COMMANDS_HEAD
    for name, command in commands():
        rows = "\n".join(options_of(command))
        text += f"\n## {name}\n\n{command.description}\n\n{rows}\n"
    golden(Path("docs/commands.md"), text)


def test_the_readme_lists_the_commands(golden: Callable[[Path, bytes | str], None]) -> None:
    readme = Path("README.md").read_text("utf-8")
    rows = "\n".join(f"| `{name}` | {about} |" for name, (_, about) in COMMANDS.items())
    table = f"\n| command | what it does |\n|---|---|\n{rows}\n\n"
    golden(Path("README.md"), BETWEEN.sub(lambda m: m.group(1) + table + m.group(2), readme))


def test_the_roles_are_those_of_the_taxonomy(golden: Callable[[Path, bytes | str], None]) -> None:
    rows = "\n".join(f"| {group} | {', '.join(roles)} |" for group, roles in PERSON_ROLES.items())
    table = f"\n| group | roles |\n|---|---|\n{rows}\n\n"
    between = re.compile(r"(<!-- roles: [^>]*-->\n).*?(<!-- /roles -->)", re.DOTALL)
    golden(
        Path("docs/settings.md"), between.sub(lambda m: m.group(1) + table + m.group(2), SETTINGS)
    )


def example_of(phrase: Phrase) -> str:
    if isinstance(phrase, Forms):
        return " · ".join(f"{category}: `{text}`" for category, text in phrase.forms)
    return f"`{phrase}`" if isinstance(phrase, str) else ", ".join(f"`{each}`" for each in phrase)


def test_the_phrases_are_those_of_the_english_catalogue(
    golden: Callable[[Path, bytes | str], None],
) -> None:
    page = Path("docs/languages.md")
    english = json.loads(Path("templates/languages/en.json").read_text("utf-8"))
    text = ""
    for section, names in english.items():
        rows = "\n".join(
            f"| `{section}.{name}` | {example_of(ENGLISH.phrases[f'{section}.{name}'])} |"
            for name in names
        )
        text += f"\n### {section}\n\n| name | in English |\n|---|---|\n{rows}\n"
    between = re.compile(r"(<!-- phrases: [^>]*-->\n).*?(<!-- /phrases -->)", re.DOTALL)
    golden(
        page, between.sub(lambda m: m.group(1) + text + "\n" + m.group(2), page.read_text("utf-8"))
    )


def test_the_languages_page_names_all_catalogues_and_its_example_is_one() -> None:
    page = Path("docs/languages.md").read_text("utf-8")
    for tag in {messages.language for messages in MESSAGES}:
        assert f"`{tag}`" in page
    examples = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert examples
    for example in examples:
        _, problems = read_messages(
            {"en": Path("templates/languages/en.json").read_text("utf-8")}, {"nl": example}
        )
        assert problems == ()


def problem_codes() -> set[str]:
    """Every text in the source that has the form of a code."""
    codes = set()
    for path in Path("castpress").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                codes |= set(re.findall(r"^(?!data-)[a-z0-9]+(?:-[a-z0-9]+)+$", node.value))
    return codes - NO_CODES


# Other texts of that form.
NO_CODES = {
    "2012-10-17",
    "2026-12-01",
    "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    "ai-content",
    "aspect-ratio",
    "aws-cn",
    "aws-us-gov",
    "castpress-store",
    "castpress-put",
    "castpress-sha256",
    "us-east-1",
    "ead4c236-bf58-58c6-a2c6-a6b28d128cb6",
    "cc-by",
    "co-host",
    "en-us",
    "hip-drive",
    "http-post",
    "xml-rpc",
    "k-12",
    "latin-1",
    "list-type",
    "max-keys",
    "next-archive",
    "nc-nd",
    "nd-nc",
    "no-cache",
    "no-store",
    "prev-archive",
    "screen-reader-text",
    "pgp-signature",
    "query-input",
    "self-help",
    "sr-only",
    "utf-16",
    "utf-16-be",
    "utf-16-le",
    "utf-8",
    "utf-8-sig",
    "visually-hidden",
}


def test_every_problem_code_is_explained() -> None:
    text = Path("docs/problems.md").read_text("utf-8")
    explained = re.findall(r"^## (\S+)$", text, re.MULTILINE)
    assert explained == sorted(explained)
    assert set(explained) == problem_codes()


@pytest.mark.parametrize("path", sorted([*Path().glob("*.md"), *Path("docs").glob("*.md")]))
def test_links_in_the_docs_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text):
        assert (path.parent / target).exists(), f"{path} links to {target}"


@pytest.mark.parametrize("path", sorted([*Path().glob("*.md"), *Path("docs").rglob("*.md")]))
def test_the_docs_speak_to_their_readers_only(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"(?<![\w.~*>])/(?:tmp|work|root|home)/", text)
    made = {"commands", "fields", "parsers", "phrases", "roles"}
    made |= {"tags of the show", "tags of an episode"}
    for comment in re.findall(r"<!-- /?(.*?)(?::| -->)", text):
        assert comment in made, f"{path} has a comment that no test writes: {comment}"


def test_what_the_readme_shows_of_notes_is_understood() -> None:
    from castpress.read.front_matter import parse_head
    from castpress.read.notes import parse_notes

    readme = Path("README.md").read_text("utf-8")
    block = re.search(r"```markdown\n(.*?)```", readme, re.DOTALL)
    assert block
    head, problems = parse_head(block.group(1), PurePosixPath("readme.md"))
    assert problems == ()
    notes, _ = parse_notes(head.body, PurePosixPath("readme.md"), first_line=head.first_line)
    assert [(mark.start_ms, mark.title) for mark in notes.marks] == [
        (0, "Stranger Things"),
        (120_000, "Four steps"),
    ]
    assert notes.summary is not None
