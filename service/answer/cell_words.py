"""The words of a question against the names of a table's rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.vi.normalise import fold
from service.answer.query_words import Scorer
from service.answer.tokens import Rarity, keys, senses

# Words that tell no row from another: what leads to parts, what sums up, what a rate is called by.
_PLAIN = frozenset(
    "trong do gom tong so cong chung toan cac va cua theo la co o tai cho voi den tu nam thang quy ky ty le ti".split()  # noqa: SIM905
)
# Two letters are syllables elsewhere; in a head they are what forms shorten.
_SHORT = {"NS": "ngân sách", "KH": "kế hoạch", "TH": "thực hiện", "DT": "dự toán", "KP": "kinh phí", "SL": "số lượng"}
_LONE = 0.3


def spelled(head: str) -> str:
    """Return a column's head with the two-letter abbreviations of forms written out ("NS tỉnh": "ngân sách tỉnh")."""
    return " ".join(_SHORT.get(word, word) for word in head.split())


@dataclass(frozen=True, slots=True)
class CellWords:
    """A question as rows and columns are looked for: ``exact`` its comparable words, abbreviations written out too."""

    one: Scorer
    rarity: Rarity
    exact: frozenset[str]
    folded: frozenset[str]
    pairs: frozenset[tuple[str, ...]]  # of neighbours, folded

    def has(self, word: str) -> bool:
        """Tell whether the question has a comparable word, in one of its wordings."""
        if (word in self.exact) if self.one.query.accents else (fold(word) in self.folded):
            return True
        if fold(word) in self.one.asked - self.folded:
            return True
        return any(self.exact.issuperset(sense) for sense in senses(word))

    def worth(self, told: Sequence[str], at: int) -> float:
        """Return how well (0..1) the question has the syllable ``told[at]``: little where none beside it is said.

        "Ngân sách tỉnh" is not named by "giải ngân".
        """
        if not self.has(told[at]):
            return 0.0
        beside = [told[n] for n in (at - 1, at + 1) if 0 <= n < len(told)]
        return _LONE if beside and not any(map(self.has, beside)) else 1.0

    def beside(self, told: Sequence[str], at: int) -> bool:
        """Tell whether the question has ``told[at]`` beside the same word as it stands there ("ngân sách xã")."""
        return any(tuple(map(fold, told[n : n + 2])) in self.pairs for n in (at - 1, at) if n >= 0)

    def share_of(self, label: str, *, spent: frozenset[str]) -> float:
        """Return the share (0..1) of the weight of a row's name that the question says, 0 for a name without words.

        Plain words and those of ``spent`` (folded, what the unit says already) need not be said.
        """
        own = [w for w in keys(label) if fold(w) not in _PLAIN and (fold(w) not in spent or self.has(w))]
        weights = [self._weight(word) for word in own]
        said = sum(weight * self.worth(own, at) for at, weight in enumerate(weights))
        return said / sum(weights) if any(ch.isalpha() for ch in label) and own else 0.0

    def _weight(self, word: str) -> float:
        accents = self.one.query.accents
        return self.rarity.of(word if accents else fold(word), accents=accents)


def cell_words(one: Scorer, rarity: Rarity) -> CellWords:
    """Return the words of a question ready for looking up rows and columns."""
    spoken = keys(one.query.text)
    exact = frozenset(spoken) | {word for token in spoken for sense in senses(token) for word in sense}
    return CellWords(one, rarity, exact, frozenset(map(fold, exact)), frozenset(pairwise(map(fold, spoken))))
