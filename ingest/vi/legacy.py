"""Texts in Vietnamese encodings from before Unicode -> Unicode: TCVN3 (ABC), VNI for Windows, VIQR.

The first two are encodings by font: the file holds Western letters and a font draws them as Vietnamese ones. What a
word processor hands on are the characters of Latin-1, Windows-1252 or Windows-1258 at the bytes' places (or the
private ones of a symbol font); all of them are read. 0xAD is "ư" in TCVN3 and a soft hyphen everywhere else, so text
is decoded *before* ``normalise.canonical`` drops soft hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from ingest.vi.syllables import is_accented_syllable
from ingest.vi.word_tables import rows


class Scheme(StrEnum):
    """How a text was written; the values are the names staff know."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI Windows"
    VIQR = "VIQR"
    UTF8_AS_1252 = "UTF-8 đọc nhầm thành Windows-1252"
    UTF8_AS_MAC = "UTF-8 đọc nhầm thành Mac Roman"


_TCVN3_FONT = re.compile(r"\.vn|(?-i:Vn(?=[A-Z]))", re.IGNORECASE)
# ".VnTimeH"; a blank and an H is how ``capitals_font`` writes it for any font.
_CAPITALS_FONT = re.compile(r"\.?Vn\w*H(?![a-z])|.* H$")
_VNI_FONT = re.compile(r"vni[-_ ]", re.IGNORECASE)
_SUBSET = re.compile(r"[A-Z]{6}\+")  # put before the name of a font embedded in part

# Characters of Windows-1258 that are not those of Latin-1 at the same byte.
_FROM_1258 = {
    bytes([code]).decode("cp1258"): chr(code)
    for code in range(0xA0, 0x100)
    if bytes([code]).decode("cp1258") != chr(code)
}
_TO_BYTES = str.maketrans(_FROM_1258 | {chr(0xF000 + code): chr(code) for code in range(0x20, 0x100)})
# Never Western letters in disguise: Unicode's own Vietnamese letters.
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+")
# What blanks part and has a letter beyond ASCII; a non-breaking blank may be half a letter.
_ACCENTED = re.compile(r"[^ \t\r\n]*[^\x00-\x7f][^ \t\r\n]*")

_TCVN3 = {chr(int(code, 16)): letter for letter, code in rows("ingest.vi", "legacy_tcvn3.tsv")}
# Where a capital with its tone is wanted and the font has none, the letter and a floating tone are typed.
_TCVN3_FLOATING = {"\xb0": "\u0300", "\xb1": "\u0309", "\xb2": "\u0303", "\xb3": "\u0301", "\xb4": "\u0323"}
_TCVN3_SPLIT = re.compile("(?<=[aeiouyAEIOUY\xa1-\xa6\xa8-\xad])[\xb0-\xb4]")


def _vni_table() -> dict[str, str]:
    table = {}
    for letter, codes in rows("ingest.vi", "legacy_vni.tsv"):
        small = "".join(chr(int(code, 16)) for code in codes.split())
        table[small] = letter
        table[small.upper()] = letter.upper()
        table[small[0].upper() + small[1:]] = letter.upper()  # the mark is often typed small
    return table


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VNI_PAIRS = frozenset(pair for pair in _VNI if len(pair) == 2)


def decode_tcvn3(text: str) -> str:
    """Return TCVN3 ``text`` in Unicode (NFC); what is no letter of TCVN3 stays. Capitals as the bytes have them."""
    plain = text.translate(_TO_BYTES)
    plain = _TCVN3_SPLIT.sub(lambda found: _TCVN3_FLOATING[found.group()], plain)
    return unicodedata.normalize("NFC", "".join(_TCVN3.get(ch, ch) for ch in plain))


def decode_vni(text: str) -> str:
    """Return VNI ``text`` in Unicode (NFC); a mark that follows none of its letters stays as it is."""
    plain = text.translate(_TO_BYTES)
    return unicodedata.normalize("NFC", _VNI_LETTER.sub(lambda found: _VNI[found.group()], plain))


def font_scheme(font: str) -> Scheme | None:
    """Return the encoding a font stands for, None for a font of Unicode. Subset prefixes of PDF are allowed."""
    name = _SUBSET.sub("", font.strip())
    if _TCVN3_FONT.match(name):
        return Scheme.TCVN3
    return Scheme.VNI if _VNI_FONT.match(name) else None


def capitals_font(font: str) -> str:
    """Return a name for the old font ``font`` where it is set to show small letters as capitals."""
    return f"{font} H"


def decode_run(text: str, font: str) -> str | None:
    """Return ``text`` set in ``font`` as Unicode; None when it is Unicode already.

    That is so in a font of Unicode, and where Unicode was pasted under the old font's name: the text has letters no
    old encoding has, or more of its words are Vietnamese as they stand than decoded. Capitals' fonts (".VnTimeH") show
    small letters as capitals: so does the text returned. Give a whole line where you can: the more, the surer.
    """
    scheme = font_scheme(font)
    if scheme is None or not text or _is_unicode(text, scheme):
        return None
    return _decoded(text, font, scheme)


def decode_runs(runs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the texts of the runs (text, font) of one paragraph in Unicode, as many as there are runs.

    What is Unicode already is told over the whole paragraph, and a mark of VNI at the beginning of a run joins the
    letter that ends the run before it.
    """
    schemes = [font_scheme(font) for _, font in runs]
    texts = [text for text, _ in runs]
    for scheme in dict.fromkeys(filter(None, schemes)):
        if _is_unicode("".join(text for text, own in zip(texts, schemes, strict=True) if own is scheme), scheme):
            schemes = [None if own is scheme else own for own in schemes]
    for number in range(1, len(runs)):
        both = schemes[number - 1] is schemes[number] is Scheme.VNI
        if both and (texts[number - 1][-1:] + texts[number][:1]).translate(_TO_BYTES) in _VNI_PAIRS:
            texts[number - 1] += texts[number][0]
            texts[number] = texts[number][1:]
    told = zip(texts, runs, schemes, strict=True)
    return [_decoded(text, font, scheme) if scheme else text for text, (_, font), scheme in told]


def _is_unicode(text: str, scheme: Scheme) -> bool:
    if _UNICODE_ONLY.search(text):
        return True
    if len(_ACCENTED.findall(text)) < 2:
        return False  # one word proves nothing against the font's name
    return share_of_syllables(text) > share_of_syllables(_DECODERS[scheme](text))


def _decoded(text: str, font: str, scheme: Scheme) -> str:
    decoded = _DECODERS[scheme](text)
    return decoded.upper() if _CAPITALS_FONT.match(_SUBSET.sub("", font.strip())) else decoded


def share_of_syllables(text: str) -> float:
    """Return which share of the words with accents are Vietnamese syllables (0..1); 0 where there is none.

    A word is what blanks part: signs of another encoding inside it count against it.
    """
    good = total = 0
    for chunk in _ACCENTED.findall(text):
        found = [word for word in _WORD.findall(unicodedata.normalize("NFC", chunk)) if not word.isascii()]
        rest = _WORD.sub("", chunk)
        total += 1
        good += bool(found) and all(map(is_accented_syllable, found)) and not _ODD_SIGN.search(rest)
    return good / total if total else 0.0


# Signs that stand for letters in the old encodings and next to no letter in a Vietnamese text.
_ODD_SIGN = re.compile("[\xa1-\xaa\xac-\xaf\xb4-\xb8\xbb-\xbf\xd7\xf7\u0300-\u0323]")


def with_lost_capitals(text: str) -> str:
    """Return decoded TCVN3 ``text`` with the capitals its encoding lacks put back.

    TCVN3 has no capitals with a tone: "BÁO CÁO" was typed "BáO CáO". Words with two capitals and more and no other
    small letter, and whole lines of such words, become capitals.
    """
    lines = [_WORD.sub(lambda found: _capitals(found.group()), line) for line in text.split("\n")]
    return "\n".join(_capital_line(line) for line in lines)


_NO_CAPITAL = frozenset(
    letter for letter in _TCVN3.values() if letter.islower() and letter.upper() not in _TCVN3.values()
)


def _capitals(word: str) -> str:
    small = [ch for ch in word if ch.islower()]
    return word.upper() if small and len(word) - len(small) >= 2 and _NO_CAPITAL.issuperset(small) else word


def _capital_line(line: str) -> str:
    small = [ch for ch in line if ch.islower()]
    capitals = sum(ch.isupper() for ch in line)
    return line.upper() if small and _NO_CAPITAL.issuperset(small) and capitals >= 2 * len(small) else line


_DECODERS: Mapping[Scheme, Callable[[str], str]] = {Scheme.TCVN3: decode_tcvn3, Scheme.VNI: decode_vni}
