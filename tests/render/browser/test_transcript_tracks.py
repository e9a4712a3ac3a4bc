"""What castpress writes as WebVTT is what a browser reads of it, cue by cue."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from castpress.read.transcript import parse_transcript
from castpress.render.transcript import render_vtt, writable_cues

CORPUS = Path(__file__).parents[2] / "corpus" / "transcripts"
READ = """
async (texts) => {
  const audio = document.createElement("audio");
  document.body.append(audio);
  return Promise.all(texts.map((text) => new Promise((done) => {
    const track = document.createElement("track");
    const read = (cue) => {
      const shown = cue.getCueAsHTML();
      const voice = shown.querySelector("span[title]");
      return [cue.startTime, cue.endTime, voice && voice.title, shown.textContent];
    };
    track.onload = () => done([...track.track.cues].map(read));
    track.onerror = () => done("the browser refuses it");
    track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
    audio.append(track);
    track.track.mode = "hidden";
  })));
}
"""


def test_a_browser_reads_every_cue_of_every_case(page: Any, site: Any) -> None:
    spoken = []
    for file in sorted(CORPUS.glob("*/talk.*")):
        text = file.read_bytes().decode("utf-8", "replace")
        transcript, _ = parse_transcript(text, PurePosixPath(file.name), "en")
        spoken += [writable_cues(transcript)] if transcript.cues else []
    site.files["empty.html"] = b"<!doctype html><title>Tracks</title><body>"
    page.goto(site.base + "empty.html")

    read = page.evaluate(READ, [render_vtt(cues) for cues in spoken])

    assert len(spoken) > 60
    for cues, found in zip(spoken, read, strict=True):
        assert [
            (round(start * 1000), round(end * 1000), voice, text.split())
            for start, end, voice, text in found
        ] == [(cue.start_ms, cue.end_ms, cue.speaker, cue.text.split()) for cue in cues]
