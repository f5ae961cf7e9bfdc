"""Why a claim or a short answer may not be shown: what of it its evidence does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.domain import Figure, FigureRole, PassageKind
from ingest.vi.normalise import fold, has_accents, unify
from ingest.vi.periods import find_periods
from service.domain import Claim, Evidence, FigureClaim
from service.ground.numbers import Quantity, agrees, not_among, quantities, quantity_of, unsupported, without_marks
from service.ground.periods import foreign_periods
from service.ground.wording import misplaced, turned, unlike
from service.understand.places import bare_name, place_names

Texts = Callable[[str], str]  # version id -> canonical text


def faults(
    claim: Claim,
    evidence: Mapping[int, Evidence],
    *,
    texts: Texts,
    computed: Sequence[str] = (),
    figures: Sequence[FigureClaim] = (),
) -> list[str]:
    """Return why a claim may not be shown, [] when it may: codes with the offending words.

    ``computed``: results of shown arithmetic, allowed beside the quotes; its words are the engine's own. ``figures``:
    those of the draft; of a table row only they may be told, since a row does not say which column a number is of.
    """
    if not claim.evidence or any(i not in evidence for i in claim.evidence):
        return ["citation"]
    cited = [evidence[i] for i in claim.evidence]
    own = [f.figure for f in figures if f.evidence in claim.evidence]
    quotes = [without_marks(quote_of(e, texts)) for e in cited]
    found = _faults_of(claim.text, cited, quotes, own, computed)
    in_rows = bool(own) and _rows_only(cited)
    if in_rows:
        found += [f"number: {n.text}" for n in not_among(claim.text, [*_told(own), *_labels(cited, own, computed)])]
    if computed:
        return found
    if unlike(claim.text, [*quotes, *_around(cited), *_named(cited)]):
        found.append("words")
    # In a row the words next to a number are those of the cell before it, whatever its column counts.
    return found if in_rows else found + [f"number: {n}" for n in misplaced(claim.text, quotes)]


def short_faults(
    short: str,
    cited: Sequence[Evidence],
    *,
    texts: Texts,
    computed: Sequence[str] = (),
    figures: Sequence[FigureClaim] = (),
) -> list[str]:
    """Return why a short answer may not be shown beside claims that rest on ``cited``, [] when it may.

    It says the draft's ``figures`` where there are any, and nothing but what the quotes say.
    """
    quotes = [without_marks(quote_of(e, texts)) for e in cited]
    own = [one.figure for one in figures]
    found = _faults_of(short, cited, quotes, own, computed)
    if own:
        known = [*_told(own), *(q for text in computed for q in quantities(text))]
        found += [f"number: {n.text}" for n in not_among(short, known)]
        return found if computed else found + [f"number: {n}" for n in _repeated(short, own)]
    return found if computed else found + [f"number: {n}" for n in misplaced(short, quotes)]


def _faults_of(
    text: str, cited: Sequence[Evidence], quotes: Sequence[str], figures: Sequence[Figure], computed: Sequence[str]
) -> list[str]:
    """Return the numbers, directions, periods and places of ``text`` that its evidence does not hold."""
    allowed = [p for e in cited if (p := e.report.period) is not None]
    around = _around(cited)
    said = [*quotes, *computed]
    spare = " ".join([_spare(cited, quotes), *_units_said_once(figures, quotes)])
    # "khám đủ 4 lần" heads a column: its number is no cell's, and what is told of cells is looked at apart.
    names = around if figures and _rows_only(cited) else []
    found = [f"number: {n}" for n in unsupported(text, [*said, *names], spare_units=spare)]
    if not computed:  # the direction of a difference is the arithmetic's own
        found += [f"direction: {d}" for d in turned(text, [*said, *around, *map(_as_told, figures)])]
    periods = foreign_periods(text, quotes, around=around, allowed=allowed, strict=not computed)
    return [*found, *(f"period: {p}" for p in periods), *(f"place: {p}" for p in _foreign_places(text, cited, quotes))]


def _told(figures: Sequence[Figure]) -> list[Quantity]:
    """Return what may be told of figures: as the ingest reads them and as they are written."""
    written = [quantity for one in figures for quantity in quantities(_as_told(one))]
    return [*map(quantity_of, figures), *written]


def _repeated(short: str, figures: Sequence[Figure]) -> list[str]:
    """Return the numbers said of more than there are figures of that value: one took the place of another."""
    outside = [span for span, _ in find_periods(short)]
    said = [q for q in quantities(short, outside=outside) if q.unit]
    held = [_told([one]) for one in figures]
    bad: list[str] = []
    for one in said:
        alike = sum(other.value == one.value and other.unit == one.unit for other in said)
        if alike > max(1, sum(any(agrees(one, known) for known in told) for told in held)):
            bad.append(one.text)
    return bad


def _as_told(figure: Figure) -> str:
    """Return a figure as written, a change with its direction."""
    text = without_marks(figure.text)
    if figure.role is not FigureRole.CHANGE:
        return text
    return f"{'giảm' if figure.value < 0 else 'tăng'} {text}"


def _rows_only(cited: Sequence[Evidence]) -> bool:
    return all(e.passage.kind is PassageKind.TABLE_ROW for e in cited)


def _labels(cited: Sequence[Evidence], figures: Sequence[Figure], computed: Sequence[str]) -> list[Quantity]:
    """Return the numbers that are names: of the row, of its columns and headings."""
    names = [part for one in figures for part in (one.indicator, one.base)]
    return [quantity for text in (*names, *_around(cited), *computed) for quantity in quantities(text)]


def quote_of(evidence: Evidence, texts: Texts) -> str:
    """Return the characters an evidence stands on."""
    return evidence.span.of(texts(evidence.report.version_id))


def _around(cited: Sequence[Evidence]) -> list[str]:
    """Texts around a quote in which its period or place may be named: headings and table header.

    Not the report's title: that names the periods of the tasks to come as well.
    """
    return [part for e in cited for part in (*e.passage.section_path, e.passage.context)]


def _spare(cited: Sequence[Evidence], quotes: Sequence[str]) -> str:
    """Return where the unit of a bare table cell may stand: the table's head, another cell of the row."""
    rows = [q for e, q in zip(cited, quotes, strict=True) if e.passage.kind is PassageKind.TABLE_ROW]
    return " ".join([*(e.passage.context for e in cited), *rows])


def _units_said_once(figures: Sequence[Figure], quotes: Sequence[str]) -> list[str]:
    """Return the units of bare numbers of a list that its total says ("48 lao động (Nhật Bản 29, Ba Lan 05)")."""
    bare = [one for one in figures if one.unit and not any(ch.isalpha() or ch == "%" for ch in one.text)]
    return [one.unit for one in bare if any(f" {fold(one.unit)} " in f" {_words(quote)} " for quote in quotes)]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _named(cited: Sequence[Evidence]) -> list[str]:
    return [f"{e.report.area} {e.report.issuer} {e.report.title}" for e in cited]


def _foreign_places(claim: str, cited: Sequence[Evidence], quotes: Sequence[str]) -> list[str]:
    around = " ".join([*quotes, *_around(cited), *_named(cited)])
    # Accents tell places apart; where a side has none only the letters can.
    read = unify if has_accents(claim) and has_accents(around) else fold
    return [name for name in sorted(place_names(claim)) if read(bare_name(name)) not in read(around)]
