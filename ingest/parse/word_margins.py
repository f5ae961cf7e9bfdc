"""What stands around the text of a Word file: page headers and footers, comments, macros. Not part of the report."""

from __future__ import annotations

from ingest.parse.word_package import W, WordPackage
from ingest.parse.word_runs import RunReader


def read_margins(package: WordPackage, runs: RunReader) -> tuple[str, ...]:
    """Return the lines of page headers and footers; what is left out with them is counted in ``runs.unread``.

    Only a stamp of secrecy in them matters. What is hidden in them does not.
    """
    apart = RunReader(runs.styles)
    lines = []
    for kind in ("header", "footer"):
        for root in package.parts(kind):
            apart.fields.begin_part(root)
            for paragraph in root.iter(f"{W}p"):
                line = "".join(piece.text for piece in apart.read(paragraph)).strip()
                lines.append(line)
                runs.unread.headers += sum(ch.isalpha() for ch in line)
            apart.boxes.clear()
    comments = package.part("comments")
    runs.unread.comments = sum(1 for _ in comments.iter(f"{W}comment")) if comments is not None else 0
    runs.unread.macros = package.has_macros
    return (*lines, *apart.word_art)
