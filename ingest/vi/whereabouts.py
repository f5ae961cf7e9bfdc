"""Which place a quantity is of: the one named before it, or the one carried."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.vi.places import bare_name, listed_type, type_of
from ingest.vi.quantities import Quantity
from ingest.vi.scene import Scene


@dataclass(frozen=True, slots=True)
class Told:
    """``here``: the place of the quantity before; ``outer``: that outside the bracket, or of the sentence's start."""

    here: str | None
    outer: str | None
    in_brackets: bool


def place_of(scene: Scene, sentence: int, start: int, quantity: Quantity, told: Told) -> str | None:
    """Return the place of a quantity; its clause starts at ``start``, its sentence at ``sentence``. None for none."""
    name = scene.place_before(start, quantity.start)
    if quantity.unit_start == quantity.end:
        return _listed(scene, sentence, start, quantity, told, name)
    if name is not None:
        return name
    opened = scene.text[start : quantity.start].strip(" ,(") if told.in_brackets else ""
    return (bare_name(opened[:-1]) if opened.endswith(":") else None) or told.here


def _listed(scene: Scene, sentence: int, start: int, quantity: Quantity, told: Told, name: str | None) -> str | None:
    """Return the place of a bare number of a list: "(xã A 12, B 9, nơi khác 4)", "Theo xã: A 12, B 9"."""
    words = bare_name(scene.text[start : quantity.start].strip(" ,;:("))
    kind = listed_type(scene.low[sentence : quantity.start])
    if not kind and told.here != told.outer:
        kind = type_of(told.here or "")
    return f"{kind} {words}" if words is not None and kind else name or told.outer
