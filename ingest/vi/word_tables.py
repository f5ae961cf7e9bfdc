"""Word tables: the text files beside the code, one entry a line, ``#`` opening a comment line."""

from __future__ import annotations

from importlib.resources import files


def entries(package: str, name: str) -> tuple[str, ...]:
    """Return the lines of the table ``name`` of ``package`` in file order, comments and blank lines left out.

    Blanks around a line are cut, tabs kept: a row may end in an empty column. Raises ``FileNotFoundError``.
    """
    lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return tuple(line.strip(" ") for line in lines if line.strip() and not line.startswith("#"))


def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the tab-separated rows of a table as ``entries`` gives its lines. Raises ``FileNotFoundError``."""
    return tuple(tuple(line.split("\t")) for line in entries(package, name))
