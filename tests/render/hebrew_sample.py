"""The sample show in Hebrew, because what stands from right to left can be seen only there."""

from __future__ import annotations

from dataclasses import replace

from castpress.model.notes import SectionRole
from castpress.model.podcast import Edition, Release, Transcript
from tests.render import sample

SUMMARY = "שני מאמנים על הגב, על הירכיים, ועל תרגיל שאפשר לעשות בזמן שהקומקום רותח."
EPISODE = replace(
    sample.MIDBACK.episode,
    title="למה הגב מחליט כמה רחוק אפשר לרוץ?",
    author="המאמנת מירה",
    summary=SUMMARY,
    sections=(
        sample.section("על מה הפרק?", f"<p>{SUMMARY}</p>", role=SectionRole.SUMMARY),
        sample.section("מכתבים וציור", "<p>ארבעים מכתבים, ובאחד מהם ציור. דן מצטט "
                       '<a href="https://example.com/study">מחקר על 60 רצים</a>.</p>', 0, 120),
        sample.section("תרגיל ליד הקומקום", "<ol><li>לעמוד זקוף.</li><li>לסובב את החזה.</li></ol>"
                       "<blockquote><p>אם הקומקום ניצח, מיהרתם.</p></blockquote>", 120, 600),
    ),
    chapters=sample.chapters((0, "מכתבים וציור"), (120, "תרגיל ליד הקומקום")),
    transcripts=(
        Transcript(
            "he",
            tuple(replace(cue, text="בוקר טוב, יורד גשם, ולכן אנחנו מדברים.", speaker="מירה")
                  for cue in sample.MIDBACK_CUES),
            sample.place("x"),
        ),
    ),
)  # fmt: skip


def edition() -> Edition:
    """Everything says that it is in Hebrew; the newest episode is."""
    show = sample.SHOW
    courses = tuple(
        replace(course, feed=replace(course.feed, language="he")) for course in show.courses
    )
    main = replace(show.feed, language="he", title="הדרך הארוכה", description=SUMMARY)
    show = replace(show, feed=main, courses=courses, tagline="ריצה, לאט ובסבלנות")
    return replace(sample.EDITION, show=show, releases=tuple(map(_hebrew, sample.EDITION.releases)))


def _hebrew(release: Release) -> Release:
    episode = EPISODE if release is sample.MIDBACK else release.episode
    return replace(release, episode=replace(episode, language="he"))
