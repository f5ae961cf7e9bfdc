"""Which answers are worked out: each way in turn, the first that applies and is certain."""

from __future__ import annotations

from service.answer.candidates import Material
from service.answer.compute.base import base
from service.answer.compute.before_last import before_last
from service.answer.compute.change import change
from service.answer.compute.each import each
from service.answer.compute.newest import of_newest
from service.answer.compute.pair import pair, part_of_whole
from service.answer.compute.past import Stated, past
from service.answer.compute.periods import between_periods
from service.answer.compute.plan import plan, remaining
from service.answer.compute.price import price
from service.answer.compute.rest import rest
from service.answer.compute.set_apart import set_apart
from service.answer.compute.since import since
from service.domain import Abstention, Draft, Query


def computed(query: Query, material: Material, *, stated: Stated) -> Draft | Abstention | None:
    """Return an answer worked out of stated figures; None when the question asks for none or it is not certain.

    An abstention when the nearest stated figure would answer another question ("cùng kỳ năm 2022", "còn ... chưa").

    ``stated`` answers a question from what the reports state, None when they do not: a stated value always comes
    first, and where it differs from the computed one both are in the draft with a warning.
    """
    if query.meta_field or (query.parts and query.marked) or not material.hits:
        return None
    newest = of_newest(query, material)
    for way in (
        set_apart,
        between_periods,
        price,
        base,
        past,
        before_last,
        since,
        rest,
        remaining,
        pair,
        each,
        plan,
        part_of_whole,
        change,
    ):
        first = way(query, newest, stated) if newest is not None and way in (set_apart, pair) else None
        found = first if isinstance(first, Draft) else way(query, material, stated)
        if found is not None:
            return found
    return None
