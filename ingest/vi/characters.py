"""Single characters and marks gone wrong on their way from a keyboard to a file, put right where that is certain.

Each step returns text of any length; ``normalise.canonical`` composes them and says what of it counts as repair.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.vi.letters import UPPER
from ingest.vi.syllables import TONES, is_accented_syllable

_SHAPES = "\u0302\u0306\u031b"
_MARKS = TONES + _SHAPES
# Zero-width, joining, bidirectional and tag characters and variation selectors carry no sense and hide instructions
# (OWASP LLM01).
_DROPPED = [
    *(0xAD, 0x61C, 0x180E, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xE0000, 0xE0080),
]
_BLANKS = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_D_STROKES = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}  # Eth, eth, African D, d with tail
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TABLE = str.maketrans(
    dict.fromkeys(map(chr, _DROPPED), "")
    | dict.fromkeys(map(chr, _BLANKS), " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | _D_STROKES
    | _LIGATURES
    | _WIDE
)

# Cyrillic and Greek letters as they look, and Latin ones with the marks of other languages.
_OTHER_SCRIPT = str.maketrans(
    "АВЕКМНОРСТУХІЅЈаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧον",
    "ABEKMHOPCTYXISJaeopcyxisjABEZHIKMNOPTYXov",
)
_OTHER_MARKS = str.maketrans("ǍǎŰűŐő", "ĂăŨũÕõ")
_ALIEN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_ALIEN_MARK = re.compile("[ǍǎŰűŐő]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE = re.compile(f"([^\\W\\d_])([{_MARKS}]+)")
_APART = re.compile(f"([^\\W\\d_]) +([{_MARKS}])(?=[^{_MARKS}]|$)")
# A consonant with a tone is nobody's letter in Vietnamese; ñ, which Spanish names have, is left alone.
_TONED = [unicodedata.normalize("NFC", consonant + tone) for consonant in "cghmnpt" for tone in TONES]
_TONED_LETTERS = "".join(one for one in _TONED if len(one) == 1 and one != "ñ")
_TONED_CONSONANT = re.compile(f"[{_TONED_LETTERS}]|[cghmnpt][{TONES}]", re.IGNORECASE)
_TONED_WORD = re.compile(f"[^\\W\\d_](?:[^\\W\\d_]|[{TONES}])*")
_SPACED = re.compile(f"(?<!\\S)[A-Z{UPPER}](?: [A-Z{UPPER}])+(?: {{2,5}}[A-Z{UPPER}](?: [A-Z{UPPER}])+)*(?!\\S)")


def plain_characters(text: str) -> str:
    """Return ``text`` with one line end and one blank, no invisible characters, one đ, no wide or joined letters."""
    return text.replace("\r\n", "\n").translate(_TABLE)


def with_marks_joined(text: str) -> str:
    """Return ``text`` (NFC) with loose accents joined to their letters.

    Marks in the wrong order ("á" + circumflex), doubled, behind a blank, or on the consonant beside their vowel; the
    last two only where the word then is a Vietnamese syllable. Accents that fit no letter stay.
    """
    text = _LOOSE.sub(_join, text)
    text = _APART.sub(lambda found: _reach(text, found), text)
    return _TONED_WORD.sub(_tone_moved, text) if _TONED_CONSONANT.search(text) else text


def with_own_letters(text: str) -> str:
    """Return ``text`` with the letters meant for look-alikes: Cyrillic and Greek ones among Latin letters in one word,
    and marks of other languages ("ű" for "ũ") where the word then is a Vietnamese syllable.
    """
    return _WORD.sub(_own, text) if _ALIEN.search(text) or _ALIEN_MARK.search(text) else text


def with_capitals_closed(text: str) -> str:
    """Return ``text`` with capitals spaced out for looks ("B Á O   C Á O") closed up, where they make syllables."""
    return _SPACED.sub(_closed, text)


def _join(found: re.Match[str]) -> str:
    base, *own = list(unicodedata.normalize("NFD", found.group(1)))
    marks = list(dict.fromkeys([*own, *found.group(2)]))
    shapes, tones = [m for m in marks if m in _SHAPES], [m for m in marks if m in TONES]
    if len(shapes) > 1 or len(tones) > 1 or len(shapes) + len(tones) < len(marks):
        return found.group()
    made = unicodedata.normalize("NFC", base + "".join(shapes + tones))
    return made if len(made) == 1 else found.group()


def _reach(text: str, found: re.Match[str]) -> str:
    made = unicodedata.normalize("NFC", found.group(1) + found.group(2))
    before = re.search(r"[^\W\d_]*$", text[: found.start()])
    word = (before.group() if before else "") + made
    return made if len(made) == 1 and is_accented_syllable(word) else found.group()


def _tone_moved(found: re.Match[str]) -> str:
    word = found.group()
    apart = unicodedata.normalize("NFD", word)
    tones = [ch for ch in apart if ch in TONES]
    if len(tones) != 1 or not _TONED_CONSONANT.search(word):
        return word
    at = apart.index(tones[0])
    rest = apart[:at] + apart[at + 1 :]
    for vowel in sorted((i for i, ch in enumerate(rest) if ch.lower() in "aeiouy"), key=lambda i: abs(i - at)):
        made = unicodedata.normalize("NFC", rest[: vowel + 1] + tones[0] + rest[vowel + 1 :])
        if is_accented_syllable(made):
            return made
    return word


def _own(found: re.Match[str]) -> str:
    word = found.group()
    if _ALIEN.search(word) and not all(map(_ALIEN.match, word)):
        # Two scripts in one word; units such as "μm" have letters that look like no Latin one.
        made = word.translate(_OTHER_SCRIPT)
        word = word if _ALIEN.search(made) else made
    made = word.translate(_OTHER_MARKS)
    return made if made != word and is_accented_syllable(made) else word


def _closed(found: re.Match[str]) -> str:
    groups = [group.replace(" ", "") for group in re.split(r" {2,}", found.group())]
    if all(group.isascii() for group in groups):
        return found.group()  # initials or a row of letters
    if len(groups) == 1:
        groups = _only_split(groups[0])
    return " ".join(groups) if groups and all(map(is_accented_syllable, groups)) else found.group()


def _only_split(letters: str) -> list[str]:
    """Return the one way ``letters`` part into syllables of two letters and more; [] for none or several."""
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, min(len(letters), 40) + 1):
        ways.append(
            [
                [*way, letters[start:end]]
                for start in range(max(0, end - 7), end - 1)
                if is_accented_syllable(letters[start:end])
                for way in ways[start]
            ][:2]
        )
    return ways[-1][0] if len(letters) < 40 and len(ways[-1]) == 1 else []
