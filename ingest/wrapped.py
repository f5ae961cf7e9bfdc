"""Hard line breaks: lines that a page's width cut out of one paragraph, put together again for reading figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.domain import Paragraph, ParagraphKind, Report

# Lines this long were broken by a width; shorter ones are items of a list, longer ones whole paragraphs.
_WRAPPED_CHARS = range(48, 141)
_ENDED = re.compile(r"[.;:!?…][\"”»)*]*\s*$")
_GOES_ON = re.compile(r"[a-zà-ỹđ%,;)(\d]")


def unwrapped(report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs of ``report`` without table rows, in order; lines that go on are pieces of the first."""
    held: Paragraph | None = None
    for paragraph in report.paragraphs:
        if paragraph.kind is ParagraphKind.TABLE_ROW:
            continue
        if held is not None and _goes_on(report, held, paragraph):
            held = replace(held, spans=(*held.spans, *paragraph.spans))
            continue
        if held is not None:
            yield held
        held = paragraph
    if held is not None:
        yield held


def _goes_on(report: Report, held: Paragraph, following: Paragraph) -> bool:
    """Tell whether ``following`` is the next line of ``held``: no blank line, no bullet, no new section between."""
    last, first = held.spans[-1], following.spans[0]
    between = report.text[last.end : first.start]
    if following.section != held.section or following.kind is not ParagraphKind.TEXT:
        return False
    if last.end > first.start or between.strip() or between.count("\n") > 1:
        return False
    line, begins = last.of(report.text), first.of(report.text)
    if not _ENDED.search(line):
        return bool(_GOES_ON.match(begins)) or len(line) in _WRAPPED_CHARS
    return not line.rstrip().endswith(":") and len(line) in _WRAPPED_CHARS
