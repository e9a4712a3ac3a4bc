"""What headings say of the times below them: that they are chapters, or that they are not.

One row a language; to teach another, add a row. Words are compared without case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListWords:
    """One language's words: of headings above chapters, and above times of another kind.

    Each column is a pattern for whole words. ``elsewhere`` are transcripts, results, lengths;
    ``perhaps`` are schedules and music, below which times that begin at 0 are places in the audio.
    """

    language: str
    chapters: str
    elsewhere: str
    perhaps: str


LIST_WORDS: tuple[ListWords, ...] = (
    ListWords(
        "en",
        chapters="chapters?|time ?-?(?:stamps?|codes?|marks?)|in this episode|episode outline",
        elsewhere="transcripts?|results?|splits?|finish(?:ers|ing times)?|leaderboard|scores?"
        "|meet-?ups?|opening hours|recipe|ingredients|method|best times|personal bests?|pbs?"
        "|paces?|workouts?|intervals?|lap times|(?:related|more) (?:videos?|episodes?)"
        "|times of the (?:film|movie|book|video)|timers?|(?:goal)?scorers?"
        r"|from the (?:film|movie|talk|lecture|video|documentary)(?=\s+by\b|\W*(?:\n|$))"
        "|verses?|psalms?|lengths?|durations?",
        perhaps="schedule|agenda|timetable|calendar|air ?times?|broadcasts?|track ?lists?"
        "|play ?lists?|set ?lists?|songs?|music|videos?",
    ),
    ListWords(
        "de",
        chapters="kapitel(?:marken)?|sprungmarken|zeitmarken|zeitstempel",
        elsewhere="transkript(?:ion)?|abschrift|ergebnisse?|zwischenzeiten|bestzeiten|termine"
        "|einlass|rezept|zutaten|l[aä]ngen|dauer|tagesablauf|torsch[uü]tzen"
        r"|aus dem (?:film|vortrag|video)(?=\W*(?:\n|$))",
        perhaps="programm|zeitplan|sendezeiten?|titelliste|musik(?:liste)?|lieder|videos?(?:-?tipps)?",
    ),
    ListWords(
        "fr",
        chapters="chapitres?|chapitrage|minutage|sommaire|au programme",
        elsewhere="transcription|résultats?|recette|ingrédients|temps de passage|classement"
        "|durées?|extraits du (?:film|discours)",
        perhaps="horaires?|créneaux?|calendrier|musiques?|playlist|chansons?",
    ),
    ListWords(
        "es",
        chapters="cap[ií]tulos|minutaje|marcas de tiempo|[ií]ndice|contenidos?",
        elsewhere="transcripci[oó]n|resultados|receta|ingredientes|parciales|clasificaci[oó]n"
        "|duraci[oó]n",
        perhaps="horarios?|parrilla|agenda|canciones|m[uú]sica",
    ),
    ListWords(
        "pt",
        chapters="cap[ií]tulos|minutagem|marca[cç][oõ]es de tempo|sum[aá]rio|[ií]ndice",
        elsewhere="transcri[cç][aã]o|resultados|receita|ingredientes|parciais|classifica[cç][aã]o"
        "|dura[cç][aã]o",
        perhaps="hor[aá]rios?|programa[cç][aã]o|agenda|m[uú]sicas?",
    ),
    ListWords(
        "nl",
        chapters="hoofdstukken|tijdstempels?|tijdcodes?",
        elsewhere="transcript|uitslagen|recept|tussentijden|duur",
        perhaps="programma|tijdschema|muziek|liedjes",
    ),
    ListWords(
        "it",
        chapters="capitoli|minutaggio|sommario|indice|scaletta(?! musicale)",
        elsewhere="trascrizione|risultati|classifica|ricetta|ingredienti|durat[ae]",
        perhaps="orario?|programma|brani|musica|scaletta musicale|canzoni",
    ),
    ListWords(
        "sv",
        chapters="kapitel|tidsst[aä]mplar|tidskoder|inneh[aå]ll",
        elsewhere="transkript|resultat|recept|insläpp|längder",
        perhaps="schema|program|l[aå]tlista|musik",
    ),
    ListWords(
        "pl",
        chapters="rozdzia[lł]y|znaczniki czasu|spis tre[sś]ci",
        elsewhere="transkrypcja|wyniki|przepis|czas trwania",
        perhaps="program|harmonogram|muzyka|piosenki",
    ),
    ListWords(
        "ru",
        chapters="тайм-? ?коды|тайминги?|главы|содержание(?: выпуска)?|темы выпуска",
        elsewhere="транскрипт|расшифровка|результаты|раскладка|рецепт|темп|длительность|из фильма",
        perhaps="расписание|программа|график|треклист|плейлист|музыка|песни",
    ),
    ListWords(
        "ja",
        chapters="チャプター|タイムスタンプ|目次|トピックス?",
        elsewhere="文字起こし|書き起こし|結果|時刻表|レシピ",
        perhaps="番組表|放送(?:予定|時間)|曲目|セットリスト|楽曲",
    ),
    ListWords(
        "zh",
        chapters="章[节節]|[时時][间間][轴軸线線戳]|目[录錄]",
        elsewhere="文字稿|逐字稿|转录|成绩|食谱|片中",
        perhaps="赛程|日程|[时時][间間]表|歌[单單]|曲目",
    ),
    ListWords(
        "ko",
        chapters="챕터|타임스탬프|타임라인|목차",
        elsewhere="녹취록|대본|결과",
        perhaps="일정|시간표|선곡표|노래",
    ),
    ListWords(
        "ar",
        chapters="الفصول|فصول|محاور الحلقة|الطوابع الزمنية|فهرس",
        elsewhere="النص|التفريغ|النتائج",
        perhaps="المواعيد|جدول|الأغاني",
    ),
    ListWords(
        "he",
        chapters="פרקים|חותמות זמן|ציוני זמן|תוכן עניינים",
        elsewhere="תמלול|תוצאות",
        perhaps="לוח זמנים|שירים",
    ),
)
_TIGHT = frozenset(("ja", "zh", "ko"))  # they write no spaces, or endings right behind a word


def _any_of(column: str) -> re.Pattern[str]:
    """Any word of a column, as a whole one in the languages that part words."""
    spaced = "|".join(getattr(row, column) for row in LIST_WORDS if row.language not in _TIGHT)
    tight = "|".join(getattr(row, column) for row in LIST_WORDS if row.language in _TIGHT)
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{tight}", re.IGNORECASE)


SAYS_CHAPTERS = _any_of("chapters")
SAYS_OTHERWISE = _any_of("elsewhere")
SAYS_PERHAPS = _any_of("perhaps")
# Hours of the day in so many words, whatever the heading says besides.
SAYS_HOURS = re.compile(
    r"\b(?:UTC|GMT|CES?T|[EP][SD]?T|MSK|МСК|JST|KST|Uhrzeit|local time)\b"
    r"|北京[时時][间間]|日本時間"
)
