"""Asking the extractive engine about reports given as text; shared by the tests of answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.chunk import make_passages, marks
from ingest.domain import Span
from ingest.figures import report_figures
from ingest.parse.read import read_report
from service.answer.candidates import Material
from service.answer.extractive import answer
from service.answer.grids import Grid, lay_open
from service.answer.opening import view
from service.answer.tokens import Bag, bag, rarity
from service.answer.views import PassageView
from service.domain import Abstention, Draft, Hit, ReportRef
from service.understand.places import place_names, vocabulary
from service.understand.question import understand


def ask(question: str, *texts: str, doubtful: Sequence[str] = ()) -> Draft | Abstention:
    """Return what is answered from ``texts``, each a report with its own number; ``doubtful``: words read unclearly."""
    names = {name for text in texts for name in place_names(read_report(text.encode(), name="r.txt").text)}
    return answer(understand(question, places=vocabulary(names)), opened(*texts, doubtful=doubtful)).result


def opened(*texts: str, doubtful: Sequence[str] = ()) -> Material:
    """Return all passages of ``texts``, each a report with its own number, in the order they stand."""
    hits: list[Hit] = []
    views: list[PassageView] = []
    bags: list[Bag] = []
    tables: list[tuple[ReportRef, Grid]] = []
    for n, text in enumerate(texts):
        report = read_report(text.encode(), name="r.txt")
        starts = sorted((report.text.index(words), len(words)) for words in doubtful if words in report.text)
        report = replace(report, doubtful=tuple(Span(start, start + length) for start, length in starts))
        passages = make_passages(report, key=f"k{n}")
        figures = report_figures(report, passages)
        meta = report.meta
        ref = ReportRef(f"r{n}", f"v{n}", meta.title, meta.issuer, meta.number, meta.area, meta.period, "")
        for passage in passages:
            own = figures.get(passage.id, ())
            views.append(view(passage, own, text=report.text, marks=marks(report)))
            hits.append(Hit(len(hits) + 1, 1.0, ref, passage, own))
            bags.append(bag(passage.text, passage.context))
        known = {one.passage.id: one for one in views}
        for section in sorted({table.section for table in report.tables}):
            tables += [(ref, grid) for grid in lay_open(report, passages, known.get, section=section)]
    return Material(tuple(hits), tuple(views), rarity(bags), lambda: tuple(tables))
