"""Districts that made reports are about: real names where a gazetteer is given, made-up ones elsewhere."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

DISTRICTS = "pre2025_quan_huyen.json.gz"
COMMUNES = "pre2025_xa_phuong.json.gz"
FEWEST_COMMUNES = 5
# Parts of names as villages have them; two together make a name.
_FIRST = ("An", "Bình", "Cẩm", "Chí", "Đại", "Đông", "Hòa", "Hưng", "Lạc", "Long", "Minh", "Mỹ", "Nam", "Phú", "Phúc")
_SECOND = (
    "Châu",
    "Điền",
    "Giang",
    "Hải",
    "Khê",
    "Lâm",
    "Lộc",
    "Ngãi",
    "Phong",
    "Sơn",
    "Thạch",
    "Thủy",
    "Trạch",
    "Xuân",
)
_MADE_DISTRICTS = 700


@dataclass(frozen=True, slots=True)
class Home:
    """A district with its province and communes: bare names, ``kind`` the district's type in lower case."""

    name: str
    kind: str
    province: str
    communes: tuple[str, ...]


def homes(gazetteer: Path | None, *, seed: int) -> tuple[Home, ...]:
    """Return districts in an order of their own for each seed.

    ``gazetteer``: a folder with ``DISTRICTS`` and ``COMMUNES``; None (or one without them): made-up names.
    Raises ``OSError``, ``ValueError`` for damaged files.
    """
    found = gazetteer is not None and all((gazetteer / name).is_file() for name in (DISTRICTS, COMMUNES))
    made = _written(gazetteer) if found and gazetteer is not None else _made(Random(seed))
    Random(seed).shuffle(made)
    return tuple(made)


def _written(folder: Path) -> list[Home]:
    communes: defaultdict[str, list[str]] = defaultdict(list)
    for one in _read(folder / COMMUNES):
        if not one["name"].isdigit():  # "Phường 5" has no name to change to
            communes[one["parent_code"]].append(one["name"])
    return [
        Home(
            name=one["name"],
            kind=one["name_with_type"].removesuffix(one["name"]).strip().lower(),
            province=one["path"].rsplit(", ", 1)[-1],
            communes=tuple(communes[one["code"]]),
        )
        for one in _read(folder / DISTRICTS)
        if len(communes[one["code"]]) >= FEWEST_COMMUNES and not one["name"].isdigit()
    ]


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(json.load(file).values())


def _made(chance: Random) -> list[Home]:
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    return [
        Home(
            name=f"{chance.choice(_FIRST)} {chance.choice(names)}",
            kind="huyện",
            province=f"{chance.choice(_SECOND)} {chance.choice(_SECOND)}",
            communes=tuple(chance.sample(names, 20)),
        )
        for _ in range(_MADE_DISTRICTS)
    ]
