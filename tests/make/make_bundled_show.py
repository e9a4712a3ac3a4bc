"""Speak the scripts of the bundled show: episodes/ and the transcripts in show_notes/.

The made files are committed, so a build needs none of this. To make them again, install Debian's
``festival festvox-us-slt-hts htsengine ffmpeg`` and run, from the top of the repository::

    python tests/make/make_bundled_show.py            # all scripts
    python tests/make/make_bundled_show.py 004-mid    # those whose name starts like this
    python tests/make/make_bundled_show.py --measure  # no encoding: when could each chapter begin?

A script (tests/make/scripts/<stem>.txt) holds chapters and turns; a line without a name goes on
with the turn above it, and chapters begin exactly when their marker says, after a short silence::

    # Stranger Things @ 0:00
    AMY: Good morning, Liz.
    LIZ: Good morning!

The run fails when the speech does not fit between two markers, when a chapter of the script does
not stand in the notes with the same time, or when an episode is too quiet, too loud or too long.
Festival turns each sentence into phonemes, hts_engine speaks them: one model, two throats (see
``VOICES``). All randomness comes from the text, so that the same scripts sound the same again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
import wave
from array import array
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).resolve().parent / "scripts"
VOICE_FOLDER = Path("/usr/share/festival/voices/us/cmu_us_slt_arctic_hts")
MODEL = VOICE_FOLDER / "hts/cmu_us_slt_arctic_hts.htsvoice"
RATE = 32_000
SPOKEN_RMS = 3_000
LOUDNESS_LUFS = -17.5
TOLERANCE_MS = 1_500
LONGEST_SILENCE_MS = 4_500
OPENING = "Welcome"

NAMES = {"AMY": "Coach Amy", "LIZ": "Coach Liz"}

# -a warps the spectrum (a smaller or larger throat), -fm shifts the pitch by half-tones, -jf makes
# the melody livelier than the model's average, -b sharpens the vowels, -r is the pace.
VOICES = {
    "AMY": {"-a": 0.428, "-fm": 1.3, "-jf": 1.6, "-b": 0.12, "-r": 0.92},
    "LIZ": {"-a": 0.474, "-fm": -2.4, "-jf": 1.6, "-b": 0.12, "-r": 0.89},
}

# What the voice would stumble over, as it should hear it; the transcript keeps the proper spelling.
SOUNDS_LIKE = {
    r"\bIT band\b": "eye tee band",
    r"\bSI joint\b": "ess eye joint",
    r"\bquadratus lumborum\b": "quad ray tus lum bore um",
    r"\bobliques\b": "oh bleaks",
    r"\bsciatica\b": "sigh attica",
    r"\bsoleus\b": "so lee us",
    r"\bcoaches\.example\b": "coaches dot example",
    r"[–—:;]": ",",
    r"(?<=\w)-(?=\w)": " ",
    r"[“”\"]": "",
    r"’": "'",
}

# Per file: how it is encoded. One M4A, one with a variable bit rate, one without any tag.
ENCODING = {
    "003-the-taper-tantrums": ["-c:a", "aac", "-b:a", "40k"],
    "002-eating-on-the-long-run": ["-c:a", "libmp3lame", "-q:a", "7"],
}
PLAIN_MP3 = ["-c:a", "libmp3lame", "-b:a", "32k"]
TAGS = {
    "001-does-your-cadence-need-fixing": {
        "title": "Does your cadence need fixing?",
        "artist": "Coach Amy and Coach Liz",
    },
    "002-eating-on-the-long-run": {"title": "long run food FINAL v2", "artist": "Liz"},
    "003-the-taper-tantrums": {"title": "The taper tantrums"},
}
WITHOUT_TAGS = "000-hello"
WITH_TRANSCRIPT = (
    "001-does-your-cadence-need-fixing",
    "004-mid-back-rotation",
    "runners-e-course-06-the-lower-back",
)


@dataclass
class Turn:
    """What one coach says before the other answers."""

    speaker: str
    text: str


@dataclass
class Chapter:
    """A chapter of a script: its turns, and the moment at which the first one begins."""

    title: str
    start_ms: int
    turns: list[Turn] = field(default_factory=list)


@dataclass
class Spoken:
    """One sentence as it was spoken, placed on the episode's time line."""

    speaker: str
    text: str
    start_ms: int
    end_ms: int


def read_script(path: Path) -> list[Chapter]:
    """The chapters of a script, in order."""
    chapters: list[Chapter] = []
    for line in path.read_text("utf-8").splitlines():
        if marker := re.fullmatch(r"# (.+) @ (\d+):(\d\d)", line):
            minutes, seconds = int(marker[2]), int(marker[3])
            chapters.append(Chapter(marker[1], (minutes * 60 + seconds) * 1000))
        elif turn := re.fullmatch(r"(AMY|LIZ): (.+)", line):
            chapters[-1].turns.append(Turn(turn[1], turn[2]))
        elif line.strip():
            chapters[-1].turns[-1].text += " " + line.strip()
    return chapters


def sentences(text: str) -> list[str]:
    """The sentences of a turn, as a listener would count them."""
    return re.split(r"(?<=[.?!])\s+(?=[A-Z0-9“])", text)


def chance(text: str) -> Random:
    """A source of small variations that is the same for the same text."""
    return Random(hashlib.sha256(text.encode()).digest())


class Studio:
    """Speaks sentences and keeps what was spoken, so that a second run is quick."""

    def __init__(self, shelf: Path) -> None:
        self.shelf = shelf
        shelf.mkdir(parents=True, exist_ok=True)

    def _path(self, speaker: str, sentence: str, suffix: str) -> Path:
        recipe = json.dumps([VOICES[speaker], SOUNDS_LIKE, sentence])
        return self.shelf / (hashlib.sha256(recipe.encode()).hexdigest()[:24] + suffix)

    def speak(self, lines: list[tuple[str, str]]) -> dict[tuple[str, str], array[int]]:
        """The samples of each (speaker, sentence), silence at both ends removed."""
        new = [line for line in dict.fromkeys(lines) if not self._path(*line, ".wav").exists()]
        if new:
            self._write_labels(new)
            with ThreadPoolExecutor() as pool:
                list(pool.map(lambda line: self._write_wave(*line), new))
        return {line: level(trim(read_wave(self._path(*line, ".wav")))) for line in lines}

    def _write_labels(self, lines: list[tuple[str, str]]) -> None:
        program = [
            "(voice_cmu_us_slt_arctic_hts)",
            "(define (label text file)",
            "  (let ((utt (utt.synth (eval (list 'Utterance 'Text text))))",
            '        (fd (fopen file "w")))',
            '    (mapcar (lambda (s) (format fd "%s\\n" s))',
            "            (hts_dump_feats_string_list utt hts_feats_list))",
            "    (fclose fd)))",
        ]
        for speaker, sentence in lines:
            heard = sentence
            for pattern, sound in SOUNDS_LIKE.items():
                heard = re.sub(pattern, sound, heard)
            program.append(f'(label "{heard}" "{self._path(speaker, sentence, ".lab")}")')
        with tempfile.NamedTemporaryFile("w", suffix=".scm") as file:
            file.write("\n".join(program))
            file.flush()
            subprocess.run(["festival", "-b", file.name], check=True)

    def _write_wave(self, speaker: str, sentence: str) -> None:
        labels = self._path(speaker, sentence, ".lab")
        kept = [line for line in labels.read_text("utf-8").splitlines() if line.strip()]
        labels.write_text("\n".join(kept) + "\n", "utf-8")
        voice, luck = dict(VOICES[speaker]), chance(sentence)
        voice["-fm"] += luck.uniform(-0.35, 0.35) + (0.5 if sentence.endswith(("?", "!")) else 0)
        voice["-r"] *= luck.uniform(0.975, 1.03)
        options = [part for name, value in voice.items() for part in (name, f"{value:.4f}")]
        wave_path = self._path(speaker, sentence, ".wav")
        command = ["hts_engine", "-m", str(MODEL), *options, "-ow", str(wave_path), str(labels)]
        subprocess.run(command, check=True)


def read_wave(path: Path) -> array[int]:
    """The samples of a mono 16-bit file."""
    with wave.open(str(path)) as file:
        return array("h", file.readframes(file.getnframes()))


def write_wave(path: Path, samples: array[int]) -> None:
    """Write samples as a mono 16-bit file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def trim(samples: array[int], threshold: int = 180) -> array[int]:
    """The samples without the silence at both ends, but with 35 ms to breathe."""
    loud = [i for i in range(0, len(samples), 32) if abs(samples[i]) > threshold]
    margin = RATE * 35 // 1000
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def level(samples: array[int]) -> array[int]:
    """The samples with the loudness of all others, so that nobody sits nearer to the microphone."""
    rms = math.sqrt(sum(s * s for s in samples) / len(samples))
    gain = min(SPOKEN_RMS / rms, 31_000 / max(map(abs, samples)))
    return array("h", (int(s * gain) for s in samples))


def pluck(frequency: float, seconds: float, luck: Random) -> list[float]:
    """A plucked string (Karplus and Strong): a burst of noise in a loop that loses its edge."""
    size = round(RATE / frequency)
    loop = [luck.uniform(-1, 1) for _ in range(size)]
    for _ in range(3):  # a softer finger
        loop = [(loop[i] + loop[i - 1]) / 2 for i in range(size)]
    sound = []
    for i in range(int(seconds * RATE)):
        sound.append(loop[i % size])
        loop[i % size] = 0.4985 * (loop[i % size] + loop[(i + 1) % size])
    return sound


def melody(notes: list[tuple[float, float]], seconds: float, gain: float) -> array[int]:
    """A short tune: (begin in seconds, frequency) each, fading out at the end."""
    luck, mix = chance("jingle"), [0.0] * int(seconds * RATE)
    for begin, frequency in notes:
        offset = int(begin * RATE)
        for i, value in enumerate(pluck(frequency, seconds - begin, luck)):
            mix[offset + i] += value
    fade = RATE // 2
    peak = max(map(abs, mix))
    return array(
        "h",
        (
            int(32_000 * gain * value / peak * min(1.0, (len(mix) - i) / fade))
            for i, value in enumerate(mix)
        ),
    )


def jingles() -> tuple[array[int], array[int], array[int]]:
    """The opening, the sting between chapters and the close, all in G."""
    g3, d4, g4, a4, b4, d5, e5, g5 = 196.0, 293.66, 392.0, 440.0, 493.88, 587.33, 659.25, 783.99
    opening = [(0.0, g3), (0.0, d4), (0.18, g4), (0.36, b4), (0.54, d5), (0.84, e5), (1.08, d5)]
    sting = [(0.0, d5), (0.16, g5)]
    close = [(0.0, g3), (0.0, d5), (0.22, b4), (0.44, a4), (0.72, g4), (0.72, g3), (0.72, d4)]
    return melody(opening, 3.6, 0.34), melody(sting, 1.1, 0.16), melody(close, 3.4, 0.32)


class TimeLine:
    """An episode's samples, growing at the end."""

    def __init__(self) -> None:
        self.samples: array[int] = array("h")

    @property
    def now_ms(self) -> float:
        """How long the episode is so far."""
        return len(self.samples) * 1000 / RATE

    def silence(self, until_ms: float) -> None:
        """Keep quiet until a moment."""
        missing = int(until_ms * RATE / 1000) - len(self.samples)
        self.samples.extend(array("h", bytes(2 * max(0, missing))))

    def add(self, samples: array[int]) -> None:
        """Let something sound now."""
        self.samples.extend(samples)

    def mix(self, at_ms: float, samples: array[int]) -> None:
        """Lay something under what already sounds."""
        offset = int(at_ms * RATE / 1000)
        self.silence((offset + len(samples)) * 1000 / RATE + 1)
        for i, value in enumerate(samples):
            mixed = self.samples[offset + i] + value
            self.samples[offset + i] = max(-32_768, min(32_767, mixed))


def record(
    chapters: list[Chapter], studio: Studio, *, is_rehearsal: bool
) -> tuple[array[int], list[Spoken], list[str]]:
    """The episode's samples, its sentences with their times, and what does not fit."""
    opening, sting, close = jingles()
    said = studio.speak(
        [(t.speaker, s) for c in chapters for t in c.turns for s in sentences(t.text)]
    )
    line, spoken, faults = TimeLine(), list[Spoken](), list[str]()
    last_ms = 0.0
    for number, chapter in enumerate(chapters):
        start_ms = chapter.start_ms + (1_400 if number == 0 else 100)
        earliest_ms = line.now_ms + 1_250
        if number and is_rehearsal:
            here = f"{chapter.title!r} is promised at {clock(chapter.start_ms)}"
            print(f"  {here}, could begin at {clock(int(earliest_ms))} ({earliest_ms:.0f} ms)")
        elif number and start_ms < earliest_ms:
            faults.append(f"{chapter.title!r} cannot begin before {clock(int(earliest_ms) + 999)}")
        elif number and start_ms - line.now_ms > LONGEST_SILENCE_MS:
            faults.append(f"{start_ms - line.now_ms:.0f} ms of silence before {chapter.title!r}")
        sting_ms = max(last_ms + 250, start_ms - 1_150)
        line.silence(start_ms if not is_rehearsal or not number else earliest_ms)
        if number and not is_rehearsal:
            line.mix(sting_ms, sting)
            line.silence(start_ms)
            del line.samples[max(int(start_ms * RATE / 1000), 0) :]
        for index, turn in enumerate(chapter.turns):
            luck = chance(turn.text)
            if index:
                line.silence(line.now_ms + luck.uniform(260, 430))
            for place, sentence in enumerate(sentences(turn.text)):
                if place:
                    line.silence(line.now_ms + luck.uniform(230, 330))
                begin_ms = line.now_ms
                line.add(said[turn.speaker, sentence])
                spoken.append(Spoken(turn.speaker, sentence, round(begin_ms), round(line.now_ms)))
        last_ms = line.now_ms
    line.mix(last_ms + 350, close)
    line.mix(0, opening)
    return line.samples, spoken, faults


def clock(ms: int) -> str:
    """A moment as people write it."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def promised_ms(notes: str, title: str) -> int | None:
    """When the notes say that a chapter begins, None where they do not name it with a time."""
    for line in notes.splitlines():
        rest = line.replace("\u00a0", " ").replace("’", "'")
        if title.replace("’", "'") not in rest:
            continue
        rest = rest.replace(title.replace("’", "'"), " ")
        if stamp := re.search(r"(\d+):(\d\d)", rest):
            return (int(stamp[1]) * 60 + int(stamp[2])) * 1000
        if count := re.search(r"(\d+(?:\.\d+)?)[^\d]?[-–\d. ]*(?:min|- end)", rest):
            return round(float(count[1]) * 60_000)
    return None


def compare_with_notes(stem: str, chapters: list[Chapter], spoken: list[Spoken]) -> list[str]:
    """What the notes promise and the speech does not keep."""
    notes_path = next((ROOT / "show_notes").glob(f"{stem}.[mt][dx]*"), None)
    if notes_path is None:
        return [f"no notes for {stem}"]
    notes, faults = notes_path.read_text("utf-8"), []
    turns_before = 0
    for chapter in chapters:
        first = spoken[turns_before]
        turns_before += sum(len(sentences(turn.text)) for turn in chapter.turns)
        promised = promised_ms(notes, chapter.title)
        if promised is None and len(chapters) > 1 and chapter.title != OPENING:
            faults.append(f"{notes_path.name} does not time {chapter.title!r}")
        elif promised is not None and abs(first.start_ms - promised) > TOLERANCE_MS:
            faults.append(
                f"{notes_path.name} promises {chapter.title!r} at {clock(promised)}, "
                f"spoken at {first.start_ms} ms"
            )
    return faults


def stamp(ms: int) -> str:
    """A moment as WebVTT wants it."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def transcript(spoken: list[Spoken]) -> str:
    """The spoken sentences as WebVTT."""
    cues = [
        f"{stamp(s.start_ms)} --> {stamp(s.end_ms)}\n<v {NAMES[s.speaker]}>{s.text}</v>\n"
        for s in spoken
    ]
    return "\n".join(["WEBVTT\n", *cues])


def loudness(path: Path, filters: str = "anull") -> float:
    """Integrated loudness after EBU R 128, in LUFS."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-af", filters + ",ebur128", "-f", "null", "-"]
    log = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", log)[-1])


def encode(stem: str, samples: array[int]) -> Path:
    """Write the episode's audio file: a little room, even loudness, encoder output as it comes."""
    room = "highpass=f=70,aecho=1:0.9:19|31:0.05|0.03"
    even = "acompressor=threshold=-21dB:ratio=2.2:attack=6:release=140:makeup=1"
    options = ENCODING.get(stem, PLAIN_MP3)
    target = ROOT / "episodes" / f"{stem}{'.m4a' if 'aac' in options else '.mp3'}"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        write_wave(raw, samples)
        gain = LOUDNESS_LUFS - loudness(raw, f"{room},{even}")
        filters = f"{room},{even},volume={gain:.2f}dB,alimiter=limit=0.84:level=false"
        tags = [t for k, v in TAGS.get(stem, {}).items() for t in ("-metadata", f"{k}={v}")]
        if stem == WITHOUT_TAGS:
            tags = ["-id3v2_version", "0", "-write_id3v1", "0"]
        command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-i", str(raw)]
        command += ["-af", filters, "-ac", "1", "-ar", "24000", "-map_metadata", "-1"]
        command += [*options, "-fflags", "+bitexact", "-flags:a", "+bitexact", *tags, str(target)]
        subprocess.run(command, check=True)
    return target


def make(stem: str, studio: Studio, *, is_rehearsal: bool) -> list[str]:
    """Make one episode; what went wrong comes back as text."""
    chapters = read_script(SCRIPTS / f"{stem}.txt")
    print(stem)
    samples, spoken, faults = record(chapters, studio, is_rehearsal=is_rehearsal)
    length_ms = len(samples) * 1000 // RATE
    if is_rehearsal:
        print(f"  about {clock(length_ms)}")
        return []
    faults += compare_with_notes(stem, chapters, spoken)
    if faults:
        return [f"{stem}: {fault}" for fault in faults]
    target = encode(stem, samples)
    if stem in WITH_TRANSCRIPT:
        (ROOT / "show_notes" / f"{stem}.vtt").write_text(transcript(spoken), "utf-8")
    heard = loudness(target)
    for chapter in chapters:
        print(f"  {clock(chapter.start_ms):>6}  {chapter.title}")
    print(f"  {clock(length_ms):>6}  end, {target.stat().st_size:,} bytes, {heard} LUFS")
    if not -19 <= heard <= -16:
        faults.append(f"{stem}: {heard} LUFS")
    if len(chapters) > 1 and not 120_000 <= length_ms <= 360_000:
        faults.append(f"{stem}: {clock(length_ms)} is not between 2 and 6 minutes")
    return faults


def main() -> int:
    """Make the episodes whose stems were asked for; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description="Speak the scripts of the bundled show.")
    parser.add_argument("stems", nargs="*", help="how the names of the wanted scripts start")
    parser.add_argument("--measure", action="store_true", help="print times, write nothing")
    arguments = parser.parse_args()
    studio = Studio(Path(tempfile.gettempdir()) / "castpress-spoken")
    wanted = tuple(arguments.stems) or ("",)
    faults: list[str] = []
    for path in sorted(SCRIPTS.glob("*.txt")):
        if path.stem.startswith(wanted):
            faults += make(path.stem, studio, is_rehearsal=arguments.measure)
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
