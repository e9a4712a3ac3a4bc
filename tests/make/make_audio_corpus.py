"""Makes tests/corpus/audio: seconds long, few kB each, named after what is special in the file.

    python tests/make/make_audio_corpus.py

Needs ffmpeg and ffprobe 5 or newer with libmp3lame, libtwolame, libopus and libvorbis. The sound is
computed, the encoders run with ``bitexact``, so the same ffmpeg makes the same bytes. Beside the
files stands durations.json: what ffmpeg, and not castpress, says about each of them.

* ``samples`` and ``rate``: ``ffmpeg -f s16le`` decodes the file and its output is counted; this is
  what a player plays, without the encoder's delay and padding.
* ``packets``: ``ffprobe -count_packets``; for MP3 the frames, without a leading Xing frame.
"""

from __future__ import annotations

import json
import math
import shutil
import struct
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus" / "audio"
BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "0")
CHAPTERS = """;FFMETADATA1
title=Tone & noise
artist=Ann Example
[CHAPTER]
TIMEBASE=1/1000
START=0
END=500
title=Välkommen
[CHAPTER]
TIMEBASE=1/1000
START=500
END=1250
title=שלום 🎧
[CHAPTER]
TIMEBASE=1/1000
START=1250
END=2000
title=Goodbye
"""


def ffmpeg(*arguments: str | Path) -> None:
    command = ["ffmpeg", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def write_wav(
    path: Path, seconds: float, rate: int, *, quiet_half: bool = False, is_pure: bool = False
) -> None:
    """A tone with noise, the noise from a fixed sequence; a quiet half makes VBR vary."""
    state = 12345
    values = []
    count = int(seconds * rate)
    for i in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        noise = (state >> 16) / 16384 - 1
        loud = 0.01 if quiet_half and i < count // 2 else 1.0
        value = loud * (
            9000 * math.sin(2 * math.pi * 440 * i / rate) + (0 if is_pure else 3000) * noise
        )
        values.append(int(value))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{count}h", *values))


def make_mp3(work: Path) -> None:
    tone, varied, low = work / "tone.wav", work / "varied.wav", work / "low.wav"
    cbr = ("-c:a", "libmp3lame", "-b:a", "32k", *BITEXACT)
    ffmpeg("-i", tone, *cbr, "-write_xing", "0", "-id3v2_version", "0", CORPUS / "cbr.mp3")
    ffmpeg("-i", tone, *cbr, CORPUS / "cbr-info.mp3")
    vbr = ("-c:a", "libmp3lame", "-q:a", "9", *BITEXACT)
    ffmpeg("-i", varied, *vbr, CORPUS / "vbr-xing.mp3")
    ffmpeg("-i", varied, *vbr, "-write_xing", "0", CORPUS / "vbr-no-xing.mp3")
    ffmpeg("-i", low, "-c:a", "libmp3lame", "-b:a", "16k", *BITEXACT, CORPUS / "mpeg2-mono-22k.mp3")
    ffmpeg("-i", work / "lowest.wav", "-c:a", "libmp3lame", "-b:a", "8k", *BITEXACT,
           CORPUS / "mpeg25-mono-8k.mp3")  # fmt: skip
    ffmpeg("-i", tone, "-c:a", "libtwolame", "-b:a", "32k", *BITEXACT, "-f", "mp2",
           CORPUS / "layer2.mp2")  # fmt: skip
    noted = ("-i", tone, "-i", work / "chapters.txt", "-map_metadata", "1", "-map_chapters", "1",
             "-map", "0:a", *cbr[:-2])  # fmt: skip
    ffmpeg(*noted, "-id3v2_version", "3", CORPUS / "chapters.mp3")
    ffmpeg(*noted, "-id3v2_version", "4", CORPUS / "chapters-v24.mp3")

    plain = (CORPUS / "cbr.mp3").read_bytes()
    info = (CORPUS / "cbr-info.mp3").read_bytes()
    with_chapters = (CORPUS / "chapters.mp3").read_bytes()
    xing = (CORPUS / "vbr-xing.mp3").read_bytes()
    id3v1 = b"TAG" + b"Old title".ljust(30, b"\0") + b"Old artist".ljust(30, b"\0") + b"\0" * 65
    ape_item = struct.pack("<II", 5, 0) + b"Title\0Tapes"
    ape_head = struct.pack("<IIII8x", 2000, len(ape_item) + 32, 1, 0xA0000000)
    ape_foot = struct.pack("<IIII8x", 2000, len(ape_item) + 32, 1, 0x80000000)
    ape = b"APETAGEX" + ape_head + ape_item + b"APETAGEX" + ape_foot
    lyrics = b"LYRICSBEGININD0000200" + b"000021LYRICS200"
    junk = bytes(range(1, 256)) * 4 + b"\xff\xfb\x90\xff\xff\xe0"
    made = {
        "truncated.mp3": xing[: len(xing) * 2 // 3],
        "last-frame-cut.mp3": plain[:-40],
        "joined.mp3": with_chapters + info,
        "joined-plain.mp3": plain + plain,
        "id3v1-ape.mp3": plain + ape + id3v1,
        "lyrics3.mp3": plain + lyrics + id3v1,
        "junk-before.mp3": junk + plain,
        "junk-between.mp3": plain + junk + plain,
        "two-id3v2.mp3": with_chapters[: id3_bytes(with_chapters)] + with_chapters,
        "only-id3.mp3": with_chapters[: id3_bytes(with_chapters)],
        "m4a-named.mp3": (CORPUS / "tone.m4a").read_bytes(),
        "mp3-named.m4a": plain,
        "text-named.mp3": "Stranger things [0-2 min]\nWe talk about running – slowly.\n".encode(),
        "html-named.mp3": b"<!DOCTYPE html>\n<html><title>Sign in</title></html>\n",
        "webp-named.mp3": b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07",
        "zip-named.mp3": b"PK\x03\x04\x14\x00" + b"\0" * 40,
        "lfs-pointer.mp3": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
        "zeros.mp3": b"\0" * 4096,
        # Frames of 200 bytes whose bit rate index is 0: the length is for the player to find.
        "free-format.mp3": (b"\xff\xfb\x00\xc4" + bytes(196)) * 20,
        "empty.mp3": b"",
    }
    for name, content in made.items():
        (CORPUS / name).write_bytes(content)


def id3_bytes(data: bytes) -> int:
    return 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])


def make_m4a(work: Path) -> None:
    aac = ("-c:a", "aac", "-b:a", "24k", *BITEXACT)
    tone, chapters = work / "tone.wav", work / "chapters.txt"
    ffmpeg("-i", tone, *aac, "-movflags", "+faststart", CORPUS / "tone.m4a")
    ffmpeg("-i", tone, *aac, CORPUS / "index-at-end.m4a")
    noted = ("-i", tone, "-i", chapters, "-map", "0:a", "-map_chapters", "1", *aac[:-2],
             "-map_metadata", "1")  # fmt: skip
    ffmpeg(*noted, "-movflags", "+faststart", CORPUS / "chapters.m4a")
    ffmpeg(*noted, "-movflags", "+disable_chpl", CORPUS / "chapter-track-only.m4a")
    ffmpeg("-i", tone, *aac, "-movflags", "+frag_keyframe+empty_moov", CORPUS / "fragmented.m4a")
    ffmpeg("-i", tone, *aac, "-f", "adts", CORPUS / "adts.aac")
    ffmpeg("-f", "lavfi", "-i", "color=size=16x16:rate=5:duration=1", "-i", tone, "-t", "1",
           "-c:v", "mpeg4", *aac, "-flags:v", "+bitexact", CORPUS / "video.mp4")  # fmt: skip
    at_end = (CORPUS / "index-at-end.m4a").read_bytes()
    (CORPUS / "no-index.m4a").write_bytes(at_end[: len(at_end) // 2])
    whole = (CORPUS / "tone.m4a").read_bytes()
    (CORPUS / "truncated.m4a").write_bytes(whole[: len(whole) * 2 // 3])


def make_others(work: Path) -> None:
    tone, pure = work / "tone.wav", work / "pure.wav"
    # ffmpeg 5.1 converts chapters to comments with wrong times, or not at all.
    comments = ["-metadata", "title=Tone & noise", "-metadata", "artist=Ann Example"]
    titles = ("Välkommen", "שלום 🎧", "Goodbye")
    for i, (time, title) in enumerate(zip(("00.000", "00.500", "01.250"), titles, strict=True)):
        comments += ["-metadata", f"CHAPTER{i:03}=00:00:{time}"]
        comments += ["-metadata", f"CHAPTER{i:03}NAME={title}"]
    noted = (*BITEXACT[:-2], *comments)
    ffmpeg("-i", tone, *noted, "-c:a", "libopus", "-b:a", "16k", CORPUS / "chapters.opus")
    ffmpeg("-i", tone, *noted, "-c:a", "libvorbis", "-q:a", "0", CORPUS / "chapters.ogg")
    ffmpeg("-i", pure, *noted, "-c:a", "flac", CORPUS / "chapters.flac")
    ffmpeg("-i", pure, *BITEXACT, "-c:a", "flac", CORPUS / "tone.flac")
    ffmpeg("-i", pure, *BITEXACT, "-c:a", "pcm_u8", "-t", "1", CORPUS / "tone.wav")
    ffmpeg("-i", pure, *BITEXACT, "-c:a", "pcm_s24le", "-t", "0.25", CORPUS / "extensible.wav")
    ffmpeg("-i", pure, *BITEXACT, "-c:a", "adpcm_ima_wav", "-t", "1", CORPUS / "adpcm.wav")
    ffmpeg("-i", pure, *BITEXACT, "-c:a", "pcm_u8", "-t", "1", "-rf64", "always",
           CORPUS / "rf64.wav")  # fmt: skip
    opus = (CORPUS / "chapters.opus").read_bytes()
    (CORPUS / "truncated.opus").write_bytes(opus[:-100])
    (CORPUS / "chained.opus").write_bytes(opus + opus)
    pcm = (CORPUS / "tone.wav").read_bytes()
    (CORPUS / "truncated.wav").write_bytes(pcm[: len(pcm) // 2])
    (CORPUS / "no-samples.wav").write_bytes(pcm[: pcm.index(b"data")] + b"data" + b"\0" * 4)


def what_ffmpeg_says(path: Path) -> dict[str, int] | None:
    """The oracle's row for one file, None where ffmpeg finds no sound either."""
    asked = ["ffprobe", "-v", "quiet", "-select_streams", "a:0", "-count_packets", "-of", "json",
             "-show_entries", "stream=sample_rate,nb_read_packets"]  # fmt: skip
    answer = subprocess.run([*asked, str(path)], capture_output=True, check=False)
    streams = json.loads(answer.stdout or "{}").get("streams", [])
    if answer.returncode or not streams or "nb_read_packets" not in streams[0]:
        return None
    decode = [
        "ffmpeg",
        "-v",
        "quiet",
        "-i",
        str(path),
        "-map",
        "a:0",
        "-ac",
        "1",
        "-f",
        "s16le",
        "-",
    ]
    pcm = subprocess.run(decode, capture_output=True, check=False).stdout
    return {
        "samples": len(pcm) // 2,
        "rate": int(streams[0]["sample_rate"]),
        "packets": int(streams[0]["nb_read_packets"]),
    }


def main() -> int:
    shutil.rmtree(CORPUS, ignore_errors=True)
    CORPUS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "chapters.txt").write_text(CHAPTERS, "utf-8")
        write_wav(work / "tone.wav", 2.0, 44100)
        write_wav(work / "varied.wav", 3.0, 44100, quiet_half=True)
        write_wav(work / "low.wav", 2.0, 22050)
        write_wav(work / "lowest.wav", 2.0, 8000)
        write_wav(work / "pure.wav", 2.0, 8000, is_pure=True)
        make_m4a(work)
        make_mp3(work)
        make_others(work)
    said = {path.name: what_ffmpeg_says(path) for path in sorted(CORPUS.iterdir())}
    text = json.dumps(said, indent=1).replace("\n  ", " ").replace("\n }", " }")
    (CORPUS / "durations.json").write_text(text + "\n", "utf-8")
    total = sum(path.stat().st_size for path in CORPUS.iterdir())
    print(f"{len(said)} files, {total} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
