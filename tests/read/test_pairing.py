from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.problem import Location
from castpress.read.pairing import pair_sources, part_transcripts

P = PurePosixPath


def pair(
    notes: str, audio: str, transcripts: str = "", chosen: dict[str, str] | None = None
) -> tuple[list[tuple[str, str | None]], list[str], list[str]]:
    files = [P("show_notes") / name for name in notes.split()]
    here = Location(P("show_notes/a.md"), 2, 8)
    picked = {P("show_notes") / name: (value, here) for name, value in (chosen or {}).items()}
    pairs, problems = pair_sources(
        files,
        [P("episodes") / name for name in audio.split()],
        [P("show_notes") / name for name in transcripts.split()],
        picked,
    )
    found = [(p.notes.name, p.audio.name if p.audio else None) for p in pairs]
    return found, [p.code for p in problems], [p.help for p in problems]


def test_files_pair_by_stem() -> None:
    found, codes, _ = pair("b.md a.txt", "a.mp3 b.m4a")
    assert (found, codes) == ([("a.txt", "a.mp3"), ("b.md", "b.m4a")], [])


def test_decomposed_names_of_other_systems_pair() -> None:
    found, codes, _ = pair("cafe\u0301.md", "caf\u00e9.mp3")
    assert (found[0][1], codes) == ("caf\u00e9.mp3", [])


def test_audio_without_notes_is_said_with_the_name_that_may_be_meant() -> None:
    _, codes, helps = pair("042-hills.md", "042-hils.mp3")
    assert codes == ["no-notes"]
    assert "042-hills.mp3" in helps[0]


def test_two_notes_for_one_audio() -> None:
    assert pair("a.md a.txt", "a.mp3")[1] == ["two-notes"]


def test_two_audio_files_of_one_format_need_a_choice() -> None:
    assert pair("a.md", "a.mp3 a.MP3")[1] == ["two-audio-files"]
    found, codes, _ = pair("a.md", "a.mp3 a.MP3", chosen={"a.md": "a.mp3"})
    assert (found, codes) == ([("a.md", "a.mp3")], [])


@pytest.mark.parametrize(
    ("audio", "main", "others", "codes"),
    [
        # The main file by its format, whatever the order of names.
        ("a.m4a a.mp3", "a.mp3", "a.m4a", []),
        ("a.aac a.m4b a.m4a", "a.m4a", "a.aac a.m4b", []),
        ("a.mp4 a.opus", "a.mp4", "a.opus", []),
        ("a.mov a.m4v a.mp4", "a.mp4", "a.m4v a.mov", []),
        ("a.opus a.ogg a.oga", "a.opus", "a.oga a.ogg", []),
        ("a.mp3 a.mp4", "a.mp3", "a.mp4", []),
        # The master is nobody's business but the author's, unless a word asks for it.
        ("a.mp3 a.wav a.flac", "a.mp3", "", ["master-left-out", "master-left-out"]),
        ("a.flac a.wav", "a.flac", "", ["master-left-out"]),
        ("a.mp3 a.lossless.flac", "a.mp3", "a.lossless.flac Lossless", []),
        ("a.mp3 a.de.wav", "a.mp3", "", ["no-notes"]),
        # Words behind the name.
        ("a.mp3 a.low.mp3", "a.mp3", "a.low.mp3 Low+bandwidth", []),
        ("a.mp3 a.064k.mp3 a.LOW.Opus", "a.mp3",
         "a.064k.mp3 64+kbit/s a.LOW.Opus Low+bandwidth", []),
        ("a.mp3 a.720p.mp4 a.hd.mp4", "a.mp3", "a.720p.mp4 720p a.hd.mp4 HD", []),
        ("a.m4a a.de.m4a a.pt_br.mp3", "a.m4a", "a.de.m4a =de a.pt_br.mp3 =pt-BR", []),
        # Words that may mean anything.
        ("a.mp3 a.raw.mp3 a.new.mp3 a.german.mp3", "a.mp3", "", ["no-notes"] * 3),
        ("a.mp3 a.low.de.mp3", "a.mp3", "", ["no-notes"]),
        # A word needs the name before it.
        ("a.low.mp3", None, "", ["no-notes"]),
    ],
)  # fmt: skip
def test_other_encodings_lie_beside_the_audio(
    audio: str, main: str | None, others: str, codes: list[str]
) -> None:
    files = [P("episodes") / name for name in audio.split()]
    (found,), problems = pair_sources([P("show_notes/a.md")], files, [], {})
    said = [
        " ".join([one.file.name, *([one.title.replace(" ", "+")] if one.title else []),
                  *([f"={one.language}"] if one.language else [])])
        for one in found.alternates
    ]  # fmt: skip

    assert found.audio == (P("episodes") / main if main else None)
    assert " ".join(said) == others
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("audio", "extension", "main"),
    [
        ("a.m4a a.mp3", "m4a", "a.m4a"),
        ("a.mp4 a.mp3", "mp4", "a.mp4"),
        ("a.oga a.mp3", "opus", "a.oga"),
        ("a.mp3 a.wav", "wav", "a.wav"),
        ("a.mp3", "m4a", "a.mp3"),
    ],
)
def test_what_is_out_stays_the_audio_whatever_lies_beside_it(
    audio: str, extension: str, main: str
) -> None:
    files = [P("episodes") / name for name in audio.split()]

    (found,), _ = pair_sources([P("show_notes/a.md")], files, [], {}, {"a": extension})

    assert found.audio == P("episodes") / main


def test_what_has_notes_of_its_own_is_no_other_encoding() -> None:
    notes = [P("show_notes") / name for name in ("a.md", "a.low.md", "b.md")]
    audio = [P("episodes") / name for name in ("a.mp3", "a.low.mp3", "a.de.mp3", "a.opus")]
    named = {notes[2]: ("a.de.mp3", Location(notes[2], 2))}
    pairs, problems = pair_sources(notes, audio, [], named)

    assert {p.notes.name: p.audio.name for p in pairs if p.audio} == {
        "a.md": "a.mp3",
        "a.low.md": "a.low.mp3",
        "b.md": "a.de.mp3",
    }
    assert [[one.file.name for one in p.alternates] for p in pairs] == [["a.opus"], [], []]
    assert not problems


def test_the_named_audio_has_its_own_files_beside_it() -> None:
    files = [P("episodes") / name for name in ("take.mp3", "take.opus", "a.mp3", "a.opus")]
    here = Location(P("show_notes/a.md"), 2)
    note = P("show_notes/a.md")
    (found,), problems = pair_sources([note], files, [], {note: ("take.opus", here)})

    assert found.audio == P("episodes/take.opus")
    assert [one.file.name for one in found.alternates] == ["take.mp3"]
    assert not problems


def test_a_word_that_says_nothing_is_asked_about() -> None:
    (unknown,) = pair("a.md", "a.mp3 a.x.mp3")[2]
    (german,) = pair("a.md", "a.mp3 a.ger.mp3")[2]
    assert "let its name say which: a.low.mp3, a.64k.mp3, a.de.mp3; else" in unknown
    assert "let its name say which: a.de.mp3; else" in german


def test_a_note_may_name_audio_of_another_stem() -> None:
    found, codes, _ = pair("a.md", "recording.mp3", chosen={"a.md": "recording.mp3"})
    assert (found, codes) == ([("a.md", "recording.mp3")], [])


def test_audio_that_is_named_and_not_there() -> None:
    place = Location(P("show_notes/a.md"), 2)
    pairs, _ = pair_sources(
        [P("show_notes/a.md")],
        [P("episodes/recording.mp3")],
        [],
        {P("show_notes/a.md"): ("recordin.mp3", place)},
    )
    # Not a problem yet: show.lock may know all that a build needs of it.
    absent = pairs[0].absent
    assert absent is not None
    assert (absent.code, "recording.mp3" in absent.help) == ("no-such-audio", True)


def test_transcripts_belong_to_a_stem_and_perhaps_a_language() -> None:
    pairs, _ = pair_sources(
        [P("show_notes/a.md")],
        [P("episodes/a.mp3")],
        [P("show_notes/a.vtt"), P("show_notes/a.de.vtt"), P("show_notes/b.vtt")],
        {},
    )
    assert [language for language, _ in pairs[0].transcripts] == ["de", None]


def test_a_language_is_a_language_and_vtt_comes_first() -> None:
    names = ["a.srt", "a.vtt", "a.pt_BR.vtt", "a.final.vtt"]
    pairs, problems = pair_sources(
        [P("show_notes/a.md")], [P("episodes/a.mp3")], [P("show_notes") / n for n in names], {}
    )
    found = [(language, file.name) for language, file in pairs[0].transcripts]
    assert found == [("pt-BR", "a.pt_BR.vtt"), (None, "a.vtt"), (None, "a.srt")]
    assert [p.location.file.name for p in problems] == ["a.final.vtt"]


def test_transcripts_of_nobody_are_told() -> None:
    _, problems = pair_sources(
        [P("show_notes/a.md")], [P("episodes/a.mp3")], [P("show_notes/b.vtt")], {}
    )
    assert [p.code for p in problems] == ["stray-transcript"]


def transcripts_of(
    *names: str, notes: str = "a.md"
) -> tuple[list[tuple[str | None, str]], list[str]]:
    """(language, file) of each transcript of the first note, and what is told."""
    folder = [P("show_notes") / name for name in (*notes.split(), *names)]
    kept, found = part_transcripts(folder, [])
    pairs, problems = pair_sources(kept, [P("episodes/a.mp3")], found, {})
    told = [f"{p.code}: {p.message}; {p.help}" for p in problems if p.code != "no-notes"]
    return [(language, file.name) for language, file in pairs[0].transcripts], told


def test_text_is_a_transcript_by_its_name() -> None:
    names = (
        "a.transcript.txt",
        "a.transcript.de.md",
        "a.fr.transcript.html",
        "a.Transkript.sv.txt",
    )
    found, told = transcripts_of(*names)
    assert dict(found) == {
        None: "a.transcript.txt",
        "de": "a.transcript.de.md",
        "fr": "a.fr.transcript.html",
        "sv": "a.Transkript.sv.txt",
    }
    assert told == []


def test_without_a_dot_it_is_one_only_beside_notes_of_that_name() -> None:
    assert transcripts_of("a-transcript.txt", "a transcript.de.txt")[0] == [
        ("de", "a transcript.de.txt"),
        (None, "a-transcript.txt"),
    ]
    files = [P("show_notes") / name for name in ("b-transcript.md", "a-transcript.md", "a.md")]
    assert part_transcripts(files, [P("episodes/a-transcript.mp3")]) == (tuple(files), ())


def test_tools_keep_the_audios_ending() -> None:
    assert transcripts_of("a.mp3.json", "a.wav.de.srt")[0] == [
        ("de", "a.wav.de.srt"),
        (None, "a.mp3.json"),
    ]


def test_a_language_has_its_usual_form() -> None:
    assert transcripts_of("a.PT-br.vtt", "a.zh_hant.srt")[0] == [
        ("pt-BR", "a.PT-br.vtt"),
        ("zh-Hant", "a.zh_hant.srt"),
    ]


def test_codes_that_are_none_are_told_with_the_one_that_is_meant() -> None:
    found, told = transcripts_of("a.jp.vtt", "a.en-UK.srt", "a.xyz.vtt", "a.german.vtt")
    assert found == [("ja", "a.jp.vtt"), ("en-GB", "a.en-UK.srt")]
    assert told == [
        "unknown-language: 'jp' in a.jp.vtt is no language's code; it is read as ja; "
        "rename it to a.ja.vtt",
        "unknown-language: 'xyz' in a.xyz.vtt is no language's code; so it is left out; "
        "write the code of its language, as in a.de.vtt",
        "unknown-language: 'en-UK' in a.en-UK.srt is no language's code; it is read as en-GB; "
        "rename it to a.en-GB.srt",
        "stray-transcript: a.german.vtt belongs to no notes; rename it to a.de.vtt",
    ]


def test_json_of_something_else_is_left_alone() -> None:
    assert transcripts_of("package.json", "hils.json", notes="hills.md") == (
        [],
        ["stray-transcript: hils.json belongs to no notes; rename it to hills.json"],
    )


def test_stray_text_keeps_its_mark_when_it_is_renamed() -> None:
    assert transcripts_of("hils.transcript.txt", notes="a.md hills.md")[1] == [
        "stray-transcript: hils.transcript.txt belongs to no notes; "
        "rename it to hills.transcript.txt"
    ]
