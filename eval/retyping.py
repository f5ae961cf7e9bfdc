"""A question as other people would type it: without accents, decomposed, in capitals, in another order, with a slip.

Each way keeps the meaning. Word order and slips are made by rules of the language, drawn from a seed; a way that does
not apply to a question gives None.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

from ingest.vi.normalise import canonical, fold, unify
from ingest.vi.periods import find_periods

_PLACE = r"(?:xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|thôn|địa bàn|toàn)(?:\s(?![,.?])[^\s,.?]+){1,4}?"
# What may open a question or end it without changing it: a time, a place, a base of comparison, a source.
_OPENING = re.compile(
    r"(?P<phrase>(?:trong|tính đến|đến|theo|so với|tại|ở|vào|trên)\s[^,?]{2,60}),"
    r"\s+(?P<rest>[^?]{8,}?)(?P<end>\s*\??)",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?P<rest>[^,?]{8,}?)\s+(?P<phrase>so với\s[^,?]{3,60}?)(?P<end>\s*\??)", re.IGNORECASE)
_PLACE_LAST = re.compile(
    rf"(?P<rest>[^,?]{{8,}}?)\s+(?P<phrase>(?:ở|tại|trên địa bàn)\s{_PLACE})(?P<end>\s*\??)", re.IGNORECASE
)
# "xảy ra bao nhiêu vụ cháy" and "bao nhiêu vụ cháy xảy ra": the verbs that go after what they tell of as well.
_VERB_FIRST = re.compile(
    r"(?P<head>.*?)(?P<verb>(?:đã\s)?(?:xảy ra|phát sinh|diễn ra))"
    r"\s(?P<what>(?:bao nhiêu|mấy)\s[^,?]+?)(?P<end>\s*\??)",
    re.IGNORECASE,
)
# A phrase with one of these is more than a time, a place or a base: it is a part of the question itself.
_ASKS = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|nào|gì|ai|đạt|bằng|là|thế|vậy|không|sao|có)(?!\w)", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:(?P<kept>trong|vào|tính đến|đến|tính đến hết|đến hết|tính đến cuối|đến cuối)|của|ở|cho)$")
# Before a period it is a part of a name ("báo cáo quý I", "các tháng đầu năm") and stays where it is.
_NAMED = ("cáo", "hoạch", "toán", "quyết", "số", "mấy", "những", "các", "với", "kỳ", "từ", "đoạn", "hơn", "học", "và",
          "hay", "hoặc", "riêng", "so")  # fmt: skip
_MIN_REST_WORDS = 3
# Words of questions themselves, and short ones: a slip there is not one in the content.
_NO_CONTENT = frozenset(
    unify(
        "bao nhiêu mấy là có không của và các những được cho với trong ngoài theo từ đến này nào đã đang thì như thế "
        "gì ai khi đâu tại trên so hơn năm tháng quý ngày cùng kỳ một hai hết đạt bằng vì sao hỏi biết xin ở hay về vào"
    ).split()
)
_BEFORE_NAME = frozenset(
    unify("xã phường huyện quận tỉnh thôn trấn thị phố bản ấp ông bà anh chị đồng chí trường").split()
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MIN_LETTERS = 4


class Way(StrEnum):
    """How a question is typed again."""

    NO_ACCENTS = "no_accents"
    NFD = "nfd"
    UPPER = "upper"
    ORDER = "order"
    TYPO = "typo"


def retyped(question: str, *, seed: int) -> Mapping[Way, str | None]:
    """Return ``question`` typed each way, None where a way does not apply. The same seed gives the same texts."""
    ways: dict[Way, Callable[[str], str | None]] = {
        Way.NO_ACCENTS: without_accents,
        Way.NFD: decomposed,
        Way.UPPER: str.upper,
        Way.ORDER: reordered,
        Way.TYPO: lambda text: mistyped(text, random.Random(f"{seed} {question}")),
    }
    return {way: type_again(canonical(question)) for way, type_again in ways.items()}


def without_accents(text: str) -> str:
    """Return ``text`` with every accented letter plain and the case kept: "Quý I" gives "Quy I"."""
    return "".join(_plain(ch) for ch in text)


def decomposed(text: str) -> str:
    """Return ``text`` in Unicode NFD, as some keyboards and file systems write it."""
    return unicodedata.normalize("NFD", text)


def reordered(text: str) -> str | None:
    """Return ``text`` with a period, place or base of comparison moved to its other end, or a verb behind its subject.

    None where no rule applies; the words stay the same but for a joining "trong".
    """
    for pattern in (_OPENING, _COMPARED, _PLACE_LAST):
        match = pattern.fullmatch(text.strip())
        if match is not None and len(match["rest"].split()) >= _MIN_REST_WORDS and not _ASKS.search(match["phrase"]):
            if pattern is _OPENING:
                return f"{_opened(match['rest'])} {_lowered(match['phrase'])}{match['end']}"
            return f"{_opened(match['phrase'])}, {_lowered(match['rest'])}{match['end']}"
    moved = _period_moved(text.strip())
    if moved is not None:
        return moved
    match = _VERB_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    return _opened(f"{match['head']}{_lowered(match['what'])} {_lowered(match['verb'])}{match['end']}")


def mistyped(text: str, draw: random.Random) -> str | None:
    """Return ``text`` with one slip in one word of its content, never in a number or a proper name; None without one.

    A letter doubled, dropped, two neighbours swapped, or a tone mark missing.
    """
    places = _content_words(text)
    if not places:
        return None
    start, end = draw.choice(places)
    word = text[start:end]
    slips = [slip for slip in (_doubled, _dropped, _swapped, _toneless) if slip(word, draw) not in (None, word)]
    for slip in draw.sample(slips, len(slips)):
        slipped = slip(word, draw)
        if slipped is not None and slipped != word:
            return text[:start] + slipped + text[end:]
    return None


def _period_moved(text: str) -> str | None:
    """Move a period from the end to the front, or from the front to the end; None where it is bound to its words."""
    found = find_periods(text)
    if len(found) != 1 or found[0][0].of(text).isdigit():
        return None
    span = found[0][0]
    ending = text[span.end :].strip()
    period = _small(span.of(text))
    if ending in ("", "?"):
        rest = text[: span.start].rstrip(" ,")
        joint = _JOINT.search(rest)
        if joint is not None:
            rest = rest[: joint.start()].rstrip(" ,")
            period = f"{joint['kept'] or ''} {period}".strip()
        return f"{_opened(period)}, {_lowered(rest)}{ending}" if _whole(rest) else None
    if span.start == 0:
        rest = ending.strip(" ,")
        end = "?" if rest.endswith("?") else ""
        rest = rest.rstrip(" ?")
        joint_word = "" if period.startswith(("cuối", "giữa", "đầu", "từ", "đến", "tính")) else "trong "
        return f"{_opened(rest)} {joint_word}{period}{end}" if _whole(rest) and "," not in rest else None
    return None


def _whole(rest: str) -> bool:
    """Tell whether a question is left: not "so với cùng kỳ" or "báo cáo" without what follows."""
    words = unify(rest).split()
    return len(words) >= _MIN_REST_WORDS and words[-1] not in _NAMED and words[0] not in ("năm", "và", "so")


def _content_words(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    named = 0  # words after "xã", "huyện" ... that may be a name typed small
    for match in re.finditer(r"\S+", text):
        word = match[0].strip(".,;:?!()\"'“”")
        start = match.start() + match[0].find(word) if word else match.start()
        if unify(word) in _BEFORE_NAME:
            named = 3
            continue
        named -= 1
        plain = word.isalpha() and word.islower() and len(word) >= _MIN_LETTERS
        if plain and named < 0 and unify(word) not in _NO_CONTENT:
            found.append((start, start + len(word)))
    return found


def _doubled(word: str, draw: random.Random) -> str | None:
    at = draw.randrange(len(word))
    return word[: at + 1] + word[at:]


def _dropped(word: str, draw: random.Random) -> str | None:
    at = draw.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _swapped(word: str, draw: random.Random) -> str | None:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return None
    at = draw.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _toneless(word: str, _draw: random.Random) -> str | None:
    bare = "".join(ch for ch in unicodedata.normalize("NFD", word) if ch not in _TONES)
    return unicodedata.normalize("NFC", bare)


def _plain(ch: str) -> str:
    bare = fold(ch)
    return bare.upper() if ch.isupper() else bare


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    """Return ``text`` with its first letter small, unless that begins a proper name or an abbreviation."""
    first, _, rest = text.partition(" ")
    named = not first[1:].islower() or rest[:1].isupper()
    return text if named and len(first) > 1 else _small(text)
