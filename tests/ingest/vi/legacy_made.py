"""Text in the old encodings, made from Unicode: no file in them was to be had, so these tests make their own.

What is made is what the old programs wrote: characters of Latin-1 at the bytes' places, or the bytes themselves.
"""

from __future__ import annotations

import unicodedata

from ingest.vi.word_tables import rows

_TCVN3 = {letter: chr(int(code, 16)) for letter, code in rows("ingest.vi", "legacy_tcvn3.tsv")}
_VNI = {
    letter: "".join(chr(int(code, 16)) for code in codes.split())
    for letter, codes in rows("ingest.vi", "legacy_vni.tsv")
}
_VIQR = {"\u0302": "^", "\u0306": "(", "\u031b": "+", "\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~"}
_VIQR |= {"\u0323": "."}
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]


def to_tcvn3(text: str) -> str:
    """Return ``text`` as TCVN3 has it; capitals with a tone become small, as there are none."""
    return "".join(_TCVN3.get(ch) or _TCVN3.get(ch.lower(), ch) for ch in text)


def to_vni(text: str) -> str:
    return "".join(_VNI[ch] if ch in _VNI else _VNI.get(ch.lower(), ch).upper() if ch.isupper() else ch for ch in text)


def to_viqr(text: str) -> str:
    """Return ``text`` in VIQR, signs behind a vowel that are meant as themselves with a backslash."""
    made = ""
    for ch in text:
        base, *marks = list(unicodedata.normalize("NFD", ch))
        if ch in "đĐ":
            made += "dd" if ch == "đ" else "DD"
        elif ch in "'`?~.^(+*" and made[-1:].lower() and made[-1].lower() in "aeiouy^(+":
            made += "\\" + ch
        else:
            shapes = [m for m in marks if m in "\u0302\u0306\u031b"]
            made += base + "".join(_VIQR[m] for m in [*shapes, *(m for m in marks if m not in shapes)])
    return made


def set_in_tcvn3_fonts(text: str) -> list[tuple[str, str]]:
    """Return ``text`` as runs (characters, font): capitals with a tone in the font that shows small letters so."""
    runs: list[tuple[str, str]] = []
    for ch in text:
        capital = ch not in _TCVN3 and ch.lower() in _TCVN3 and ch.isupper()
        font = ".VnTimeH" if capital else ".VnTime"
        made = _TCVN3[ch.lower()] if capital else to_tcvn3(ch)
        if runs and (runs[-1][1] == font or (not ch.isalpha())):
            runs[-1] = (runs[-1][0] + made, runs[-1][1])
        else:
            runs.append((made, font))
    return runs
