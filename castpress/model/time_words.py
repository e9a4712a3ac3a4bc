"""The words for times that people type, one row a language.

To teach another language, add a row. Words are lower case; several are parted by spaces, those of
more than one word by commas. No two languages may give one word two lengths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeWords:
    """One language's words: units, "end" and "start", and what stands before and between times.

    ``about`` stands before a time or behind it. ``until`` stands behind the last time,
    ``onwards`` behind one that has no end.
    ``joins_tightly`` is for languages that write no spaces: their words for "to" and "from" stand
    against the numbers.
    """

    language: str
    hours: str
    minutes: str
    seconds: str
    end: str
    start: str
    to: str
    since: str
    about: str
    until: str = ""
    onwards: str = ""
    joins_tightly: bool = False


TIME_WORDS: tuple[TimeWords, ...] = (
    TimeWords(
        "en",
        hours="h hr hrs hour hours",
        minutes="m min mins minute minutes ' ′ ’",
        seconds="s sec secs second seconds \" ″ ” '' ’’",
        end="end, the end, close, finish",
        start="start, the start, beginning, the beginning",
        to="to, until, till, thru, through",
        since="from, from the, after, since, @",
        about="about, approx, approximately, around, roughly, ca, circa",
        onwards="on, onward, onwards",
    ),
    TimeWords(
        "de",
        hours="h std stunde stunden",
        minutes="min minute minuten",
        seconds="s sek sekunde sekunden",
        end="ende, zum ende, schluss, zum schluss",
        start="start, anfang, beginn",
        to="bis, bis zum",
        since="ab, ab der, von, vom, nach, seit",
        about="ca, circa, zirka, etwa, ungefähr, rund, gegen",
        onwards="an, ff",
    ),
    TimeWords(
        "fr",
        hours="h heure heures",
        minutes="m min minute minutes mn",
        seconds="s sec seconde secondes",
        end="fin, la fin",
        start="début, le début",
        to="à, au, jusqu'à, jusqu’à, jusqu'au, jusqu’au, a",
        since="de, de la, du, depuis, depuis le, depuis la, dès, à partir de, à partir de la",
        about="environ, env, vers, à peu près, autour de",
    ),
    TimeWords(
        "es",
        hours="h hora horas",
        minutes="m min minuto minutos",
        seconds="s seg segs segundo segundos",
        end="fin, final, el final",
        start="inicio, principio, comienzo",
        to="a, al, hasta, hasta el",
        since="desde, desde el, de, del, a partir de, a partir del",
        about="aprox, aproximadamente, unos, sobre, hacia, alrededor de",
    ),
    TimeWords(
        "pt",
        hours="h hora horas",
        minutes="m min minuto minutos",
        seconds="s seg segs segundo segundos",
        end="fim, final, o fim",
        start="início, inicio, começo",
        to="a, ao, até, até o, até ao",
        since="desde, desde o, de, do, a partir de, a partir do",
        about="cerca de, aprox, aproximadamente, por volta de",
    ),
    TimeWords(
        "nl",
        hours="u uur uren",
        minutes="m min minuut minuten",
        seconds="s sec seconde seconden",
        end="einde, eind, het einde",
        start="start, begin, het begin",
        to="tot, tot het, t/m",
        since="vanaf, van, na",
        about="ongeveer, circa, rond",
    ),
    TimeWords(
        "it",
        hours="h ora ore",
        minutes="m min minuto minuti",
        seconds="s sec secondo secondi",
        end="fine, la fine, alla fine",
        start="inizio",
        to="a, alla, fino a, fino alla",
        since="da, dal, dalla, dai, a partire da, dopo",
        about="circa, verso, intorno a",
    ),
    TimeWords(
        "sv",
        hours="h tim timme timmar",
        minutes="m min minut minuter",
        seconds="s sek sekund sekunder",
        end="slut, slutet",
        start="start, början, starten",
        to="till, tills",
        since="från, efter",
        about="cirka, ca, ungefär, runt",
    ),
    TimeWords(
        "pl",
        hours="h g godz godzina godziny godzin",
        minutes="m min minuta minuty minut",
        seconds="s sek sekunda sekundy sekund",
        end="koniec, końca, konca",
        start="start, początek, początku",
        to="do",
        since="od, po",
        about="około, ok, mniej więcej",
    ),
    TimeWords(
        "ru",
        hours="ч час часа часов",
        minutes="м мин минута минуту минуты минут",
        seconds="с сек секунда секунду секунды секунд",
        end="конец, конца, до конца",
        start="начало, начала",
        to="до, по",
        since="с, от, после",
        about="около, примерно, приблизительно",
    ),
    TimeWords(
        "ja",
        hours="時間",
        minutes="分 分間",
        seconds="秒 秒間",
        end="終わり, 終了, 最後, 最後まで",
        start="開始, 最初, 冒頭",
        to="から ～",
        since="",
        until="まで",
        onwards="以降",
        about="約 およそ ごろ 頃 くらい ぐらい",
        joins_tightly=True,
    ),
    TimeWords(
        "zh",
        hours="小时 小時 个小时 個小時 时 時",
        minutes="分 分钟 分鐘",
        seconds="秒 秒钟 秒鐘",
        end="结束, 結束, 结尾, 結尾, 最后",
        start="开始, 開始, 开头, 開頭",
        to="到 至",
        since="从 從 从第 從第",
        about="大约 大約 约 約 左右",
        onwards="起 以后 以後",
        joins_tightly=True,
    ),
    TimeWords(
        "ko",
        hours="시간",
        minutes="분",
        seconds="초",
        end="끝, 종료",
        start="시작, 처음",
        to="부터 에서",
        since="",
        until="까지",
        onwards="이후",
        about="약 쯤 경 정도",
        joins_tightly=True,
    ),
    TimeWords(
        "ar",
        hours="ساعة ساعات",
        minutes="دقيقة دقائق الدقيقة",
        seconds="ثانية ثوان",
        end="النهاية, نهاية",
        start="البداية, بداية",
        to="إلى, حتى",
        since="من, منذ",
        about="حوالي, تقريبا, نحو",
    ),
    TimeWords(
        "he",
        hours="שעה שעות",
        minutes="דקה דקות",
        seconds="שנייה שניות",
        end="סוף, הסוף",
        start="התחלה, ההתחלה",
        to="עד",
        since="מ, החל מ, החל",
        about="בערך, כ",
    ),
)


def words_for(column: str, *, tight: bool | None = None) -> tuple[str, ...]:
    """All words of one column, each once; of some languages only, where ``tight`` says so.

    >>> "bis" in words_for("to"), "bis" in words_for("to", tight=True)
    (True, False)
    """
    rows = (row for row in TIME_WORDS if tight is None or row.joins_tightly is tight)
    cells = (getattr(row, column) for row in rows)
    found = (word for cell in cells for word in (cell.split(",") if "," in cell else cell.split()))
    return tuple(dict.fromkeys(word.strip() for word in found))


def long_minute_words() -> tuple[str, ...]:
    """The words for minutes that may stand before a number: ``minute 12``, and no single sign."""
    return tuple(word for word in words_for("minutes") if len(word) > 2)


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first: "min" is not "m" and "in"."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
