"""What one reading of a report has of another: sections, footnotes, table rows and figures, one by one.

The first reading is the original's; the second that of the same report in another format. Each piece of the original is
found (the same), wrong (there, but something of it is not the same) or missing; what only the second has is extra.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from eval.formats_text import letters, likeness, pairs
from ingest.chunk import make_passages
from ingest.domain import Figure, Footnote, Passage, Report, Section, SectionKind, Span
from ingest.figures import report_figures
from ingest.parse.read import read_report
from ingest.vi.reading import read

_SAME_SENTENCE = 0.6  # two readings of one sentence: misread letters, a note mark taken for a letter
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report as read from one file, with everything that would be indexed."""

    report: Report
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece that is not the same. ``verdict``: "missing", "extra" or "wrong" (then ``fields`` says what of it)."""

    verdict: str
    original: str
    other: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of piece counted: ``total`` in the original, of them ``found`` the same; the rest one by one."""

    kind: str
    total: int
    found: int
    differences: tuple[Difference, ...]

    def count(self, verdict: str) -> int:
        """Return how many differences have this verdict."""
        return sum(one.verdict == verdict for one in self.differences)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.kind, self.total + other.total, self.found + other.found, (*self.differences, *other.differences)
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece to compare: ``key`` what must be the same, by field; ``shown`` for people."""

    key: Mapping[str, str]
    shown: str


def parsed(data: bytes, *, name: str) -> Parsed:
    """Return the reading of one file. Raises what ``read_report`` raises."""
    report = read_report(data, name=name)
    passages = make_passages(report, key=name)
    found = report_figures(report, passages)
    return Parsed(report, passages, tuple(figure for one in passages for figure in found[one.id]))


def compare(original: Parsed, other: Parsed) -> tuple[Tally, ...]:
    """Return the tallies of sections, footnotes, table rows and figures, in this order."""
    return (
        _sections(original.report, other.report),
        _in_order("footnotes", _notes(original.report), _notes(other.report), _alike_notes),
        _in_order("table rows", _rows(original.report), _rows(other.report), _alike_rows),
        _figures(original, other),
    )


def readable(report: Report) -> str:
    """Return the report's words in one order for every format: its sections, its tables, then its notes.

    Note marks, emphasis and line breaks are out: what is left of two good readings is the same text.
    """
    drop = [note.mark for note in report.footnotes if note.mark]
    pieces: list[tuple[Span, ...]] = [(one.heading,) for one in report.sections if one.heading]
    pieces += [one.spans for one in report.paragraphs]
    pieces += [row.cells for table in report.tables for row in table.rows]
    notes = [note.spans for note in _placed(report)]
    ordered = [*sorted(set(pieces), key=lambda spans: spans[0].start), *notes]
    return "\n".join(filter(None, (read(report.text, spans, drop=drop).text for spans in ordered)))


def _sections(original: Report, other: Report) -> Tally:
    """Compare section trees: a section is the same when it and what it stands under are.

    Where a heading is misread or gone, what stands under it is wrong only if it hangs elsewhere.
    """
    ours, theirs = _headed(original), _headed(other)
    partner = {
        ours[i].id: theirs[j].id for i, j in pairs(ours, theirs, partial(_alike_sections, original.text, other.text))
    }
    partner[0] = 0
    by_id = {one.id: one for one in theirs}
    differences = []
    for one in ours:
        match = by_id.get(partner.get(one.id, -1))
        if match is None:
            differences.append(Difference("missing", _path(original, one), ""))
            continue
        fields = [name for name in ("kind", "marker", "title") if _part(one, name) != _part(match, name)]
        if partner.get(one.parent or 0) != match.parent:
            fields.append("place")
        if fields:
            differences.append(Difference("wrong", _path(original, one), _path(other, match), tuple(fields)))
    found = len(ours) - len(differences)
    taken = set(partner.values())
    differences += [Difference("extra", "", _path(other, one)) for one in theirs if one.id not in taken]
    return Tally("sections", len(ours), found, tuple(differences))


def _headed(report: Report) -> list[Section]:
    return [one for one in report.sections if one.kind is not SectionKind.ROOT]


def _part(section: Section, name: str) -> str:
    return letters(str(getattr(section, name)))


def _alike_sections(text: str, other_text: str, one: Section, other: Section) -> float:
    ours, theirs = _part(one, "title"), _part(other, "title")
    if not ours and not theirs:  # a header or a signature has no title of its own
        return float(one.kind is other.kind)
    return likeness(ours, theirs)


def _path(report: Report, section: Section) -> str:
    names = []
    at: Section | None = section
    while at is not None and at.parent is not None:
        names.append(f"{at.marker} {at.title}".strip() or at.kind.value)
        at = report.sections[at.parent]
    return " / ".join(reversed(names))


def _notes(report: Report) -> list[_Piece]:
    return [
        _Piece(
            {
                "label": note.label,
                "bound word": letters(_word_before(report.text, note.mark.start)) if note.mark else "",
                "text": letters(read(report.text, note.spans).text),
            },
            f"{note.label} ({_word_before(report.text, note.mark.start) if note.mark else '-'}): "
            + read(report.text, note.spans).text,
        )
        for note in _placed(report)
    ]


def _placed(report: Report) -> list[Footnote]:
    """Return the notes, those typed below tables last: text and PDF have them in between, Word before its own."""
    return sorted(report.footnotes, key=lambda note: note.label.startswith("("))


def _word_before(text: str, offset: int) -> str:
    """Return the last word before ``offset``, "" at the beginning."""
    found = _WORD.findall(text[max(0, offset - 60) : offset])
    return found[-1] if found else ""


def _alike_notes(one: _Piece, other: _Piece) -> float:
    return likeness(one.key["text"], other.key["text"]) + 0.1 * (one.key["label"] == other.key["label"])


def _rows(report: Report) -> list[_Piece]:
    """Return every table row, the heads as a row of their own."""
    found = []
    for table in report.tables:
        listed = [table.columns] if any(table.columns) else []
        listed += [tuple(cell.of(report.text) for cell in row.cells) for row in table.rows]
        for cells in listed:
            key = {f"column {number}": letters(cell) for number, cell in enumerate(cells, start=1) if letters(cell)}
            found.append(_Piece(key, " | ".join(" ".join(cell.split()) for cell in cells)))
    return found


def _alike_rows(one: _Piece, other: _Piece) -> float:
    return likeness(" ".join(one.key.values()), " ".join(other.key.values()))


def _in_order(
    kind: str, ours: Sequence[_Piece], theirs: Sequence[_Piece], alike: Callable[[_Piece, _Piece], float]
) -> Tally:
    matched = pairs(ours, theirs, alike)
    differences = [
        Difference("wrong", ours[i].shown, theirs[j].shown, fields)
        for i, j in matched
        if (fields := _changed(ours[i].key, theirs[j].key))
    ]
    found = len(matched) - len(differences)
    left, right = {i for i, _ in matched}, {j for _, j in matched}
    differences += [Difference("missing", one.shown, "") for i, one in enumerate(ours) if i not in left]
    differences += [Difference("extra", "", one.shown) for j, one in enumerate(theirs) if j not in right]
    return Tally(kind, len(ours), found, tuple(differences))


def _changed(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*one, *other)) if one.get(name, "") != other.get(name, ""))


def _figures(original: Parsed, other: Parsed) -> Tally:
    """Compare figures as multisets; of what is left, those of one sentence are the same figure read differently."""
    ours = [_figure(original.report, one) for one in original.figures]
    theirs = [_figure(other.report, one) for one in other.figures]
    both = Counter(_counted(one) for one in ours) & Counter(_counted(one) for one in theirs)
    found = both.total()
    left, right = _without(ours, both), _without(theirs, both)
    differences = []
    # First the number itself still the same, then anything else of the sentence.
    for same in (("value", "unit"), ("value",), ("unit", "indicator", "role"), ("unit",)):
        for one in tuple(left):
            match = _nearest(one, [two for two in right if all(one.key[name] == two.key[name] for name in same)])
            if match is not None:
                left.remove(one)
                right.remove(match)
                fields = tuple(name for name in _changed(one.key, match.key) if name != "sentence")
                differences.append(Difference("wrong", one.shown, match.shown, fields))
    differences += [Difference("missing", one.shown, "") for one in left]
    differences += [Difference("extra", "", one.shown) for one in right]
    return Tally("figures", len(ours), found, tuple(differences))


def _figure(report: Report, figure: Figure) -> _Piece:
    period = figure.period
    key = {
        "value": f"{figure.value.normalize():f}" + (f"/{figure.whole.normalize():f}" if figure.whole else ""),
        "unit": letters(figure.unit),
        "role": figure.role.value,
        "period": repr(period) if period else "",
        "place": letters(figure.place or ""),
        "indicator": letters(figure.indicator),
        "sentence": letters(figure.sentence.of(report.text)),
    }
    when = "-" if period is None else f"{period.kind.value} {period.year or ''}{_months(figure)}"
    sentence = " ".join(figure.sentence.of(report.text).split())
    return _Piece(
        key,
        f"{' '.join(figure.text.split())} [{figure.role.value}; {when}; {figure.place or '-'}; {figure.indicator}]"
        f" < {sentence[:160]}",
    )


def _months(figure: Figure) -> str:
    period = figure.period
    if period is None or period.first_month is None:
        return ""
    return f" {period.first_month}-{period.last_month}"


def _counted(piece: _Piece) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in piece.key.items() if name != "sentence")


def _without(pieces: Iterable[_Piece], taken: Counter[tuple[tuple[str, str], ...]]) -> list[_Piece]:
    """Return the pieces that are left when ``taken`` of each kind are out."""
    out: defaultdict[tuple[tuple[str, str], ...], int] = defaultdict(int)
    left = []
    for one in pieces:
        key = _counted(one)
        out[key] += 1
        if out[key] > taken[key]:
            left.append(one)
    return left


def _nearest(piece: _Piece, others: Sequence[_Piece]) -> _Piece | None:
    scored = [(likeness(piece.key["sentence"], one.key["sentence"]), one) for one in others]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _SAME_SENTENCE else None
