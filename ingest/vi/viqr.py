"""VIQR (RFC 1456), Vietnamese typed with the signs of a typewriter: "Vie^.t Nam", "dde^'n" -> Unicode."""

from __future__ import annotations

import re
import unicodedata

from ingest.vi.syllables import is_accented_syllable
from ingest.vi.word_tables import rows

_SIGNS = {sign: chr(int(code, 16)) for sign, code, _ in rows("ingest.vi", "legacy_viqr.tsv")}
_LETTERS = {sign: letters for sign, _, letters in rows("ingest.vi", "legacy_viqr.tsv")}
_SHAPES = "^(+*"
_TONE_SIGNS = "'`?~."
_VOWEL = r"[aeiouyAEIOUY]"
_TOKEN = re.compile(rf"(?:{_VOWEL}[(^+*]?['`?~.]?|[A-Za-z])+")
_PIECE = re.compile(
    rf"(?P<d>[dD][dD])|(?P<vowel>{_VOWEL})(?P<shape>[(^+*]?)(?P<tone>['`?~.]?)|\\(?P<kept>.)", re.DOTALL
)
# "." after a last vowel ends the sentence where a capital or the end of the line follows. "?" there is taken for the
# tone: reports do not ask.
_SENTENCE_GOES_ON = re.compile(r"[ \t]+[a-z0-9(]|\n[a-z]|[,;:.)!?]")
_SIGNED = re.compile(
    r"[aeo]\^|[ou]\+|a\(|(?<![a-z])dd(?=[aeiouy])|[aeiouy]['`?~](?![\w'])|[aeiouy]['`?~.][a-z]", re.IGNORECASE
)


def decode_viqr(text: str) -> str:
    """Return ``text`` with every word that VIQR makes a Vietnamese syllable of in Unicode (NFC); others stay.

    A sign after a backslash is itself. "." behind a word's last vowel is a tone only inside a sentence.
    """
    done, at = [], 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in _SIGNS:
            done.append(text[at + 1])
            at += 2
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            done.append(text[at])
            at += 1
            continue
        made, at = _word(text, token)
        done.append(made)
    return "".join(done)


def signed_share(text: str) -> tuple[int, float, float]:
    """Return (words with signs of VIQR, their share of all words, the share of them that make syllables)."""
    words = re.findall(r"[A-Za-z][^\s]*", text)
    signed = [word for word in words if _SIGNED.search(word)]
    good = sum(1 for word in signed if not (made := decode_viqr(word)).isascii() and not _SIGNED.search(made))
    return len(signed), len(signed) / len(words) if words else 0.0, good / len(signed) if signed else 0.0


def _word(text: str, token: re.Match[str]) -> tuple[str, int]:
    """Return what the token at hand reads as, and the offset behind it."""
    typed, end = token.group(), token.end()
    if typed[-1] == "." and not _SENTENCE_GOES_ON.match(text, end):
        typed, end = typed[:-1], end - 1
    for _ in range(2):
        made = _decoded(typed)
        if made != typed and is_accented_syllable(made):
            return made, end
        if typed[-1] not in _TONE_SIGNS:
            break
        typed, end = typed[:-1], end - 1  # a quotation mark or full stop rather than a tone
    return text[token.start() : end], end


def _decoded(typed: str) -> str:
    return unicodedata.normalize("NFC", _PIECE.sub(_letter, typed))


def _letter(piece: re.Match[str]) -> str:
    if pair := piece.group("d"):
        return "đ" if pair[0] == "d" else "Đ"
    vowel, shape, tone = piece.group("vowel", "shape", "tone")
    if shape and vowel.lower() not in _LETTERS[shape]:
        return piece.group()
    return vowel + "".join(_SIGNS[sign] for sign in (shape, tone) if sign)
