"""A question as typed -> the same question as meant: spaces, keystrokes and slips put right, nothing else changed.

Words are corrected only towards those of the visible reports and of our own tables, and only where the typed one is
neither in them nor an ordinary word of the language (a *slip*), or where an accent was left out. What stands beside a
word decides between two corrections; where nothing decides, the word stays as typed. Numbers, abbreviations in capitals
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
from service.understand.lexicon import NUMBER, QUARTER, ROMAN, Forms, Lexicon, bare_syllables, real_syllables
from service.understand.question import typed_with_accents
from service.understand.spacing import Segmenter, spaced, takes_number

_PIECE = re.compile(r"\d+(?:[.,/]\d+)*(?![^\W_])|[^\W_]+(?:[&-][^\W_]+)*|[\W_]+")
_WIDE = re.compile("[\uff01-\uff5e\u2160-\u217f]")  # full-width forms; Roman numerals of one character
_TYPES = ("xã", "phường", "trấn", "huyện", "quận", "tỉnh", "thôn", "xa", "phuong", "huyen", "quan", "tinh", "thon")
_CAPITAL = pattern(r"[{UP}][{LOW}]+")
_VOWEL = re.compile(r"[aeiouy]")
# Regional and short forms of "bao nhiêu"; "bấy nhiêu" and "nhiêu khê" are other words.
_HOW_MANY = re.compile(r"(?<!\w)(?:bao lăm|bi nhiêu|bao nhiu|(?<!bao )(?<!bấy )nhiêu(?! khê))(?!\w)", re.IGNORECASE)
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_SURELY_VNI = 3  # words VNI makes a syllable of
_NAME_WORDS = 2  # syllables after a type of place that may be its name
_BOTH_SIDES = 2
_SHORTEST_SLIP = 3
_OFTEN, _VERY_OFTEN, _NEARLY_ALWAYS, _USUALLY = 4, 12, 0.8, 0.2
_SURE_LENGTH = 4  # a slip in a shorter word with nothing known beside it could be too many words


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
    pieces = _pieces(spaced(_decoded(_plain(question), lexicon), lexicon))
    accents = typed_with_accents("".join(piece.text for piece in pieces))
    shouted = question.isupper()
    segmenter = Segmenter(lexicon, accents=accents)
    for piece in pieces:
        if _plain_word(piece, shouted=shouted) and not _known(piece.low, lexicon, accents=accents):
            parts = segmenter.parted(piece.low)
            if parts is not None:
                piece.put(" ".join(parts))
    pieces = _pieces("".join(piece.text for piece in pieces))
    if accents:
        _restore(pieces, lexicon, shouted=shouted)
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
    meant = ["", *restored(lows, lexicon, fixed=kept, missing=True), ""]
    for at, piece in enumerate(spoken, start=1):
        beside = _evidence(meant[at], meant[at - 1], meant[at + 1], lexicon.exact)
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
    unit = match_unit(low, 0)
    return bool(expansions(low)) or (unit is not None and unit[1] == len(low))


def _other_spelling(word: str) -> str:
    """Return the word with final i and y exchanged: tỷ and tỉ are one word."""
    return word[:-1] + word[-1:].translate(str.maketrans("yỳýỷỹỵiìíỉĩị", "iìíỉĩịyỳýỷỹỵ"))


def _restore(pieces: Sequence[_Piece], lexicon: Lexicon, *, shouted: bool) -> None:
    """Put accents left out on the words of ``pieces`` in place."""
    spoken = [piece for piece in pieces if piece.word]
    named = {id(pieces[at]) for at in _names(pieces, lexicon.own)}
    typed = [piece.low for piece in spoken]
    kept = frozenset(
        n
        for n, piece in enumerate(spoken)
        if (id(piece) in named or is_male(typed, n))
        or not _plain_word(piece, shouted=shouted)
        or _name_like(piece, first=not n and not (len(spoken) > 1 and _name_like(spoken[1], first=False)))
    )
    lows = ["" if n in kept else piece.low for n, piece in enumerate(spoken)]
    for n, (piece, meant) in enumerate(zip(spoken, restored(lows, lexicon, fixed=kept), strict=True)):
        if n not in kept and meant != piece.low:
            piece.put(meant)


def _name_like(piece: _Piece, *, first: bool) -> bool:
    """Tell whether a word is written like part of a proper name: a capital inside the question."""
    return not first and piece.text[:1].isupper() and not piece.text.isupper()


def _correct(pieces: list[_Piece], lexicon: Lexicon, *, accents: bool, shouted: bool) -> None:
    """Correct the slips among ``pieces`` in place, from left to right."""
    forms = lexicon.forms(accents=accents)
    named = _names(pieces, lexicon.own)
    for at, piece in enumerate(pieces):
        if not _plain_word(piece, shouted=shouted) or at in named or (at and _name_like(piece, first=False)):
            continue
        left, right = _beside(pieces, at, -1, accents=accents), _beside(pieces, at, 1, accents=accents)
        meant = _meant(piece, left, right, lexicon, forms, accents=accents)
        if meant is not None:
            piece.put(meant)


def _meant(
    piece: _Piece, left: str | None, right: str | None, lexicon: Lexicon, forms: Forms, *, accents: bool
) -> str | None:
    """Return the word meant by ``piece`` between two words, None where it is to stay."""
    form = piece.low if accents else fold(piece.low)
    if _evidence(form, left, right, forms):
        return None
    direct, both = _candidates(piece, lexicon, forms, accents=accents)
    own = form in lexicon.own
    best = _best(direct, left, right, forms) or (_best(both, left, right, forms) if not own else None)
    if best is not None:
        if _inseparable(best, left, right, forms, often=_VERY_OFTEN if own else _OFTEN):
            return best
        if best == QUARTER and right in ROMAN and accents:
            return best
    beside = _evidence(best, left, right, forms) if best is not None else 0
    if own:
        return None
    if form in (real_syllables() if accents else bare_syllables()) or _known(piece.low, lexicon, accents=accents):
        left_out = best is not None and fold(best) == form
        sure = left_out or {left, right}.isdisjoint({*lexicon.own, NUMBER, None})
        return best if (sure and beside == _BOTH_SIDES) or _usual(best, form, left, right, forms) else None
    if best is not None:
        usual = len(form) >= _SHORTEST_SLIP and _VOWEL.search(fold(form)) is not None
        return best if usual or beside == _BOTH_SIDES else None
    return direct[0] if len(direct) == 1 and len(form) >= _SURE_LENGTH else None


def _candidates(piece: _Piece, lexicon: Lexicon, forms: Forms, *, accents: bool) -> tuple[list[str], list[str]]:
    """Return what a word may have been meant to be: one letter or the accents amiss; and where it is no syllable, both.

    A tone moves with the spelling of the word it is in ("quuý" is unified to "quúy"): the letters as typed count too.
    """
    form = piece.low if accents else fold(piece.low)
    direct = {*lexicon.by_fold.get(fold(form), ())} if accents else set()
    direct |= forms.slips(form) | (forms.slips(piece.text.lower()) if accents else frozenset())
    both = (
        {word for bare in lexicon.folded.slips(fold(form)) for word in lexicon.by_fold[bare]}
        if accents and not is_syllable(form)
        else set()
    )
    return sorted(direct - {form}), sorted(both - direct)


def _best(candidates: Sequence[str], left: str | None, right: str | None, forms: Forms) -> str | None:
    """Return the candidate known beside the most neighbours, then the commoner pair; None when two are alike."""
    ranked = sorted(
        (
            (_evidence(c, left, right, forms), _frequency(c, left, right, forms), -n, c)
            for n, c in enumerate(candidates)
        ),
        reverse=True,
    )
    if not ranked or not ranked[0][0] or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return ranked[0][3]


def _evidence(word: str, left: str | None, right: str | None, forms: Forms) -> int:
    """Return beside how many of its neighbours (0 to 2) a word is known to stand."""
    return int((left, word) in forms.pairs) + int((word, right) in forms.pairs)


def _inseparable(word: str, left: str | None, right: str | None, forms: Forms, *, often: int) -> bool:
    """Tell whether a neighbour hardly ever stands without ``word``: "nhiêu" without "bao" before it."""
    return any(
        forms.counts.get(beside, 0) >= often and forms.pairs.get(pair, 0) >= _NEARLY_ALWAYS * forms.counts[beside]
        for beside, pair in ((left or "", (left or "", word)), (right or "", (word, right or "")))
    )


def _usual(best: str | None, form: str, left: str | None, right: str | None, forms: Forms) -> bool:
    """Tell whether ``best`` is what usually stands beside a neighbour of a word that no report has ("dự tán")."""
    if best is None or form in forms.counts:
        return False
    return any(
        forms.pairs.get(pair, 0) >= max(_OFTEN, _USUALLY * forms.counts.get(beside, 0))
        for beside, pair in ((left or "", (left or "", best)), (right or "", (best, right or "")))
    )


def _frequency(word: str, left: str | None, right: str | None, forms: Forms) -> int:
    return sum(forms.pairs.get(pair, 0) for pair in ((left or "", word), (word, right or "")))


def _beside(pieces: Sequence[_Piece], at: int, step: int, *, accents: bool) -> str | None:
    """Return the word beside ``pieces[at]`` as compared; None at a sign or the end of the question."""
    if not 0 <= at + 2 * step < len(pieces) or pieces[at + step].text.strip():
        return None
    low = pieces[at + 2 * step].low
    return NUMBER if low[0].isdigit() else low if accents else fold(low)


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
