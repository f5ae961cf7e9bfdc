"""A text whose encoding nobody noted -> which one it is, by counting Vietnamese syllables; and the text in Unicode.

Nothing is touched that reads as Unicode Vietnamese already: another reading must make nearly all accented words
syllables where the text as it stands does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.vi.legacy import Scheme, decode_tcvn3, decode_vni, share_of_syllables, with_lost_capitals
from ingest.vi.viqr import decode_viqr, signed_share

_SAMPLE_CHARS = 40_000
_MIN_WORDS = 3  # accented words; fewer prove nothing
_MIN_SHARE = 0.8
_MIN_GAIN = 0.3
_MIN_SIGNED = 5  # VIQR: words with signs, and their share of all words
_MIN_SIGNED_SHARE = 0.3
_CHUNK = re.compile(r"[^ \t\r\n]*[^\x00-\x7f][^ \t\r\n]*")


def identify(text: str) -> Scheme | None:
    """Return the encoding ``text`` (characters as decoded so far) was written in, None where it needs no repair."""
    sample = text[:_SAMPLE_CHARS]
    if len(_CHUNK.findall(sample)) < _MIN_WORDS:
        count, share, good = signed_share(sample)
        return Scheme.VIQR if count >= _MIN_SIGNED and share >= _MIN_SIGNED_SHARE and good >= _MIN_SHARE else None
    now = share_of_syllables(sample)
    if now >= _MIN_SHARE:
        return None
    shares = {scheme: share_of_syllables(decode(sample)) for scheme, decode in _READINGS.items()}
    best = max(shares, key=lambda scheme: shares[scheme])
    return best if shares[best] >= _MIN_SHARE and shares[best] - now >= _MIN_GAIN else None


def recover(text: str) -> tuple[str, Scheme | None]:
    """Return ``text`` in Unicode and the encoding it was read from; None when nothing had to be done."""
    scheme = identify(text)
    if scheme is None:
        return text, None
    if scheme is Scheme.VIQR:
        return decode_viqr(text), scheme
    decoded = _READINGS[scheme](text)
    return (with_lost_capitals(decoded) if scheme is Scheme.TCVN3 else decoded), scheme


def _misread(codec: str) -> Callable[[str], str]:
    """Return the function that undoes UTF-8 having been read as ``codec``, once or twice over; other words stay."""

    def undo(found: re.Match[str]) -> str:
        word = found.group()
        for _ in range(2):
            try:
                word = b"".join(_to_byte(ch, codec) for ch in word).decode("utf-8")
            except UnicodeError:
                break
        return word

    return lambda text: _CHUNK.sub(undo, text)


def _to_byte(ch: str, codec: str) -> bytes:
    # Bytes that Windows-1252 leaves undefined come through as controls.
    return ch.encode("latin-1") if codec == "cp1252" and "\x80" <= ch <= "\x9f" else ch.encode(codec)


_READINGS: Mapping[Scheme, Callable[[str], str]] = {
    Scheme.TCVN3: decode_tcvn3,
    Scheme.VNI: decode_vni,
    Scheme.UTF8_AS_1252: _misread("cp1252"),
    Scheme.UTF8_AS_MAC: _misread("mac_roman"),
}
