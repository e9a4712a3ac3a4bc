"""Catalogues of phrases: the packaged ones are whole and fit, an author's are read kindly."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.messages import (
    Forms,
    Messages,
    Phrase,
    categories_of,
    links_of,
    messages_in,
    slots_of,
)
from castpress.model.problem import Location, Problem, Severity
from castpress.read.messages import no_catalogue, read_messages
from castpress.render.html_text import day, length, megabytes
from castpress.store.theme_files import packaged_theme, read_catalogues

PACKAGED = read_catalogues(packaged_theme().parent)[0]
IN_ALL = read_messages(PACKAGED, {})[0]
ENGLISH = messages_in("en", IN_ALL)
WHOLE = sorted(tag for tag in PACKAGED if "-" not in tag)
NARROW = "\u202f"

FILE = PurePosixPath("templates/languages/nl.json")


def say(language: str) -> Messages:
    return next(each for each in IN_ALL if each.language == language)


def texts_of(phrase: Phrase) -> tuple[str, ...]:
    if isinstance(phrase, Forms):
        return phrase.texts
    return (phrase,) if isinstance(phrase, str) else phrase


def written(language: str) -> dict[str, object]:
    """What a packaged catalogue itself holds, by section and name."""
    catalogue: dict[str, dict[str, object]] = json.loads(PACKAGED[language])
    return {f"{part}.{name}": v for part, names in catalogue.items() for name, v in names.items()}


# The packaged catalogues.


@pytest.mark.parametrize("language", WHOLE)
def test_a_catalogue_has_every_phrase_in_the_order_of_english(language: str) -> None:
    assert list(written(language)) == list(written("en"))


@pytest.mark.parametrize("language", sorted(set(PACKAGED) - set(WHOLE)))
def test_a_country_has_only_phrases_that_there_are(language: str) -> None:
    assert set(written(language)) <= set(written("en"))
    assert language.partition("-")[0] in WHOLE


@pytest.mark.parametrize("language", sorted(PACKAGED))
def test_the_phrases_speak_of_the_same_values_and_link_to_the_same_addresses(language: str) -> None:
    for name in written(language):
        ours, theirs = say(language).phrases[name], ENGLISH.phrases[name]
        assert type(ours) is type(theirs), name
        assert links_of(ours) == links_of(theirs), name
        # An author's word is given as it stands and in small letters: nouns differ.
        assert slots_without_case(ours) == slots_without_case(theirs), name
        assert "" not in texts_of(ours), name
        assert all(text == text.strip() for text in texts_of(ours)) or name == "number.comma"


def slots_without_case(phrase: Phrase) -> set[str]:
    return {"word" if slot == "word_lower" else slot for slot in slots_of(phrase)}


@pytest.mark.parametrize("language", WHOLE)
def test_numbers_have_the_plural_forms_of_the_language(language: str) -> None:
    counted = [phrase for phrase in say(language).phrases.values() if isinstance(phrase, Forms)]
    assert counted
    for phrase in counted:
        assert {category for category, _ in phrase.forms} == categories_of(language)


@pytest.mark.parametrize("language", WHOLE)
def test_a_year_has_twelve_months(language: str) -> None:
    months = say(language).listed("date.months")
    assert len(set(months)) == 12


@pytest.mark.parametrize("language", sorted(PACKAGED))
def test_catalogues_are_written_for_people(language: str) -> None:
    text = PACKAGED[language]
    assert text.startswith('{\n  "')
    assert text.endswith("\n  }\n}\n")
    assert "\\u" not in text
    assert all(re.match(r'[{}]|  (?:"\w+": \{|\},?)$|    "', line) for line in text.splitlines())


BUTTONS = {
    **dict.fromkeys(("copy.copy", "copy.copied", "player.share", "player.sleep"), 14),
    **dict.fromkeys(("player.close", "player.chapter_end", "episode.download"), 14),
    # Beside the field for a query on a phone.
    "site.search": 10,
    **dict.fromkeys(("site.subscribe", "episode.transcript", "site.episodes", "site.courses"), 14),
    # In pills.
    **dict.fromkeys(("episode.more_apps", "search.more", "lists.next_page"), 22),
    **dict.fromkeys(("lists.previous_page", "episode.subscribe_in_app"), 28),
}


@pytest.mark.parametrize("language", WHOLE)
@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_are_short(language: str, name: str) -> None:
    assert len(say(language)(name)) <= BUTTONS[name]


@pytest.mark.parametrize("language", WHOLE)
def test_the_narrow_column_of_facts_breaks_no_word(language: str) -> None:
    names = ("discussion", "support", "other_files", "place", "made_in", "licence")
    words = " ".join(say(language)(f"facts.{name}", count=2) for name in names).split()
    assert max(map(len, words)) <= 10


QUOTES = {"de": "„“", "en": "“”", "es": "“”", "fr": "«»", "pt": "“”"}
MARKS = re.compile("[\"'„“”«»‚‘]")


@pytest.mark.parametrize("language", sorted(set(WHOLE) & set(QUOTES)))
def test_quotes_are_those_of_the_language(language: str) -> None:
    found = {
        mark
        for phrase in say(language).phrases.values()
        for text in texts_of(phrase)
        for mark in MARKS.findall(text)
    }
    assert found == set(QUOTES[language])


def test_french_has_narrow_spaces_that_never_break_at_its_marks() -> None:
    for name, phrase in say("fr").phrases.items():
        for text in texts_of(phrase):
            assert re.findall(r"(.)[;:!?»]", text) == [NARROW] * len(re.findall("[;:!?»]", text)), (
                name
            )
            assert all(after == NARROW for after in re.findall("«(.)", text)), name


# Days, lengths, sizes and counts: a row a language, so that another is a row more.

FIRST, THIRTY_FIRST = datetime(2026, 5, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)
DAYS = {
    "ar": ("1 مايو 2026", "31 ديسمبر 2025"),
    "he": ("1 במאי 2026", "31 בדצמבר 2025"),
    "ja": ("2026年5月1日", "2025年12月31日"),
    "de": ("1. Mai 2026", "31. Dezember 2025"),
    "en": ("1 May 2026", "31 December 2025"),
    "en-US": ("May 1, 2026", "December 31, 2025"),
    "es": ("1 de mayo de 2026", "31 de diciembre de 2025"),
    "fr": ("1er mai 2026", "31 décembre 2025"),
    "pt": ("1º de maio de 2026", "31 de dezembro de 2025"),
}
SECONDS, MINUTES, BOTH, HOURS = 42_000, 38 * 60_000, 72 * 60_000, 120 * 60_000
LENGTHS = {
    "ar": ("42 ث", "38 د", "1 س 12 د", "2 س"),
    "he": ("42 שנ׳", "38 דק׳", "1 שע׳ 12 דק׳", "2 שע׳"),
    "ja": ("42秒", "38分", "1時間12分", "2時間"),
    "de": ("42 Sek.", "38 Min.", "1 Std. 12 Min.", "2 Std."),
    **dict.fromkeys(("en", "es", "fr", "pt"), ("42 s", "38 min", "1 h 12 min", "2 h")),
}
SIZES = {
    "ar": ("34 ميغابايت", "0.5 ميغابايت"),
    "he": ("34 מ״ב", "0.5 מ״ב"),
    "ja": ("34 MB", "0.5 MB"),
    "de": ("34 MB", "0,5 MB"),
    "en": ("34 MB", "0.5 MB"),
    "es": ("34 MB", "0,5 MB"),
    "fr": ("34 Mo", "0,5 Mo"),
    "pt": ("34 MB", "0,5 MB"),
}
COUNTS = {
    "ar": ("لا حلقات", "حلقة واحدة", "حلقتان"),
    "he": ("0 פרקים", "פרק אחד", "שני פרקים"),
    "ja": ("0件のエピソード", "1件のエピソード", "2件のエピソード"),
    "de": ("0 Folgen", "1 Folge", "2 Folgen"),
    "en": ("0 episodes", "1 episode", "2 episodes"),
    "es": ("0 episodios", "1 episodio", "2 episodios"),
    "fr": ("0 épisode", "1 épisode", "2 épisodes"),
    "pt": ("0 episódio", "1 episódio", "2 episódios"),
}


@pytest.mark.parametrize("language", sorted(set(DAYS) & set(PACKAGED)))
def test_days_are_written_as_people_write_them(language: str) -> None:
    assert (day(FIRST, say(language)), day(THIRTY_FIRST, say(language))) == DAYS[language]


@pytest.mark.parametrize("language", sorted(set(LENGTHS) & set(PACKAGED)))
def test_lengths_are_written_as_people_write_them(language: str) -> None:
    found = tuple(length(ms, say(language)) for ms in (SECONDS, MINUTES, BOTH, HOURS))
    assert found == LENGTHS[language]


@pytest.mark.parametrize("language", sorted(set(SIZES) & set(PACKAGED)))
def test_sizes_are_written_as_people_write_them(language: str) -> None:
    found = (megabytes(34_100_000, say(language)), megabytes(460_000, say(language)))
    assert found == SIZES[language]


@pytest.mark.parametrize("language", sorted(set(COUNTS) & set(PACKAGED)))
def test_counts_take_the_form_of_their_number(language: str) -> None:
    assert tuple(say(language)("lists.count", count=n) for n in (0, 1, 2)) == COUNTS[language]


def test_what_the_author_calls_a_lesson_keeps_its_letters_where_nouns_need_them() -> None:
    said = {
        each: say(each)("lesson.next_own", word="Etappe", word_lower="etappe")
        for each in ("de", "en", "es", "fr", "pt")
    }
    assert said == {
        "de": "Als Nächstes: Etappe",
        "en": "Next etappe",
        "es": "A continuación: etappe",
        "fr": f"À suivre{NARROW}: etappe",
        "pt": "A seguir: etappe",
    }


@pytest.mark.parametrize("language", sorted(PACKAGED))
def test_every_phrase_can_be_said(language: str) -> None:
    messages = say(language)
    for name, phrase in ENGLISH.phrases.items():
        values = dict.fromkeys({*slots_of(phrase), "word"}, "<x>") | {"count": 3}
        assert "{" not in messages(name, **values), name
        assert "](" not in (html := messages.html(name, **values)), name
        assert html.count("<a ") == html.count("</a>") == len(links_of(phrase)), name
        assert "<x>" not in html


# Which phrases a page gets.


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("PT-br", "pt"),
        ("en-us", "en-US"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans", "en"),
    ],
)
def test_phrases_are_those_of_the_country_else_of_the_language_else_english(
    language: str, found: str
) -> None:
    tags = ("de", "en", "en-US", "pt", "zh-Hant")
    known = [Messages(tag, {}) for tag in tags]
    assert messages_in(language, known).language == found


def test_a_value_that_runs_the_other_way_is_kept_apart() -> None:
    isolated = "\u2068שלום\u2069"
    assert ENGLISH("episode.follow", title="שלום") == f"Follow {isolated}"
    assert ENGLISH("episode.follow", title="Amy") == "Follow Amy"
    assert ENGLISH("label.episode", number="12") == "Episode 12"
    hebrew = Messages("he", {"a.b": "עוד {title}"})
    assert hebrew("a.b", title="Amy") == "עוד \u2068Amy\u2069"
    assert hebrew("a.b", title="שלום") == "עוד שלום"


def test_a_value_cannot_speak_for_the_phrase() -> None:
    assert ENGLISH("episode.follow", title="{title} [x](y)") == "Follow {title} [x](y)"
    moved = ENGLISH.html("site.moved", title="[<b>](javascript:)", target='"><x>')
    assert moved == (
        'This page has moved: <a href="&quot;&gt;&lt;x&gt;">[&lt;b&gt;](javascript:)</a>'
    )


# The author's own catalogue.


def own(text: str, name: str = "nl") -> tuple[tuple[Messages, ...], tuple[Problem, ...]]:
    return read_messages(PACKAGED, {name: text})


DUTCH = """\
{
  "site": {"subscribe": "Abonneren"},
  "lists": {
    "count": {"one": "{count} aflevering", "other": "{count} afleveringen"}
  },
  "lesson": {"next_own": "Hierna: {word}"}
}
"""


def test_three_phrases_stand_on_top_of_english() -> None:
    known, problems = own(DUTCH)
    dutch = messages_in("nl-BE", known)

    assert problems == ()
    assert (dutch.language, dutch("site.subscribe")) == ("nl", "Abonneren")
    assert [dutch("lists.count", count=n) for n in (1, 2)] == ["1 aflevering", "2 afleveringen"]
    assert dutch("lesson.next_own", word="Les", word_lower="les") == "Hierna: Les"
    assert dutch("site.search") == "Search"
    assert set(dutch.phrases) == set(ENGLISH.phrases)


def test_own_phrases_take_the_place_of_packaged_ones_in_the_language_and_its_countries() -> None:
    known, problems = own('{"site": {"episodes": "Sendungen"}}', "de")

    assert problems == ()
    assert messages_in("de", known)("site.episodes") == "Sendungen"
    assert messages_in("de-CH", known)("site.search") == say("de")("site.search")
    assert messages_in("en", known) == ENGLISH

    known, _ = own('{"site": {"episodes": "Shows"}}', "en")
    assert messages_in("en-US", known)("site.episodes") == "Shows"
    assert messages_in("en-US", known)("facts.licence") == "License"


def test_a_file_may_be_named_after_a_country() -> None:
    known, problems = own('{"site": {"search": "Suchi"}}', "de_ch")

    assert problems == ()
    assert messages_in("de-CH", known)("site.search") == "Suchi"
    assert messages_in("de-CH", known)("site.courses") == "Kurse"
    assert messages_in("de", known)("site.search") == "Suche"


def test_a_role_may_be_anything() -> None:
    known, problems = own('{"role": {"Sound Designer": "Geluid", "host": "Presentatie"}}')
    dutch = messages_in("nl", known)

    assert problems == ()
    assert dutch.find("role.sound designer") == "Geluid"
    assert dutch.find("role.host") == "Presentatie"


@pytest.mark.parametrize(
    ("text", "line", "message", "advice"),
    [
        ('{"site": {\n  "search": "Zoek",\n}}', 3, "this is no JSON", "mend that line"),
        ("", 1, "this is no JSON: Expecting value", "mend that line"),
        ("[" * 100_000, 1, "this is no JSON", "begin again"),
        ("9" * 5_000, 1, "this is no JSON", "begin again"),
        ('["site"]', 1, "a catalogue has sections", '{"player": {"share": "…"}}'),
        ('{"site": {\n"serch": "Zoek"}}', 2, "no phrase named 'site.serch'", "'site.search'?"),
        ('{"qqq": {"zzz": "Zoek"}}', 1, "no phrase named 'qqq.zzz'", "docs/languages.md"),
        ('{\n"player": "Speler"}', 2, "no phrase named 'player'", "did you mean 'player."),
        (
            '{"label": {"lesson": "Lesson {number}"},\n "episode": {"next": "Next"},\n'
            '"lesson": {\n"next": "Les {number}"}}',
            4,
            "lesson.next: nothing is called {number} here",
            'write it like "Next lesson"',
        ),
        (
            '{"lists": {"nothing_yet": "Niets. {subscribe}"}}',
            1,
            "{subscribe} is an address, which words link to: [words](subscribe)",
            "[Subscribe](subscribe)",
        ),
        (
            '{"label": {"of": "[{label}](count)"}}',
            1,
            "{count} is no address that words could link to",
            "{label} of {count}",
        ),
        ('{"site": {"search": 3}}', 1, "site.search: this is no phrase", '"Search"'),
        ('{"site": {"search": null}}', 1, "site.search: this is no phrase", '"Search"'),
        ('{"site": {"search": ["a"]}}', 1, "this is a list", '"Search"'),
        ('{"site": {"search": {"other": "a"}}}', 1, "no number stands here", '"Search"'),
        ('{"lists": {"count": {"one": "één"}}}', 1, "this is no phrase", '"other": "{count}'),
        ('{"date": {"months": ["januari"]}}', 1, "12 entries are needed", '"January", "Feb'),
        ('{"date": {"months": "januari"}}', 1, "12 entries are needed", '"January", "Feb'),
        ('{"role": {"host": 3}}', 1, "role.host: this is no phrase", '"Host"'),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_type(
    text: str, line: int, message: str, advice: str
) -> None:
    known, (problem,) = own(text)

    assert (problem.code, problem.severity) == ("wrong-phrase", Severity.WARNING)
    assert problem.location == Location(FILE, line)
    assert message in problem.message
    assert advice in problem.help
    assert messages_in("nl", known).phrases == ENGLISH.phrases


def test_a_slip_costs_one_phrase_and_no_other() -> None:
    known, problems = own('{"site": {"serch": "a", "search": "Zoek", "nav": 1}}')

    assert len(problems) == 2
    assert messages_in("nl", known)("site.search") == "Zoek"
    assert messages_in("nl", known)("site.nav") == "Site"


def test_of_very_many_slips_the_first_are_told() -> None:
    _, problems = own(json.dumps({"site": {f"search{number}": "Zoek" for number in range(9_000)}}))

    assert len(problems) == 21
    assert problems[0].help == "did you mean 'site.search'?"
    assert problems[-1].message == "8980 more phrases cannot be used"


@pytest.mark.parametrize("cut", ["[", "[](", "{a", "[a](b", "{{"])
def test_a_long_phrase_costs_no_more_than_its_length(cut: str) -> None:
    phrase = cut * 300_000  # would take minutes if each were looked at from every other
    known, problems = own(json.dumps({"site": {"search": phrase}}))

    assert problems == ()
    assert messages_in("nl", known).html("site.search") == phrase


def test_a_file_named_after_no_language_is_read_by_nobody() -> None:
    known, (problem,) = own(DUTCH, "dutch")
    assert problem.code == "wrong-phrase"
    assert problem.location.file == PurePosixPath("templates/languages/dutch.json")
    assert problem.help == "name it nl.json"
    assert {each.language for each in known} == set(PACKAGED)

    _, (problem,) = own(DUTCH, "my words")
    assert "nl.json for Dutch" in problem.help


def test_what_no_page_can_hold_is_left_out() -> None:
    known, problems = own('{"site": {"search": "Zo\\ud800ek\\u0000"}, "role": {"x\\ud800": "y"}}')

    assert problems == ()
    assert messages_in("nl", known)("site.search") == "Zoek"
    assert messages_in("nl", known).find("role.x") == "y"


@pytest.mark.parametrize(
    ("language", "texts", "is_told"),
    [
        ("de-AT", {}, False),
        ("en-GB", {}, False),
        ("nl", {}, True),
        ("nl", {"nl": DUTCH}, False),
        ("nl-BE", {"nl": DUTCH}, False),
        ("nl-BE", {"nl-BE": DUTCH}, False),
        ("nl", {"nl-BE": DUTCH}, True),
    ],
)
def test_a_language_without_catalogue_is_told_once_as_a_note(
    language: str, texts: dict[str, str], is_told: bool
) -> None:
    known, _ = read_messages(PACKAGED, texts)
    place = Location(PurePosixPath("show.yaml"), 4)
    found = tuple(no_catalogue(language, known, place))

    assert len(found) == is_told
    for problem in found:
        assert (problem.code, problem.severity, problem.location) == (
            "no-catalogue",
            Severity.NOTE,
            place,
        )
        assert "templates/languages/nl.json" in problem.help


names = st.sampled_from(
    [*ENGLISH.phrases, "role.x", "site", "player.plai", "", "a.b.c", '"', "\ud800", "a\n."]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["{count}", "[a](b)", "{word} [x](target)", "{", "[]()", "\ud800", "%1"]),
    lambda inner: (
        st.lists(inner, max_size=13)
        | st.dictionaries(st.sampled_from(["one", "other", "two", "x"]), inner)
    ),
    max_leaves=15,
)
sections = st.dictionaries(
    st.sampled_from([*json.loads(PACKAGED["en"]), "x"]) | st.text(max_size=3),
    values | st.dictionaries(names.map(lambda name: name.partition(".")[2]), values, max_size=8),
    max_size=5,
)


@given(
    text=st.text() | values.map(json.dumps) | sections.map(json.dumps),
    name=st.sampled_from(["nl", "ar", "de-CH", "xx", "pl", "en"]) | st.text(max_size=5),
)
def test_no_text_as_catalogue_raises_or_takes_a_phrase_away(text: str, name: str) -> None:
    known, problems = own(text, name)

    assert all(problem.code == "wrong-phrase" for problem in problems)
    for messages in known:
        assert set(messages.phrases) >= set(ENGLISH.phrases)
        if messages.language in PACKAGED and messages.phrases == say(messages.language).phrases:
            continue
        for phrase_name, phrase in ENGLISH.phrases.items():
            said = dict.fromkeys({*slots_of(phrase), "word"}, "v") | {"count": 2}
            messages(phrase_name, **said).encode()
            messages.html(phrase_name, **said).encode()
        assert len(messages.listed("date.months")) == 12
        json.dumps(messages.forms("lists.count")).encode()
