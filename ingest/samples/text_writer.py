"""Sample reports as plain text, the way text comes out of a printed page.

`text_notes: page` drops the note texts where the printed page ended, in the middle of a sentence if need be;
`text_notes: end` marks references as `[1]` and lists the texts at the end of the file.
`text_wrap: 90` breaks paragraphs into lines of at most 90 characters.
"""

import textwrap

from ingest.samples.markup import (
    HEADER_ROWS,
    Block,
    Note,
    PageEnd,
    Paragraph,
    SampleReport,
    Swallowed,
    Table,
    Text,
)

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _TextWriter:
    def __init__(self, report: SampleReport) -> None:
        self._report = report
        self._at_end = report.head["text_notes"] == "end"
        self._wrap = int(report.head.get("text_wrap", "0"))
        self._chunks: list[str] = []
        self._pending: list[Note] = []

    def write(self) -> str:
        self._chunks.append("\n".join(self._head()))
        self._blocks(self._report.body)
        self._chunks.append("\n".join(_signature(self._report)))
        if not self._at_end:
            self._flush_notes()
        self._blocks(self._report.annex)
        self._flush_notes()
        return "\n\n".join(self._chunks) + "\n"

    def _head(self) -> list[str]:
        report = self._report
        return [
            *report.lines("agency"),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"Số: {report.head['number']}",
            report.head["place_date"],
            "",
            "BÁO CÁO",
            *report.lines("summary"),
        ]

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            match block:
                case Paragraph():
                    self._paragraph(block)
                case Table():
                    self._chunks.append(pipe_table(block))
                case PageEnd():
                    self._page_end()

    def _paragraph(self, paragraph: Paragraph) -> None:
        line = ""
        for inline in paragraph.inlines:
            match inline:
                case Text(text):
                    line += text
                case Note(number):
                    self._pending.append(inline)
                    line += self._mark(number)
                case Swallowed(number):
                    line += f" {number}"
                case PageEnd() if not self._at_end:
                    self._add(line)
                    self._page_end()
                    line = ""
        self._add(line)

    def _page_end(self) -> None:
        if not self._at_end:
            self._flush_notes()

    def _flush_notes(self) -> None:
        for note in self._pending:
            self._add(f"{self._mark(note.number)} {note.text}")
        self._pending.clear()

    def _mark(self, number: int) -> str:
        return f"[{number}]" if self._at_end else str(number).translate(_SUPERSCRIPT)

    def _add(self, line: str) -> None:
        line = " ".join(line.split())
        if self._wrap:
            line = textwrap.fill(line, self._wrap, break_long_words=False, break_on_hyphens=False)
        self._chunks.append(line)


def _signature(report: SampleReport) -> list[str]:
    recipients = [f"- {line}" for line in report.lines("recipients")]
    return ["Nơi nhận:", *recipients, *report.lines("signer_title"), report.head["signer"]]


def pipe_table(table: Table) -> str:
    """Return the table as pipe rows, joined cells left empty and a rule under the head."""
    lines = ["| " + " | ".join("" if c in "<^" else c for c in row) + " |" for row in table.rows]
    rule = "|" + " --- |" * len(table.rows[0])
    return "\n".join([*lines[:HEADER_ROWS], rule, *lines[HEADER_ROWS:]])


def to_text(report: SampleReport) -> str:
    """Return the report as plain text."""
    return _TextWriter(report).write()
