"""Learning the weights of ``service.retrieve.passage_ranker`` from question sets: ``python -m eval.passage_ranking``.

Each answerable question gives one list: the passages found for it, those that hold gold evidence marked. The loss is
the softmax over the list with a Gaussian prior on the weights, as in ``eval.ranking``; nothing is drawn. Questions that
name their report are asked of it alone and, once more, of all. Tuning sets only: the check half must stay unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.asking import EVALUATOR, in_process, place_of
from eval.fresh import fresh_services
from eval.listwise import fit_lists
from eval.metrics import all_at_k, hit_at_k, mean, reciprocal_rank
from eval.outcome import is_named, supports, targets
from eval.questions import Question, load, set_hash
from eval.ranking import Floats, tuning_sets
from service.answer.candidates import Material
from service.answer.query_words import scorer
from service.ask import AskService
from service.domain import Ask, Filters, Mode, Query
from service.ports import Services
from service.retrieve.passage_features import CLOSER, FIRST, closer_look, first_look
from service.retrieve.passage_ranker import CLOSE, PassageRanker

PRIOR = 0.003  # precision of the prior on each weight, per question
REREAD = 2.0  # weight of a text reranker while none is set to learn it with: about that of the search's own order
_DEPTH = 60  # passages of a list
_OUT = Path(__file__).parents[1] / "service" / "retrieve" / "passage_ranker.json"
_NAMES = (*FIRST, *CLOSER)
_SHOWN = ("hit@1", "hit@3", "hit@10", "MRR@10", "all@3")


@dataclass(frozen=True, slots=True)
class Listed:
    """One question: ``values`` (passages x features, in the order of ``_NAMES``) and what its passages hold.

    ``held`` (passages x pieces of gold evidence). ``report``: file name of the one it is asked about; ``everywhere``:
    asked of all reports.
    """

    report: str
    everywhere: bool
    values: Floats
    held: npt.NDArray[np.bool_]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Return which passages (passages,) hold any of the evidence."""
        return np.asarray(self.held.any(axis=1), dtype=np.bool_)


def listed(questions: Iterable[Question], services: Services, *, everywhere: bool) -> Iterator[Listed]:
    """Yield the lists of the answerable questions; ``everywhere``: asked of all reports instead of the one named."""
    engine = services.asker
    if not isinstance(engine, AskService):
        raise TypeError("the lists are made by the engine itself, not by a language model in its place")
    deep = AskService(searcher=replace(engine.searcher, limit=_DEPTH), recorder=services.conversations)
    texts = in_process(services).reports()
    for question in questions:
        if question.answerable:
            about = next((t.report_id for t in texts if question.report and is_named(question.report, t.name)), None)
            filters = Filters(report_ids=(about,)) if about and not everywhere else Filters()
            conversation = None
            for earlier in question.after:
                asked = Ask(earlier, conversation, filters, Mode.EXTRACTIVE)
                conversation = deep.ask(asked, principal=EVALUATOR).conversation_id
            request = Ask(question.question, conversation, filters, Mode.EXTRACTIVE)
            query, material = deep.looked_at(request, principal=EVALUATOR)
            gold = targets(question.evidence, texts)
            places = [place_of(hit) for hit in material.hits]
            held = np.array([[supports(place, (piece,)) for piece in gold] for place in places], dtype=np.bool_)
            report = question.report or question.evidence[0].report
            yield Listed(report, everywhere, _values(query, material), held.reshape(len(places), len(gold)))


def _values(query: Query, material: Material) -> Floats:
    one = scorer(query, material.rarity)
    top = max((hit.score for hit in material.hits), default=0.0)
    rows: list[list[float]] = []
    for hit, view in zip(material.hits, material.views, strict=True):
        seen = first_look(one, hit, view, top=top) | closer_look(one, hit, view, rarity=material.rarity)
        rows.append([seen.get(name, 0.0) for name in _NAMES])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(_NAMES))


def learned(lists: Sequence[Listed]) -> PassageRanker:
    """Return the weights that fit the lists best, those of the first look by themselves."""
    first, closer = fit(lists, len(FIRST)), fit(lists, len(_NAMES))
    return PassageRanker(
        {name: round(float(weight), 4) for name, weight in zip(FIRST, first, strict=True)},
        {name: round(float(weight), 4) for name, weight in zip(_NAMES, closer, strict=True)},
    )


def fit(lists: Iterable[Listed], features: int) -> Floats:
    """Return a weight for each of the first ``features`` features, see ``fit_lists``."""
    return fit_lists(((one.values[:, :features], one.right) for one in lists), features, prior=PRIOR)


def judged(lists: Sequence[Listed], ranker: PassageRanker | None) -> dict[str, float]:
    """Return the mean of the measures ``_SHOWN`` in the order of ``ranker``, of the search itself for None."""
    found = [_measured(one.held[_order(one.values, ranker)]) for one in lists]
    return {name: mean(one[name] for one in found) for name in _SHOWN}


def _order(values: Floats, ranker: PassageRanker | None) -> list[int]:
    if ranker is None:
        return [int(at) for at in np.argsort(-values[:, _NAMES.index("found")], kind="stable")]
    first = values[:, : len(FIRST)] @ np.array([ranker.first[name] for name in FIRST])
    order = [int(at) for at in np.argsort(-first, kind="stable")]
    closer = values @ np.array([ranker.closer[name] for name in _NAMES])
    return [*sorted(order[:CLOSE], key=lambda at: -closer[at]), *order[CLOSE:]]


def _measured(held: npt.NDArray[np.bool_]) -> dict[str, float]:
    relevant = [bool(row.any()) for row in held]
    ranks = [int(piece.argmax()) + 1 if piece.any() else None for piece in held.T]
    return {
        **{f"hit@{k}": hit_at_k(relevant, k=k) for k in (1, 3, 10)},
        "MRR@10": reciprocal_rank(relevant, k=10),
        "all@3": all_at_k(ranks, k=3),
    }


def left_out(lists: Sequence[Listed]) -> Iterator[tuple[str, list[Listed], PassageRanker]]:
    """Yield each report with its lists and the weights learned without any question about it."""
    for report in sorted({one.report for one in lists}):
        rest = [one for one in lists if one.report != report]
        yield report, [one for one in lists if one.report == report], learned(rest)


def learn(sets: Sequence[tuple[Path, Sequence[Path]]], out: Path) -> Iterator[str]:
    """Fit the weights to question sets with their reports, write them to ``out``; yield what there is to tell.

    Raises ``SetInvalid``, ``IngestError``, ``OSError``.
    """
    lists: list[Listed] = []
    for path, reports in sets:
        questions = load([path])
        with fresh_services(reports) as services:
            lists += listed(questions, services, everywhere=False)
            if any(question.report for question in questions):
                lists += listed(questions, services, everywhere=True)
    held_out: list[tuple[Listed, PassageRanker]] = []
    for report, own, ranker in left_out(lists):
        yield _line(f"without {report}", [one for one in own if not one.everywhere], ranker)
        held_out += [(one, ranker) for one in own]
    for everywhere in (False, True):
        these = [one for one in lists if one.everywhere is everywhere]
        name = "everywhere" if everywhere else "own report"
        yield _line(f"{name}, search alone", these, None)
        each = [judged([one], ranker) for one, ranker in held_out if one.everywhere is everywhere]
        yield _told(f"{name}, report left out", len(each), {key: mean(one[key] for one in each) for key in _SHOWN})
        yield _line(f"{name}, fitted", these, learned(lists))
    ranker = learned(lists)
    if not any(one.values[:, _NAMES.index("reread")].any() for one in lists):
        ranker = PassageRanker({**ranker.first, "reread": REREAD}, {**ranker.closer, "reread": REREAD})
    stored = {
        "lists": len(lists),
        "set_sha256": set_hash(path for path, _ in sets),
        "first": dict(ranker.first),
        "closer": dict(ranker.closer),
    }
    out.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def _line(name: str, lists: Sequence[Listed], ranker: PassageRanker | None) -> str:
    return _told(name, len(lists), judged(lists, ranker))


def _told(name: str, count: int, measures: Mapping[str, float]) -> str:
    return "\t".join((f"{name} ({count})", *(f"{key} {100 * value:.1f}" for key, value in measures.items())))


def main() -> None:
    """Learn from every set but the unseen ones; ``--reports`` names the real reports."""
    sets, out = tuning_sets(main.__doc__, out=_OUT)
    for line in learn(sets, out):
        print(line, flush=True)


if __name__ == "__main__":
    main()
