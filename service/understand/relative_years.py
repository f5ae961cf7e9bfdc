"""A year told from the one spoken of: "quý I năm ngoái" -> "quý I năm 2025"."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold

# "so với quý I năm ngoái" names a base, which the report's own comparison answers.
_RELATIVE = re.compile(
    r"(?<!\w)(?<!so voi )(?<!so )(?<!hon )(?<!ky )"
    r"(?:(?:quy|thang) (?:[ivx]+|\d{1,2})|(?:0?[1-9]|1[0-2]) thang(?: (?:dau|cuoi)(?: nam(?= nam))?)?)(?: cua)?,? "
    r"(?P<year>nam (?P<way>ngoai|truoc|kia|nay|roi))(?!\w)"
)
_BACK = {"ngoai": 1, "truoc": 1, "roi": 1, "kia": 2, "nay": 0}


def years_written(question: str, this_year: int | None) -> str:
    """Return ``question`` with the year in figures where a month or quarter has it told from ``this_year``.

    Unchanged without ``this_year`` and where nothing is told so. Only the words for the year change.
    """
    match = _RELATIVE.search(fold(question)) if this_year is not None else None
    if match is None or this_year is None:
        return question
    named = question[match.start("year") :].split(" ")[0]
    year = f"{named} {this_year - _BACK[match['way']]}"
    return f"{question[: match.start('year')]}{year}{question[match.end('year') :]}"
