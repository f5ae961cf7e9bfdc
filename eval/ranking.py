"""Learning the weights of ``service.answer.ranker`` from question sets: ``python -m eval.ranking``.

Each question with a figure for an answer gives one list: the figures the engine may choose from, the right ones
marked, and "none of them" (right where the reports do not say). The loss is the softmax over the list, with a Gaussian
prior on the weights; the fit is a convex problem and has one solution, so there is nothing to seed.
Tuning sets only: the check half must stay unseen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.asking import EVALUATOR
from eval.compare import is_amount, says
from eval.fresh import BUNDLED, ELSEWHERE, UNSEEN, fresh_services, report_files, set_file
from eval.outcome import ReportText, Target, is_named, targets
from eval.questions import Kind, Question, load, set_hash
from ingest.domain import Span
from service.answer.features import FEATURES, features
from service.answer.phrases import short_figure
from service.answer.query_words import scorer
from service.answer.scoring import eligible, may_hold
from service.ask import AskService
from service.domain import Ask, Filters, Mode, Query, Want
from service.ports import Services

Floats = npt.NDArray[np.float64]
# Kinds whose answer is not one figure chosen from those at hand.
_OTHER = frozenset((Kind.COMPUTED, Kind.FOLLOW_UP, Kind.MULTI_FIGURE, Kind.FALSE_PREMISE, Kind.YES_NO, Kind.COMPARISON))
PRIOR = 0.002  # precision of the prior on each weight, per question
UNANSWERABLE_WORTH = 1.5  # a wrong number is worse than none, and there are fewer of these questions
BEREFT_WORTH = 0.1  # questions whose answer was taken away: many, and made ones
_ROUNDS = 60
_OUT = Path(__file__).parents[1] / "service" / "answer" / "ranker.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """One question: ``values`` (figures x features), ``right`` (figures) marks the gold ones, none where unanswerable.

    ``said`` (figures): those that read like an accepted answer, wherever they stand. ``worth``: weight in the loss.
    """

    question: Question
    values: Floats
    right: npt.NDArray[np.bool_]
    said: npt.NDArray[np.bool_]
    worth: float = 1.0


def listed(questions: Iterable[Question], services: Services) -> Iterator[Listed]:
    """Yield the lists of the questions that ask for one figure, without those whose gold figure is out of reach."""
    engine = services.asker
    if not isinstance(engine, AskService):
        raise TypeError("the lists are made by the engine itself, not by a language model in its place")
    stored = [
        (one.report_id, one.name, services.catalogue.load(one.version_id)) for one in services.catalogue.visible()
    ]
    texts = tuple(ReportText(report_id, name, version.report.text) for report_id, name, version in stored)
    for question in questions:
        numeric = any(is_amount(answer) for answer in question.answers) or not question.answerable
        if question.kind in _OTHER or question.after or not numeric:
            continue
        one = _list(question, engine, texts)
        if one is not None and (one.right.any() or not question.answerable):
            yield one


def _list(question: Question, engine: AskService, texts: Sequence[ReportText]) -> Listed | None:
    about = next((one.report_id for one in texts if question.report and is_named(question.report, one.name)), None)
    filters = Filters(report_ids=(about,)) if about else Filters()
    request = Ask(question.question, None, filters, Mode.EXTRACTIVE)
    query, material = engine.looked_at(request, principal=EVALUATOR)
    if not _asks_for_a_figure(query):
        return None
    one = scorer(query, material.rarity)
    gold = targets(question.evidence, texts)
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    said: list[bool] = []
    for hit, view in zip(material.hits, material.views, strict=True):
        for figure in eligible(one, hit, view) if may_hold(one, view) else ():
            rows.append(features(one, hit, view, figure, rarity=material.rarity))
            short = short_figure(figure.figure, before=view.reading.text[: figure.at.start])
            stands = _inside(hit.report.report_id, figure.figure.span, gold)
            said.append(any(says(short or figure.figure.text, answer) for answer in question.answers))
            right.append(stands and said[-1])
    values = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))
    worth = 1.0 if question.answerable else UNANSWERABLE_WORTH
    return Listed(question, values, np.array(right, dtype=np.bool_), np.array(said, dtype=np.bool_), worth)


def bereft(lists: Iterable[Listed]) -> Iterator[Listed]:
    """Yield the answerable questions once more as if their reports did not say: without any figure that would do.

    There are few questions that the reports do not answer, and the nearest wrong figure is what must not be given.
    """
    for one in lists:
        if one.right.any():
            rest = ~(one.right | one.said)
            none = np.zeros(int(rest.sum()), dtype=np.bool_)
            yield Listed(one.question, one.values[rest], none, none, BEREFT_WORTH)


def _asks_for_a_figure(query: Query) -> bool:
    asked = query.want is Want.FIGURE or (query.want is Want.TEXT and (query.role is not None or bool(query.unit)))
    return asked and bool(query.terms) and not query.meta_field and not query.others


def _inside(report_id: str, span: Span, gold: Iterable[Target]) -> bool:
    return any(
        target.report_id == report_id and any(span.start < s.end and s.start < span.end for s in target.spans)
        for target in gold
    )


def fit(lists: Sequence[Listed]) -> tuple[Floats, float]:
    """Return one weight per feature and the score of "none of them", by Newton's method on the penalised loss."""
    size = len(FEATURES) + 1
    weights = np.zeros(size)
    lists = [*lists, *bereft(lists)]
    for _ in range(_ROUNDS):
        slope = PRIOR * len(lists) * weights
        bend = PRIOR * len(lists) * np.eye(size)
        for one in lists:
            values, right = _with_none(one)
            chance = softmax(values @ weights)
            wanted = np.where(right, chance, 0.0)
            wanted /= wanted.sum()
            slope += one.worth * values.T @ (chance - wanted)
            bend += one.worth * ((values.T * chance) @ values - np.outer(values.T @ chance, values.T @ chance))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights[:-1], float(weights[-1])


def _with_none(one: Listed) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Add the row of "none of them", whose only feature is itself."""
    count = len(one.values)
    values = np.zeros((count + 1, len(FEATURES) + 1))
    values[:count, :-1] = one.values
    values[count, -1] = 1.0
    return values, np.append(one.right, not one.right.any())


def softmax(scores: Floats) -> Floats:
    """Return the chances (n,) of ``scores`` (n,), n > 0; they sum to 1."""
    raised = np.exp(scores - scores.max())
    result: Floats = raised / raised.sum()
    return result


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of the answerable questions chosen right, wrong and refused; of the others, how many were answered."""

    answerable: int
    right: float
    wrong: float
    refused: float
    unanswerable: int
    answered: int


def judge(lists: Sequence[Listed], weights: Floats, none: float) -> Outcome:
    """Return what the weights choose on the lists; all zeros for no lists."""
    right = wrong = refused = answered = 0
    for one in lists:
        scores = one.values @ weights
        best = int(scores.argmax()) if len(scores) else -1
        taken = best >= 0 and scores[best] > none
        if not one.question.answerable:
            answered += int(taken)
        elif not taken:
            refused += 1
        else:
            right += bool(one.right[best])
            wrong += not one.right[best]
    asked = sum(one.question.answerable for one in lists)
    of = asked or 1
    return Outcome(asked, right / of, wrong / of, refused / of, len(lists) - asked, answered)


def cross_validated(lists: Sequence[Listed], *, folds: int = 5) -> Outcome:
    """Return what is chosen on each fifth of the lists (every fifth question) with weights of the other four."""
    chosen: list[Outcome] = []
    for fold in range(folds):
        held = [one for at, one in enumerate(lists) if at % folds == fold]
        weights, none = fit([one for at, one in enumerate(lists) if at % folds != fold])
        chosen.append(judge(held, weights, none))
    asked = sum(one.answerable for one in chosen)
    of = asked or 1
    return Outcome(
        answerable=asked,
        right=sum(one.right * one.answerable for one in chosen) / of,
        wrong=sum(one.wrong * one.answerable for one in chosen) / of,
        refused=sum(one.refused * one.answerable for one in chosen) / of,
        unanswerable=sum(one.unanswerable for one in chosen),
        answered=sum(one.answered for one in chosen),
    )


def learn(sets: Sequence[tuple[Path, Sequence[Path]]], out: Path) -> tuple[Outcome, Outcome]:
    """Fit the weights to question sets with their reports, write them to ``out``, tell how they choose.

    Returns what they choose on the sets themselves and in five-fold cross-validation. Raises ``SetInvalid``,
    ``IngestError``, ``OSError``.
    """
    lists: list[Listed] = []
    for path, reports in sets:
        with fresh_services(reports) as services:
            lists += listed(load([path]), services)
    weights, none = fit(lists)
    stored = {
        "questions": len(lists),
        "set_sha256": set_hash(path for path, _ in sets),
        "none": round(none, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
    }
    out.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    return judge(lists, weights, none), cross_validated(lists)


def tuning_sets(description: str | None, *, out: Path) -> tuple[tuple[tuple[Path, tuple[Path, ...]], ...], Path]:
    """Read the command line of a learning command: the sets with their reports, and the file to write."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--reports", type=Path, action="append", required=True, help="file or folder, several times")
    parser.add_argument("--out", type=Path, default=out)
    given = parser.parse_args()
    own = [(set_file(name), reports()) for name, reports in BUNDLED.items() if name not in UNSEEN]
    real = [(set_file(name), report_files(given.reports)) for name in ELSEWHERE]
    return (*own, *real), given.out


def main() -> None:
    """Learn from every set but the unseen ones; ``--reports`` names the real reports."""
    sets, out = tuning_sets(main.__doc__, out=_OUT)
    fitted, validated = learn(sets, out)
    print(f"fitted to  {fitted}")
    print(f"5-fold     {validated}")


if __name__ == "__main__":
    main()
