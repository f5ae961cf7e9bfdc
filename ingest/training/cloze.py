"""Made questions: what is left of a sentence when an answer and some words are taken out of it.

Real question-passage pairs are few and come from one set. A sentence of a paragraph, with a run of words missing (what
would be asked for), others dropped and a question word put at an end, asks for that paragraph and not for its
neighbours: the cloze idea of Lee et al. 2019 (arXiv:1906.00300) and Lewis et al. 2019 (arXiv:1906.04980).
"""

from __future__ import annotations

import re
from random import Random

QUESTION_WORDS = (
    *("là gì", "là ai", "ai", "bao nhiêu", "có bao nhiêu", "mấy", "khi nào", "năm nào", "ở đâu", "nào", "thế nào"),
    *("như thế nào", "vì sao", "tại sao", "những gì", "gồm những gì", "bằng cách nào", "thuộc", "được gọi là gì"),
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]\w*")
_SENTENCE_END = re.compile(r"(?<=[.!?;]) +(?=\S)")
_FEWEST, _MOST = 7, 45
_LONGEST_ANSWER = 6
_LONGEST_QUESTION = 22
_KEPT = (0.35, 0.85)
_WITH_SUBJECT = 0.4
_WITH_QUESTION_WORD = 0.7
_WITHOUT_SENTENCE = 0.25


def sentences(text: str) -> list[str]:
    """Return the sentences of a unified text a question can be made of; [] for none long enough."""
    return [one for one in _SENTENCE_END.split(text) if _FEWEST <= one.count(" ") + 1 <= _MOST]


def cloze(paragraph: str, *, subject: str, rng: Random) -> tuple[str, str] | None:
    """Return a made question and the paragraph it asks for, both unified; None for fewer than two usable sentences.

    ``subject`` (the article's title) opens some questions, as readers name what they ask about. From one paragraph in
    four the sentence itself is taken out, so that not every question repeats its passage.
    """
    usable = sentences(paragraph)
    if len(usable) < 2:
        return None
    chosen = rng.choice(usable)
    asked = _thinned(_WORD.findall(chosen), rng=rng)
    if len(asked) < 3:
        return None
    if subject and rng.random() < _WITH_SUBJECT:
        asked = [*_WORD.findall(subject), *asked]
    if rng.random() < _WITH_QUESTION_WORD:
        wanted = rng.choice(QUESTION_WORDS).split()
        asked = [*asked, *wanted] if rng.random() < 0.6 else [*wanted, *asked]
    rest = " ".join(one for one in _SENTENCE_END.split(paragraph) if one != chosen)
    return " ".join(asked), rest if rng.random() < _WITHOUT_SENTENCE else paragraph


def _thinned(words: list[str], *, rng: Random) -> list[str]:
    """Return the words without a run of them (the answer), without a random share of the rest, not too many."""
    start = rng.randrange(len(words) or 1)
    rest = words[:start] + words[start + rng.randint(1, _LONGEST_ANSWER) :]
    kept = rng.uniform(*_KEPT)
    chosen = [word for word in rest if rng.random() < kept]
    first = rng.randrange(max(1, len(chosen) - _LONGEST_QUESTION + 1))
    return chosen[first : first + _LONGEST_QUESTION]
