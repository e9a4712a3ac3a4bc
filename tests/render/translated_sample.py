"""The sample show in other scripts, because some faults of pages can be seen only there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from castpress.model.notes import SectionRole
from castpress.model.podcast import Edition, Episode, Release, Transcript
from tests.render import sample


@dataclass(frozen=True)
class Words:
    """What the show and its newest episode say in one language."""

    show: str
    tagline: str
    title: str
    author: str
    summary: str
    about: str
    first: tuple[str, str]
    second: tuple[str, str]
    said: str


WORDS = {
    "he": Words(
        show="הדרך הארוכה",
        tagline="ריצה, לאט ובסבלנות",
        title="למה הגב מחליט כמה רחוק אפשר לרוץ?",
        author="המאמנת מירה",
        summary="שני מאמנים על הגב, על הירכיים, ועל תרגיל שאפשר לעשות בזמן שהקומקום רותח.",
        about="על מה הפרק?",
        first=("מכתבים וציור", "<p>ארבעים מכתבים, ובאחד מהם ציור. דן מצטט "
               '<a href="https://example.com/study">מחקר על 60 רצים</a>.</p>'),
        second=("תרגיל ליד הקומקום", "<ol><li>לעמוד זקוף.</li><li>לסובב את החזה.</li></ol>"
                "<blockquote><p>אם הקומקום ניצח, מיהרתם.</p></blockquote>"),
        said="בוקר טוב, יורד גשם, ולכן אנחנו מדברים.",
    ),
    "ar": Words(
        show="الطريق الطويل",
        tagline="جري على مهل وبصبر",
        title="لماذا يقرّر الظهر إلى أي مدى نجري؟",
        author="المدرّبة ميرا",
        summary="حديث عن الظهر والوركين وعن تمرين يمكن أداؤه ريثما يغلي الماء.",
        about="عن ماذا هذه الحلقة؟",
        first=("رسائل ورسم", "<p>أربعون رسالة، وفي إحداها رسم. يستشهد دان "
               '<a href="https://example.com/study">ببحث عن 60 عدّاءً</a>.</p>'),
        second=("تمرين بجانب الإبريق", "<ol><li>الوقوف باستقامة.</li><li>تدوير الصدر.</li></ol>"
                "<blockquote><p>إن سبقكم الإبريق فقد تعجّلتم.</p></blockquote>"),
        said="صباح الخير، المطر يهطل، ولذلك نتحدّث.",
    ),
    "ja": Words(
        show="長い道のり",
        tagline="ゆっくり、気長に走る",
        title="どこまで走れるかを背中が決めるのはなぜ？",
        author="ミラコーチ",
        summary="背中と股関節のこと、そしてお湯が沸くまでにできる体操について話します。",
        about="このエピソードについて",
        first=("手紙と絵", "<p>手紙が四十通、そのうち一通には絵がありました。ダンが紹介するのは"
               '<a href="https://example.com/study">ランナー60人の研究</a>です。</p>'),
        second=("やかんのそばの体操", "<ol><li>まっすぐ立ちます。</li><li>胸を回します。</li></ol>"
                "<blockquote><p>やかんに負けたら、急ぎすぎです。</p></blockquote>"),
        said="おはようございます。雨なので、今日はお話をします。",
    ),
}  # fmt: skip


def edition(language: str) -> Edition:
    """Everything says that it is in the language; the newest episode is."""
    words = WORDS[language]
    show = sample.SHOW
    courses = tuple(
        replace(course, feed=replace(course.feed, language=language)) for course in show.courses
    )
    main = replace(show.feed, language=language, title=words.show, description=words.summary)
    show = replace(show, feed=main, courses=courses, tagline=words.tagline)
    releases = tuple(_translated(release, language) for release in sample.EDITION.releases)
    return replace(sample.EDITION, show=show, releases=releases)


def _translated(release: Release, language: str) -> Release:
    newest = release is sample.MIDBACK
    episode = _episode(WORDS[language], language) if newest else release.episode
    return replace(release, episode=replace(episode, language=language))


def _episode(words: Words, language: str) -> Episode:
    cues = (replace(cue, text=words.said, speaker=words.author) for cue in sample.MIDBACK_CUES)
    summary = f"<p>{words.summary}</p>"
    return replace(
        sample.MIDBACK.episode,
        title=words.title,
        author=words.author,
        summary=words.summary,
        sections=(
            sample.section(words.about, summary, role=SectionRole.SUMMARY),
            sample.section(*words.first, 0, 120),
            sample.section(*words.second, 120, 600),
        ),
        chapters=sample.chapters((0, words.first[0]), (120, words.second[0])),
        transcripts=(Transcript(language, tuple(cues), sample.place("x")),),
    )
