"""What a question without a period is worked out of first: the newest report of the place it is about."""

from __future__ import annotations

from ingest.vi.normalise import fold
from service.answer.candidates import Material, age_key
from service.domain import Query


def of_newest(query: Query, material: Material) -> Material | None:
    """Return the material of the newest report of the best hit's place; None where that leaves nothing out.

    None, too, for a question that names a period or wants them all: it says itself which report is meant.
    """
    if query.period is not None or query.every_period or not material.hits:
        return None
    place = fold(material.hits[0].report.place)
    refs = {hit.report.version_id: hit.report for hit in material.hits if fold(hit.report.place) == place}
    newest = max(refs.values(), key=age_key).version_id
    kept = [at for at, hit in enumerate(material.hits) if hit.report.version_id == newest]
    if len(kept) == len(material.hits):
        return None
    return Material(
        tuple(material.hits[at] for at in kept),
        tuple(material.views[at] for at in kept),
        material.rarity,
        lambda: tuple(table for table in material.tables() if table[0].version_id == newest),
    )
