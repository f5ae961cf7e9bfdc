"""Figures of a paragraph: every quantity with its indicator, role, period, place, base and hedge.

Rules are those of how reports are worded, never of one report; the walk over a sentence is ``ingest.vi.walk``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.domain import Figure, Reading, Span
from ingest.vi.findings import Finding
from ingest.vi.openings import Defaults, Known
from ingest.vi.quantities import Quantity
from ingest.vi.scene import Scene, lay_out
from ingest.vi.walk import Walk


def find_figures(
    reading: Reading,
    *,
    canonical: str,
    defaults: Defaults,
    skip: Sequence[Span] = (),
) -> tuple[Figure, ...]:
    """Return the figures of a paragraph's reading, in order; () for none.

    ``defaults``: what is told outside it. ``skip``: canonical spans whose digits are no figures.
    ``figure.span.of(canonical) == figure.text`` always; ``sentence`` and ``clause`` are cut to the piece that holds
    the figure. A range ("7,5-8%") has its lower end as ``value``.
    """
    if not any(ch.isdigit() for ch in reading.text):
        return ()
    scene = lay_out(reading, skip)
    paragraph = Known(period=defaults.period, place=defaults.place)
    figures: list[Figure] = []
    for sentence in scene.sentences:
        inside = [q for q in scene.quantities if sentence[0] <= q.start < sentence[1]]
        walk = Walk(scene, sentence, inside, defaults, paragraph)
        for quantity, finding in walk.findings():
            figure = _figure(reading, canonical, scene, sentence, quantity, finding)
            if figure is not None:
                figures.append(figure)
        paragraph = walk.paragraph
    return tuple(figures)


def _figure(
    reading: Reading, canonical: str, scene: Scene, sentence: tuple[int, int], quantity: Quantity, finding: Finding
) -> Figure | None:
    spans = reading.spans(quantity.start, quantity.end)
    if not spans:
        return None
    span = spans[0]
    piece = next(piece for piece in reading.pieces if piece.covers(span))
    return Figure(
        span=span,
        text=span.of(canonical),
        value=-quantity.value if finding.negative else quantity.value,
        unit=quantity.unit,
        role=finding.role,
        indicator=finding.indicator,
        clause=_in_piece(reading, scene.clause_at(sentence, quantity.start, quantity.end), piece, span),
        sentence=_in_piece(reading, sentence, piece, span),
        period=finding.period,
        place=finding.place,
        whole=quantity.whole,
        base=finding.base,
        hedge=finding.hedge,
    )


def _in_piece(reading: Reading, stretch: tuple[int, int], piece: Span, otherwise: Span) -> Span:
    """Return the part of a stretch that stands in the same piece as the figure: it can be quoted letter by letter."""
    return next((span for span in reading.spans(*stretch) if piece.covers(span)), otherwise)
