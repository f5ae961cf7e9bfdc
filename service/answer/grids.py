"""A table laid open for questions about its rows: labels, cells, figures by column, and what leads to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.domain import ParagraphKind, Passage, PassageKind, Report, Table
from ingest.table_rows import Layout, depth_of_row, is_total, layout_of, plain_label
from ingest.vi.reading import read
from service.answer.tokens import Bag, bag
from service.answer.views import FigureView, PassageView

_LEAD_CHARS = 400  # of the paragraph above a table, its end
_PART_SIGNS = ("-", "–", "+", "•", "trong đó", "Trong đó")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: ``label`` without numbering, ``cells`` as read, ``figures`` by column; ``sums_up``: of the others.

    ``leaf``: neither a sum nor a group with rows of its own nor a part of the row above ("Trong đó: ..."); ``groups``:
    the labels of the groups it stands in, outermost first.
    """

    view: PassageView
    label: str
    cells: tuple[str, ...]
    figures: Mapping[int, FigureView]
    sums_up: bool
    leaf: bool = True
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``heads`` by column, ``label`` the column that names the rows, ``path`` the headings above it.

    ``lead``: ``caption`` and the end of the paragraph above it; ``level``: its rows stand beside each other, none below
    another, so that they can be listed and compared; ``about``: the words of lead, path and the head over the labels;
    ``whole``: those of all heads and labels; ``values``: the columns that are neither numbering, units nor labels.
    """

    section: int
    heads: tuple[str, ...]
    label: int
    rows: tuple[GridRow, ...]
    lead: str
    caption: str
    path: tuple[str, ...]
    level: bool
    about: Bag
    whole: Bag
    values: frozenset[int]

    @property
    def members(self) -> tuple[GridRow, ...]:
        """The rows that are no sum of the others."""
        return tuple(row for row in self.rows if not row.sums_up)

    @property
    def leaves(self) -> tuple[GridRow, ...]:
        """The rows that stand beside each other and can be listed and compared; () where they cannot be told apart."""
        found = tuple(row for row in self.rows if row.leaf)
        return found if len({row.label for row in found}) == len(found) else ()


def lay_open(
    report: Report, passages: Sequence[Passage], view: Callable[[str], PassageView | None], *, section: int
) -> tuple[Grid, ...]:
    """Return the tables of a section of ``report`` in order, those with fewer than two rows that can be cited left out.

    ``view`` opens a passage by its id.
    """
    rows = {p.spans[0]: p for p in passages if p.kind is PassageKind.TABLE_ROW and p.section == section}
    found: list[Grid] = []
    for table in report.tables:
        if table.section != section:
            continue
        layout = layout_of(report.text, table)
        made: list[tuple[GridRow, int | None]] = []
        for number, row in enumerate(table.rows):
            passage = rows.get(row.span)
            opened = view(passage.id) if passage is not None else None
            if opened is not None and (one := _row(report.text, table, layout, number, opened)).label:
                made.append((one, depth_of_row(report.text, row, layout)))
        if len(made) > 1:
            found.append(_grid(report, table, layout, made))
    return tuple(found)


def _row(text: str, table: Table, layout: Layout, number: int, view: PassageView) -> GridRow:
    row = table.rows[number]
    cells = tuple(read(text, [cell]).text.strip(" *") for cell in row.cells)
    figures: dict[int, FigureView] = {}
    for figure in view.figures:
        column = next((n for n, cell in enumerate(row.cells) if cell.covers(figure.figure.span)), None)
        if column is not None:
            figures.setdefault(column, figure)
    at = layout.labels[-1]
    label = plain_label(cells[at]) if at < len(cells) else ""
    # A sum has its name where there is room, be it in the place of a number: "| Cộng | | 27 |".
    named = next((cell for cell in cells if is_total(cell)), "")
    return GridRow(view, label or named, cells, figures, bool(named))


def _grid(report: Report, table: Table, layout: Layout, made: Sequence[tuple[GridRow, int | None]]) -> Grid:
    path = made[0][0].view.passage.section_path
    lead = " ".join(part for part in (table.caption, _paragraph_above(report, table)) if part)
    at = layout.labels[-1]
    members = [(row, depth) for row, depth in made if not row.sums_up]
    beside = len({depth for _, depth in members}) == 1 and len(layout.labels) == 1
    parts = any(row.cells[at].startswith(_PART_SIGNS) for row, _ in members)
    rows = _placed(made, at) if len(layout.labels) == 1 else [replace(row, leaf=False) for row, _ in made]
    return Grid(
        section=table.section,
        heads=table.columns,
        label=at,
        rows=tuple(rows),
        lead=lead,
        caption=table.caption,
        path=path,
        level=beside and not parts and len({row.label for row, _ in members}) == len(members),
        about=bag(lead, table.columns[at] if at < len(table.columns) else "", *path),
        whole=bag(*table.columns, *(row.label for row, _ in made)),
        values=frozenset(n for n in range(len(table.columns)) if layout.holds_values(n)),
    )


def _placed(made: Sequence[tuple[GridRow, int | None]], at: int) -> list[GridRow]:
    """Return the rows with what they are in their table; ``at``: the column of labels.

    A row without a number among numbered ones belongs to the one above; a numbered one is a group where a deeper one
    follows.
    """
    numbered = [depth for row, depth in made if depth is not None and not row.sums_up]
    above: list[tuple[int, str]] = []
    found: list[GridRow] = []
    for n, (row, depth) in enumerate(made):
        part = row.cells[at].startswith(_PART_SIGNS) or (depth is None and bool(numbered))
        if row.sums_up or part:
            found.append(replace(row, leaf=False))
            continue
        own = depth if depth is not None else 0
        below = next((d for other, d in made[n + 1 :] if d is not None and not other.sums_up), None)
        above = [group for group in above if group[0] < own]
        deeper = below is not None and below > own
        found.append(replace(row, leaf=not deeper, groups=tuple(label for _, label in above)))
        above += [(own, row.label)] if deeper else []
    return found


def _paragraph_above(report: Report, table: Table) -> str:
    """Return the end of the paragraph above a table, in its section, caption and unit line left out; "" for none."""
    start = (table.heads or table.rows)[0].span.start
    own = (p for p in report.paragraphs if p.section == table.section and p.spans and p.spans[-1].end <= start)
    for paragraph in reversed(list(own)):
        if paragraph.kind is ParagraphKind.TABLE_ROW:
            return ""
        text = read(report.text, paragraph.spans).text.strip(" *")
        if text not in table.caption and text not in table.unit:
            return text[-_LEAD_CHARS:]
    return ""
