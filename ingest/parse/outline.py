"""A report's tree as indented text, for goldens and for reading with one's own eyes."""

from __future__ import annotations

from collections import Counter, defaultdict

from ingest.domain import ParagraphKind, Report


def outline(report: Report) -> str:
    """Return one line a section: indent, kind, marker, title, then counts of what stands directly in it.

    ``p`` paragraphs, ``b`` bullets, ``rows`` table rows without heads, ``notes`` labels marked in it. Issues follow.
    """
    kinds: dict[int, Counter[ParagraphKind]] = defaultdict(Counter)
    notes: dict[int, list[str]] = defaultdict(list)
    rows: Counter[int] = Counter()
    for paragraph in report.paragraphs:
        kinds[paragraph.section][paragraph.kind] += 1
    for footnote in report.footnotes:
        notes[footnote.section].append(footnote.label if footnote.mark else f"{footnote.label}?")
    for table in report.tables:
        rows[table.section] += len(table.rows)
    lines = []
    for section in report.sections:
        counts = kinds[section.id]
        parts = [
            f"p{counts[ParagraphKind.TEXT]}" if counts[ParagraphKind.TEXT] else "",
            f"b{counts[ParagraphKind.BULLET]}" if counts[ParagraphKind.BULLET] else "",
            f"rows {rows[section.id]}" if rows[section.id] else "",
            f"notes {','.join(notes[section.id])}" if notes[section.id] else "",
        ]
        name = " ".join(part for part in (section.marker, section.title) if part)
        found = " ".join(part for part in parts if part)
        head = f"{'  ' * section.level}{section.kind.value}"
        lines.append(
            " ".join(part for part in (head, f"“{name}”" if name else "", f"[{found}]" if found else "") if part)
        )
    lines += [f"! {issue.severity.value} {issue.code}" for issue in report.issues]
    return "\n".join(lines) + "\n"
