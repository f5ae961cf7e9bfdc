"""A question as typed -> the same question as meant: spaces, keystrokes and slips put right, nothing else changed.

Words are corrected only towards those of the visible reports and of our own tables, and only where the typed one is
neither in them nor an ordinary word of the language (a *slip*), or where its neighbours hardly ever stand without the
other: see ``slips``. Numbers, abbreviations in capitals
and the names after "xã", "huyện" ... are left alone: a place is never corrected into another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.vi.abbreviations import expansions
from ingest.vi.keystrokes import from_telex, from_vni, is_syllable
from ingest.vi.letters import pattern
from ingest.vi.normalise import canonical, fold, unify
from ingest.vi.units import match_unit
from service.understand.accents import is_male, restored
from service.understand.lexicon import NUMBER, Lexicon, real_syllables
from service.understand.question import typed_with_accents
from service.understand.slips import corrected
from service.understand.spacing import Segmenter, spaced, takes_number

_PIECE = re.compile(r"\d+(?:[.,/]\d+)*(?![^\W_])|[^\W_]+(?:[&-][^\W_]+)*|[\W_]+")
_WIDE = re.compile("[\uff01-\uff5e\u2160-\u217f]")  # full-width forms; Roman numerals of one character
_TYPES = ("xã", "phường", "trấn", "huyện", "quận", "tỉnh", "thôn", "xa", "phuong", "huyen", "quan", "tinh", "thon")
_CAPITAL = pattern(r"[{UP}][{LOW}]+")
# Regional and short forms of "bao nhiêu"; "bấy nhiêu" and "nhiêu khê" are other words.
_SAID_FOR_IT = re.compile(r"(?<!\w)(?:bao lăm|bi nhiêu|bao nhiu)(?!\w)", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?<!\w)(?<!bao )(?<!bấy )nhiêu(?! khê)(?!\w)", re.IGNORECASE)
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_SURELY_VNI = 3  # words VNI makes a syllable of
_NAME_WORDS = 2  # syllables after a type of place that may be its name


@dataclass(slots=True)
class _Piece:
    """A word of the question or what stands between two; ``low`` is unified."""

    text: str
    low: str
    word: bool

    def put(self, low: str) -> None:
        """Replace the word by ``low``, keeping capitals."""
        upper, title = len(self.text) > 1 and self.text.isupper(), self.text[:1].isupper()
        self.text = low.upper() if upper else low.capitalize() if title else low
        self.low = low


def repair(question: str, lexicon: Lexicon) -> str:
    """Return ``question`` as meant; unchanged but for its form where nothing is wrong. Never raises.

    Repairing twice changes nothing more. See the module text for what may change.
    """
    plain = _SAID_FOR_IT.sub("bao nhiêu", _decoded(_plain(question), lexicon))
    pieces = _pieces(spaced(plain, lexicon))
    accents = typed_with_accents("".join(piece.text for piece in pieces))
    shouted = question.isupper()
    segmenter = Segmenter(lexicon, accents=accents)
    for piece in pieces:
        if _plain_word(piece, shouted=shouted) and not _known(piece.low, lexicon, accents=accents):
            parts = segmenter.parted(piece.low)
            if parts is not None and not lexicon.forms(accents=accents).slips(
                piece.low if accents else fold(piece.low)
            ):
                piece.put(" ".join(parts))
    pieces = _pieces("".join(piece.text for piece in pieces))
    _correct(pieces, lexicon, accents=accents, shouted=shouted)
    return _HOW_MANY.sub("bao nhiêu", "".join(piece.text for piece in pieces))


def accented(question: str, lexicon: Lexicon) -> str:
    """Return a repaired question typed without accents with those the reports and our tables make likeliest.

    Unchanged where it was typed with accents; a word of several readings known beside neither of its neighbours stays,
    as those of an unknown name do. Only accents change: ``fold`` of the result is that of the question.
    """
    if typed_with_accents(question):
        return question
    pieces = _pieces(question)
    spoken = [piece for piece in pieces if piece.word]
    kept = frozenset(n for n, piece in enumerate(spoken) if not _plain_word(piece, shouted=question.isupper()))
    lows = ["" if n in kept else piece.low for n, piece in enumerate(spoken)]
    meant = ["", *restored(lows, lexicon, fixed=kept), ""]
    for at, piece in enumerate(spoken, start=1):
        pairs = lexicon.exact.pairs
        beside = (meant[at - 1], meant[at]) in pairs or (meant[at], meant[at + 1]) in pairs
        if meant[at] and (beside or meant[at] in lexicon.own or len(lexicon.by_fold.get(fold(piece.low), ())) == 1):
            piece.put(meant[at])
    return "".join(piece.text for piece in pieces)


def _plain(question: str) -> str:
    """Return the question in NFC without invisible or full-width characters, odd blanks or repeated signs."""
    narrow = "".join(unicodedata.normalize("NFKC", ch) if _WIDE.match(ch) else ch for ch in question)
    text = " ".join(canonical(narrow).split())
    return re.sub(r"([?!.,;:])(?:\s?\1)+", r"\1", text)


def _pieces(text: str) -> list[_Piece]:
    found = _PIECE.findall(text)
    return [_Piece(part, unify(part), part[0].isalnum()) for part in found]


def _decoded(text: str, lexicon: Lexicon) -> str:
    """Return the text with Telex and VNI keys turned into accents.

    A decoded word must be in the reports or our tables; an ordinary word counts when a second one can be decoded. VNI
    is read where a digit stands inside a word: "quy1" alone keeps its number.
    """
    pieces = _pieces(text)
    keyed = [p.low for p in pieces if p.word and from_vni(p.low) is not None]
    inside = any(_DIGIT_INSIDE.search(low) for low in keyed)
    made: dict[int, str] = {}
    for at, piece in enumerate(pieces):
        if not piece.word or piece.low in lexicon.exact.counts:
            continue
        numbered = len(keyed) < _SURELY_VNI and _numbered(pieces, at)
        vni = from_vni(piece.low) if inside and not piece.low.isalpha() and not numbered else None
        meant = vni or (from_telex(piece.low) if piece.low.isalpha() else None)
        if meant is not None and (meant in lexicon.exact.counts or meant in real_syllables()):
            made[at] = meant
    for at, meant in made.items():
        if len(made) > 1 or meant in lexicon.exact.counts:
            pieces[at].put(meant)
    return "".join(piece.text for piece in pieces)


def _numbered(pieces: Sequence[_Piece], at: int) -> bool:
    """Tell whether digits at the end of a word are its number ("quy1 co ...") and not a key ("quy1 1 co1 ...")."""
    following = pieces[at + 2].low if at + 2 < len(pieces) else ""
    return takes_number(pieces[at].low) and not re.fullmatch(r"\d.*|iv|i{1,3}", following)


def _plain_word(piece: _Piece, *, shouted: bool) -> bool:
    """Tell whether a piece is a word that may be corrected: no number, no abbreviation in capitals."""
    return piece.word and piece.low.isalpha() and (shouted or not (len(piece.text) > 1 and piece.text.isupper()))


def _known(low: str, lexicon: Lexicon, *, accents: bool) -> bool:
    """Tell whether a word stands in the reports, in our tables, among units or abbreviations."""
    form = low if accents else fold(low)
    if form in lexicon.forms(accents=accents).counts or _other_spelling(form) in lexicon.exact.counts:
        return True
    return _unit_or_short(low)


def _other_spelling(word: str) -> str:
    """Return the word with final i and y exchanged: tỷ and tỉ are one word."""
    return word[:-1] + word[-1:].translate(str.maketrans("yỳýỷỹỵiìíỉĩị", "iìíỉĩịyỳýỷỹỵ"))


def _name_like(piece: _Piece) -> bool:
    """Tell whether a word is written like part of a proper name: a capital inside the question."""
    return piece.text[:1].isupper() and not piece.text.isupper()


def _correct(pieces: Sequence[_Piece], lexicon: Lexicon, *, accents: bool, shouted: bool) -> None:
    """Correct the slips among ``pieces`` in place."""
    named = _names(pieces, lexicon.own)
    kept = [at for at, piece in enumerate(pieces) if piece.word or piece.text.strip()]
    words = [_compared(pieces[at], accents=accents) for at in kept]
    typed = [pieces[at].low for at in kept]
    fixed = frozenset(
        n
        for n, at in enumerate(kept)
        if at in named
        or is_male(typed, n)
        or not _plain_word(pieces[at], shouted=shouted)
        or (at and _name_like(pieces[at]))
    )
    keyed = [pieces[at].text.lower() for at in kept]
    told = corrected(words, keyed, lexicon, accents=accents, fixed=fixed)
    for n, at in enumerate(kept):
        piece, meant = pieces[at], told[n]
        if n not in fixed and meant != words[n] and (fold(meant) == fold(words[n]) or not _unit_or_short(piece.low)):
            piece.put(meant)


def _compared(piece: _Piece, *, accents: bool) -> str:
    """Return a piece as ``corrected`` takes it: "" for a sign between words."""
    if not piece.word:
        return ""
    return NUMBER if piece.low[0].isdigit() else piece.low if accents else fold(piece.low)


def _unit_or_short(low: str) -> bool:
    """Tell whether a word is a unit or an abbreviation."""
    unit = match_unit(low, 0)
    return bool(expansions(low)) or (unit is not None and unit[1] == len(low))


def _names(pieces: Sequence[_Piece], asking: frozenset[str]) -> frozenset[int]:
    """Return the places of the words that may be the name of a place: they follow its type.

    Where other names have their capitals, a word without one is none; nor is a question word or what is no syllable.
    ``asking``: the folded words of questions.
    """
    if any(piece.word and _CAPITAL.fullmatch(piece.text) for piece in pieces[1:]):
        return frozenset()
    behind = {at + 2 * n for at, p in enumerate(pieces) if p.low in _TYPES for n in range(1, _NAME_WORDS + 1)}
    return frozenset(
        at for at in behind if at < len(pieces) and is_syllable(pieces[at].low) and fold(pieces[at].low) not in asking
    )
