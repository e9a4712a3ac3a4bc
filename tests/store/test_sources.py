"""Text of programs: in whatever UTF it is, and told from what is no text."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from castpress.store.sources import read_export, read_text

FILE = PurePosixPath("a.vtt")
TEXT = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Jürgen>Früh am Morgen → Ελλάδα\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_exports_are_read_in_every_utf(tmp_path: Path, encoding: str) -> None:
    (tmp_path / FILE).write_bytes(TEXT.encode(encoding))

    assert read_export(tmp_path, FILE) == (TEXT, ())


def test_half_a_letter_of_utf16_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfea\x00b")

    assert read_export(tmp_path, FILE) == ("a\ufffd", ())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14", "a word processor's document"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 Hello}", "Rich Text Format"),
        (b"ID3\x04", "audio"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / FILE).write_bytes(data)

    text, [problem] = read_export(tmp_path, FILE)

    assert text is None
    assert (problem.code, problem.message) == ("not-plain-text", f"a.vtt is {kind}, no text")


def test_other_encodings_are_asked_about(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(TEXT.partition(" →")[0].encode("cp1252"))

    for read in (read_export, read_text):
        text, [problem] = read(tmp_path, FILE)
        assert (text, problem.code) == (None, "not-utf8")
        assert (problem.location.line, problem.location.column) == (4, 5)
