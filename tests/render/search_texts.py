"""Texts with their words, for what makes them when the show is built and in the browser."""

from __future__ import annotations

FOLDED = [
    ("", []),
    ("?! – …", []),
    ("The Café RÉSUMÉ", ["the", "cafe", "resume"]),
    ("the runner’s and the runner's", ["the", "runner", "s", "and", "the", "runner", "s"]),
    ("l’été, 10 km; 2–3 sets", ["l", "ete", "10", "km", "2", "3", "sets"]),
    ("snake_case#tag", ["snake", "case", "tag"]),
    ("Straße STRASSE Ærø Łódź", ["strasse", "strasse", "aero", "lodz"]),
    ("İstanbul ISTANBUL ısı", ["istanbul", "istanbul", "isi"]),
    ("ﬁne ＡＢＣ x² Ⅳ", ["fine", "abc", "x2", "iv"]),
    ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", ["οδυσσευσ", "οδυσσευσ"]),
    ("Ёлка ёлка й", ["елка", "елка", "и"]),
    ("שָׁלוֹם עולם", ["שלום", "עולם"]),
    ("مَرْحَبًا بالعالم مـرحـبا", ["مرحبا", "بالعالم", "مرحبا"]),
    ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया"]),
    ("한국어 팟캐스트", ["한국어", "팟캐스트"]),
    ("東京マラソン", ["東京", "京マ", "マラ", "ラソ", "ソン", "ン"]),
    ("走る run走", ["走る", "る", "run", "走"]),
    ("ラジオ・ガ", ["ラジ", "ジオ", "オ", "ガ"]),
    ("ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย", "ย"]),
    ("𠀀𠀁", ["𠀀𠀁", "𠀁"]),
    ("go 🏃‍♀️ ❤️ now", ["go", "now"]),
    ("constructor __proto__", ["constructor", "proto"]),
]
