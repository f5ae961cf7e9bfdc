"""Made-up tables of fictional places, with the figures that a careful reader takes from each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.ingest.parse.word_files import cell, docx, para, run

TOP, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@dataclass(frozen=True, slots=True)
class Expected:
    """One cell: as printed, its value, unit, period ("năm 2020"), words of its indicator, place, its note's label."""

    text: str
    value: str
    unit: str
    period: str
    words: tuple[str, ...] = ()
    place: str = "huyện Vân Trạch"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file with one table: ``name`` of its layout, file name, bytes and cells."""

    name: str
    file: str
    data: bytes
    cells: tuple[Expected, ...]


HEAD = ("BÁO CÁO", "Tình hình kinh tế - xã hội năm 2020 huyện Vân Trạch")


def over(columns: int) -> str:
    """Return the settings of a cell over several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def row(*texts: str) -> str:
    """Return the cells of a plain Word row."""
    return "".join(cell(text) for text in texts)


def word(*body: str, parts: dict[str, str] | None = None) -> bytes:
    """Return a Word report of ``body`` under a title and one heading."""
    title = "".join(para(run(line, "<w:b/>"), settings='<w:jc w:val="center"/>') for line in HEAD)
    return docx(title + para("I. KẾT QUẢ THỰC HIỆN") + "".join(body), parts)


def typed(*lines: str) -> bytes:
    """Return a text report of ``lines`` under a title and one heading."""
    return "\n".join([*HEAD, "", "I. KẾT QUẢ THỰC HIỆN", "", *lines, ""]).encode()


def bars(*rows: Sequence[str]) -> list[str]:
    """Return rows as ``| a | b |``, a rule behind the first."""
    lines = [f"| {' | '.join(one)} |" for one in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def number(text: str) -> str:
    """Return the value of a number in Vietnamese style."""
    return text.replace(".", "").replace(",", ".")


def across(
    label: str, texts: Sequence[str], units: Sequence[str], periods: Sequence[str], **more: tuple[str, ...] | str
) -> Iterator[Expected]:
    """Yield the cells of one row; "-" and "" are none."""
    words = more.pop("words", (label,))
    for text, unit, period in zip(texts, units, periods, strict=True):
        if text not in ("", "-"):
            yield Expected(text, number(text), unit, period, words, **more)  # type: ignore[arg-type]
