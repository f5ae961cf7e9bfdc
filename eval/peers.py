"""What other tools make of the same files, run by their own interpreter: ``python eval/peers.py --runs N FILE...``.

Stands alone (standard library only) so that it runs where the project is not installed and they are. Writes one JSON
object a line: ``peer``, ``version``, ``file``, ``seconds`` and ``cpu`` (of each run after one to warm up) and ``text``,
or ``problem`` instead of the last three. Importing a tool is not in its time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

Extract = Callable[[Path], str]
Spent = tuple[float, float]


def now() -> Spent:
    """Return the clock and the processor seconds of this process and its children so far."""
    return perf_counter(), sum(os.times()[:4])


def since(begun: Spent) -> Spent:
    """Return the seconds waited and used since ``begun``."""
    wall, cpu = now()
    return wall - begun[0], cpu - begun[1]


def docling() -> Extract:
    """Word files only: its PDF pipeline wants layout models from a hub."""
    converter = import_module("docling.document_converter").DocumentConverter()
    return lambda path: str(converter.convert(path).document.export_to_markdown())


def markitdown() -> Extract:
    """Everything to Markdown; plug-ins off, as by default."""
    converter = import_module("markitdown").MarkItDown()
    return lambda path: str(converter.convert(str(path)).text_content)


def python_docx() -> Extract:
    """Paragraphs and table cells in the order of the body, the usual few lines."""
    document = import_module("docx").Document
    table = import_module("docx.table").Table

    def extract(path: Path) -> str:
        lines: list[str] = []
        for item in document(str(path)).iter_inner_content():
            rows = [[cell.text for cell in row.cells] for row in item.rows] if isinstance(item, table) else []
            lines += [" | ".join(cells) for cells in rows] if rows else [str(getattr(item, "text", ""))]
        return "\n".join(lines)

    return extract


def pypdf() -> Extract:
    """The text of each page."""
    reader = import_module("pypdf").PdfReader
    return lambda path: "\n".join(page.extract_text() for page in reader(str(path)).pages)


def pdfplumber() -> Extract:
    """The text of each page, sorted by place."""
    open_pdf = import_module("pdfplumber").open

    def extract(path: Path) -> str:
        with open_pdf(str(path)) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)

    return extract


# Peer -> (its package, how it is made, the formats it is asked to read).
PEERS: dict[str, tuple[str, Callable[[], Extract], frozenset[str]]] = {
    "docling": ("docling", docling, frozenset((".docx", ".html"))),
    "markitdown": ("markitdown", markitdown, frozenset((".docx", ".pdf", ".html"))),
    "python-docx": ("python-docx", python_docx, frozenset((".docx",))),
    "pypdf": ("pypdf", pypdf, frozenset((".pdf",))),
    "pdfplumber": ("pdfplumber", pdfplumber, frozenset((".pdf",))),
}


def main(arguments: list[str]) -> None:
    """Run every peer that is installed over the files it reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    for name, (package, make, suffixes) in PEERS.items():
        files = [path for path in given.files if path.suffix in suffixes]
        try:
            told: dict[str, Any] = {"peer": name, "version": version(package)}
            extract = make()
        except (PackageNotFoundError, ImportError) as error:
            print(json.dumps({"peer": name, "version": "", "file": "", "problem": f"not installed ({error})"}))
            continue
        for path in files:
            print(json.dumps({**told, "file": str(path), **timed(extract, path, given.runs)}), flush=True)


def timed(extract: Extract, path: Path, runs: int) -> dict[str, object]:
    """Return the seconds of each run and the text, or the problem."""
    spent: list[Spent] = []
    text = ""
    for run in range(runs + 1):
        begun = now()
        try:
            text = extract(path)
        except (OSError, RuntimeError, ValueError) as error:
            return {"problem": f"{type(error).__name__}: {error}"}
        if run:
            spent.append(since(begun))
    seconds, cpu = zip(*spent, strict=True)
    return {"seconds": seconds, "cpu": cpu, "text": text}


if __name__ == "__main__":
    main(sys.argv[1:])
