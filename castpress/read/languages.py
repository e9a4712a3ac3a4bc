"""Languages by their codes (BCP 47): which there are, and what is meant by those that are none."""

from __future__ import annotations

import re

# ISO 639-1, without those that were taken back.
_TWO = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TWO_LETTERS = frozenset(_TWO.split())
# Spoken languages that have three letters only (ISO 639-2, and the Chinese ones of 639-3).
_THREE = (
    "ace ach ada ady ain ale alt anp arn arp arw ast awa bal ban bas bej bem bho bik bin bla bua "
    "bug byn car ceb chk chm chn cho chp chr chy cmn cnr crh csb dak dar del den dgr din doi dsb "
    "dua dyu efi eka ewo fan fat fil fon frr frs fur gaa gay gba gil gon gor grb gsw gwi hai haw "
    "hil hmn hsb hup iba ilo inh jbo jpr jrb kaa kab kac kam kbd kha kmb kok kos kpe krc krl kru "
    "kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man mas mdf men mic min "
    "mnc mni moh mos mul mus mwl mwr myv nan nap nds new nia niu nog nqo nso nyn nyo nzi osa pag "
    "pam pap pau pon raj rap rar rom rup sad sah sam sas sat scn sco sel shn sid sma smj smn sms "
    "snk srn srr suk sus syr tem ter tet tig tiv tkl tlh tli tog tpi tsi tum tvl tyv udm umb und "
    "vai vot wal war was wuu xal yao yap yue zap zen zgh zun zza"
)
_THREE_LETTERS = frozenset(_THREE.split())
# What people write instead: other standards, countries, and the languages' own and English names.
_MEANT: dict[str, str] = {
    word: code
    for code, words in {
        "ar": "ara arabic",
        "cs": "cz ces cze czech cesky",
        "da": "dk dan danish dansk",
        "de": "deu ger german deutsch",
        "el": "gr ell gre greek",
        "en": "eng english us gb",
        "es": "spa spanish espanol mx",
        "et": "est estonian",
        "fa": "fas per persian farsi",
        "fi": "fin finnish suomi",
        "fr": "fra fre french francais",
        "he": "heb iw hebrew",
        "hi": "hin hindi",
        "hu": "hun hungarian magyar",
        "id": "ind indonesian",
        "it": "ita italian italiano",
        "ja": "jp jpn japanese",
        "ko": "kor kr korean",
        "lt": "lit lithuanian",
        "lv": "lav latvian",
        "nl": "nld dut dutch nederlands",
        "no": "nor norwegian norsk",
        "pl": "pol polish polski",
        "pt": "por portuguese portugues",
        "pt-BR": "br ptbr brazilian",
        "ro": "ron rum romanian",
        "ru": "rus russian",
        "sv": "swe swedish svenska",
        "th": "tha thai",
        "tr": "tur turkish turkce",
        "uk": "ua ukr ukrainian",
        "vi": "vie vn vietnamese",
        "zh": "cn zho chi chinese",
    }.items()
    for word in words.split()
    if word not in _TWO_LETTERS
}
_MEANT_REGIONS = {"UK": "GB", "EN": "GB", "LA": "419", "JA": "JP"}
_FORM = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


def canonical_language(text: str) -> str | None:
    """The code as BCP 47 writes it, None where the text has not the form of one.

    >>> canonical_language("pt_br"), canonical_language("ZH-hant-tw"), canonical_language("final")
    ('pt-BR', 'zh-Hant-TW', None)
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    parts = [match[1].lower()]
    for part in re.split(r"[-_]", match[2])[1:]:
        is_script = len(part) == 4 and part.isalpha()
        is_region = len(part) == 2
        parts.append(part.title() if is_script else part.upper() if is_region else part.lower())
    return "-".join(parts)


def meant_language(code: str) -> str | None:
    """The code that was meant by one that is none; None where it is one, or nobody knows.

    >>> meant_language("jp"), meant_language("german"), meant_language("en-UK")
    ('ja', 'de', 'en-GB')
    >>> meant_language("de"), meant_language("xyz")
    (None, None)
    """
    language, dash, rest = code.replace("_", "-").partition("-")
    meant = _MEANT.get(language.lower(), language)
    region = _MEANT_REGIONS.get(rest.upper(), rest)
    if (meant, region) == (language, rest):
        return None
    return meant + (dash + region if "-" not in meant else "")


def is_language(code: str) -> bool:
    """Whether the code's first part is a language's.

    >>> is_language("pt-BR"), is_language("yue"), is_language("jp")
    (True, True, False)
    """
    language = code.partition("-")[0].lower()
    return language in _TWO_LETTERS or language in _THREE_LETTERS


def is_same_language(one: str, other: str) -> bool:
    """Whether two codes tell of one language, wherever it is spoken.

    >>> is_same_language("en-US", "en"), is_same_language("en", "de")
    (True, False)
    """
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
