"""The measures: one formula, one function. All return 0.0 to 1.0; no answer at all scores 0.0.

Sources: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), chapter 8, for retrieval; Voorhees,
The TREC-8 Question Answering Track Report (1999) for the reciprocal rank; Rajpurkar, Jia, Liang, Know What You Don't
Know (ACL 2018) for questions without an answer; Gao et al., Enabling LLMs to Generate Text with Citations (EMNLP 2023)
for citation measures. Answers are compared by the rules of ``eval.compare``.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from math import ceil

from eval.compare import same_wording, says
from service.domain import Status


def hit_at_k(relevant: Sequence[bool], *, k: int) -> float:
    """Return 1 if any of the first ``k`` passages is relevant (success@k): max(rel_1 .. rel_k)."""
    return float(any(relevant[:k]))


def all_at_k(ranks: Sequence[int | None], *, k: int) -> float:
    """Return 1 if every piece of evidence has a passage among the first ``k``; 0 for no pieces.

    ``ranks``: for each piece the 1-based rank of the first passage that holds it, None for none.
    """
    return float(bool(ranks) and all(rank is not None and rank <= k for rank in ranks))


def reciprocal_rank(relevant: Sequence[bool], *, k: int = 10) -> float:
    """Return 1/r for the 1-based rank r of the first relevant passage, 0 when r > k or there is none. Mean: MRR@k."""
    return next((1 / rank for rank, one in enumerate(relevant[:k], start=1) if one), 0.0)


def answer_correct(given: str, accepted: Iterable[str]) -> float:
    """Return 1 if the answer says what one of the accepted ones says (values with units, or folded words)."""
    return float(any(says(given, one) for one in accepted))


def short_answer_exact(given: str | None, accepted: Iterable[str]) -> float:
    """Return 1 if the short answer is written as one of the accepted ones; 0 for no short answer."""
    return float(given is not None and any(same_wording(given, one) for one in accepted))


def first_citation_correct(supported: Sequence[bool]) -> float:
    """Return 1 if the first citation overlaps gold evidence in the right report; 0 without citations."""
    return float(bool(supported) and supported[0])


def any_citation_correct(supported: Sequence[bool]) -> float:
    """Return 1 if any citation overlaps gold evidence in the right report; 0 without citations."""
    return float(any(supported))


def quotes_exact(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of (quote, text[start:end]) pairs that are equal; 0 for no pairs."""
    return mean(float(quote == original and quote != "") for quote, original in pairs)


def refused(status: Status | None) -> float:
    """Return 1 for "not found" or "which one do you mean", 0 for an answer and for a crash (None)."""
    return float(status in (Status.NOT_FOUND, Status.CLARIFY))


def asked_back(status: Status | None) -> float:
    """Return 1 for "which one do you mean" alone: an answer would be a guess, "not found" untrue."""
    return float(status is Status.CLARIFY)


def false_answer(status: Status | None) -> float:
    """Return 1 if a question that the reports do not answer was answered."""
    return float(status is Status.ANSWERED)


def false_refusal(status: Status | None) -> float:
    """Return 1 if a question that the reports answer was not answered; a crash (None) leaves the asker without too."""
    return float(status is not Status.ANSWERED)


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean, 0 for no values."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def percentile(values: Iterable[float], share: int) -> float:
    """Return the nearest-rank percentile (1 to 100). Raises IndexError for no values."""
    ordered = sorted(values)
    return ordered[max(ceil(share / 100 * len(ordered)), 1) - 1]


def bootstrap_interval(values: Sequence[float], *, seed: int, rounds: int = 1000) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean over ``rounds`` resamples (Efron 1979); (0, 0) for no values."""
    if not values:
        return 0.0, 0.0
    draw = random.Random(seed)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[min(int(0.975 * rounds), rounds - 1)]
