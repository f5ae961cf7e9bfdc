"""Flow -> sections, paragraphs and tables, in document order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.domain import Paragraph, ParagraphKind, ParseIssue, Section, SectionKind, Severity, Span, Table
from ingest.parse.blocks import Grid, Para
from ingest.parse.markers import KINDS, Marker
from ingest.parse.plan import Opening, make_plan
from ingest.parse.tables import is_numbered_caption, make_tables
from ingest.parse.zones import Zones
from ingest.vi.reading import read


@dataclass(slots=True)
class Tree:
    """What ``build_tree`` fills, part by part; ``sections[0]`` is the root."""

    text: str
    marks: tuple[Span, ...]
    sections: list[Section]
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    issues: list[ParseIssue] = field(default_factory=list)

    def open(self, parent: int, kind: SectionKind, marker: str, title: str, heading: Span) -> int:
        """Add a section and return its id. Its span is set when all are known."""
        level = self.sections[parent].level + 1
        number = len(self.sections)
        self.sections.append(Section(number, parent, level, kind, marker, title, heading, heading))
        return number

    def add(
        self,
        section: int,
        spans: Sequence[Span],
        kind: ParagraphKind = ParagraphKind.TEXT,
        marker: Marker | None = None,
    ) -> None:
        """Add a paragraph; an empty one is left out."""
        spans = tuple(span for span in spans if span.of(self.text).strip())
        if spans:
            sign, depth = (marker.sign.strip(), marker.depth) if marker else ("", 0)
            self.paragraphs.append(Paragraph(section, kind, spans, sign, depth))


def build_tree(text: str, items: Sequence[Para | Grid], zones: Zones, marks: Sequence[Span]) -> Tree:
    """Return the tree of ``items``; ``marks`` are footnote marks, left out of titles."""
    root = Section(0, None, 0, SectionKind.ROOT, "", "", None, Span(0, len(text)))
    tree = Tree(text, tuple(marks), [root])
    plan = make_plan(items, zones)
    if zones.header_end:
        _fixed(tree, SectionKind.HEADER, items[: zones.header_end])
    ids: dict[int, int] = {-1: 0}
    current, taken, since = 0, -1, zones.header_end
    for number in range(zones.header_end, len(items)):
        if zones.signature and zones.signature[0] <= number < zones.signature[1]:
            if number == zones.signature[0]:
                _fixed(tree, SectionKind.SIGNATURE, items[number : zones.signature[1]])
                current, since = 0, zones.signature[1]
        elif number in plan.openings:
            current = ids[number] = _open(tree, items, plan.openings[number], ids)
            taken = max((number, *plan.openings[number].title_items))
            since = taken + 1
        elif number > taken:
            above = _right_above(items, max(since, number - 5), number)
            _body(tree, items, number, current, plan.markers.get(number), above)
    tree.sections = _with_spans(tree.sections, len(text))
    return tree


def _right_above(items: Sequence[Para | Grid], start: int, end: int) -> list[Para]:
    """Return the paragraphs of ``items[start:end]`` behind the last table among them."""
    found: list[Para] = []
    for item in items[start:end]:
        found = [*found, item] if isinstance(item, Para) else []
    return found


def _fixed(tree: Tree, kind: SectionKind, items: Sequence[Para | Grid]) -> None:
    first = items[0]
    start = first.start if isinstance(first, Para) else first.span.start
    section = tree.open(0, kind, "", "", Span(start, start))
    for item in items:
        if isinstance(item, Para):
            tree.add(section, item.spans)
        else:
            _grid(tree, item, section, ())


def _open(tree: Tree, items: Sequence[Para | Grid], opening: Opening, ids: dict[int, int]) -> int:
    item, placed = items[opening.item], opening.placed
    parent = ids[placed.parent]
    kind = KINDS.get(placed.family, SectionKind.RUN_IN)
    if placed.family == "annex":
        return _open_annex(tree, items, opening, parent)
    if not isinstance(item, Para):
        return parent
    reading, cut, marker = item.reading, opening.cut, placed.marker
    start = reading.offsets[0]
    sign_end = marker.end if marker else 0
    title_end = cut.end if cut else len(reading.text[:sign_end].rstrip())
    heading = Span(start, reading.offsets[max(title_end - 1, 0)] + 1)
    title = ""
    if cut:
        pieces = reading.spans(cut.start, cut.end)
        title = read(tree.text, pieces, drop=tree.marks).text
    for number in opening.title_items:
        following = items[number]
        if isinstance(following, Para):
            title = f"{title} {read(tree.text, following.spans, drop=tree.marks).text}".strip()
            heading = Span(heading.start, following.spans[-1].end)
    section = tree.open(parent, kind, marker.sign.strip() if marker else "", title.strip(" .:*"), heading)
    rest = cut.rest if cut else sign_end
    if rest < len(reading.text):
        tree.add(section, reading.spans(rest, len(reading.text)))
    if placed.odd and marker:
        message = f"Đánh số mục không liên tục: “{marker.sign.strip()} {title[:60]}”."
        tree.issues.append(ParseIssue("numbering", message, Severity.INFO, heading))
    return section


def _open_annex(tree: Tree, items: Sequence[Para | Grid], opening: Opening, parent: int) -> int:
    parts = [items[n] for n in (opening.item, *opening.title_items)]
    first = parts[0]
    if not isinstance(first, Para) or len(first.reading.text) > 200:
        # What follows the signature without a heading of its own.
        start = first.start if isinstance(first, Para) else first.span.start
        section = tree.open(parent, SectionKind.ANNEX, "", "", Span(start, start))
        if isinstance(first, Para):
            tree.add(section, first.spans)
        else:
            _grid(tree, first, section, ())
        return section
    texts = [part.reading.text for part in parts if isinstance(part, Para)]
    last = parts[-1]
    end = last.spans[-1].end if isinstance(last, Para) else first.spans[-1].end
    heading = Span(first.reading.offsets[0], end)
    return tree.open(parent, SectionKind.ANNEX, texts[0].strip(" .:"), " ".join(texts[1:]).strip(" .:"), heading)


def _body(
    tree: Tree,
    items: Sequence[Para | Grid],
    number: int,
    section: int,
    marker: Marker | None,
    above: Sequence[Para],
) -> None:
    item = items[number]
    if isinstance(item, Grid):
        # A caption that is a heading is the table's: what stands below is another's.
        titled = is_numbered_caption(tree.sections[section].title)
        _grid(tree, item, section, above, () if titled else items[number + 1 : number + 4])
        return
    if marker is None and item.block.star:
        marker = Marker("bullet", "*", (0,), 0)
    tree.add(section, item.spans, ParagraphKind.BULLET if marker else ParagraphKind.TEXT, marker)


def _grid(tree: Tree, grid: Grid, section: int, above: Sequence[Para], below: Sequence[Para | Grid] = ()) -> None:
    tree.tables += make_tables(tree.text, grid, section, above, below, tree.marks)
    for row in grid.rows:
        tree.add(section, (row.span,), ParagraphKind.TABLE_ROW)


def _with_spans(sections: Sequence[Section], length: int) -> list[Section]:
    """Set each section's span: from its heading to the next section of its own or a higher level."""
    done = [replace(sections[0], span=Span(0, length))]
    for number, section in enumerate(sections[1:], start=1):
        later = (s for s in sections[number + 1 :] if s.level <= section.level)
        following = next(later, None)
        start = section.heading.start if section.heading is not None else 0
        end = length if following is None or following.heading is None else following.heading.start
        done.append(replace(section, span=Span(start, max(start, end))))
    return done
