"""What trying a setting gives, and how the settings tried are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from eval.reporting import print_rows
from eval.retrieval.measures import HIT, NDCG

_HEADS = ("cách", HIT, NDCG, f"{HIT} không dấu", f"{NDCG} không dấu")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means over all questions, 0 to 1, with accents and without."""

    name: str
    hit: float
    ndcg: float
    bare_hit: float
    bare_ndcg: float

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row of a table."""
        return (self.name, *(f"{value:.4f}" for value in (self.hit, self.ndcg, self.bare_hit, self.bare_ndcg)))


def show_outcomes(outcomes: Iterable[Outcome], console: Console) -> None:
    """Print a row for each: a table on a terminal, plain columns elsewhere."""
    rows = [one.cells for one in outcomes]
    if not console.is_terminal:
        print_rows([_HEADS, *rows], console)
        return
    table = Table()
    table.add_column(_HEADS[0], no_wrap=True)
    for head in _HEADS[1:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def outcomes_as_dicts(outcomes: Iterable[Outcome]) -> list[dict[str, object]]:
    """Return the outcomes for JSON."""
    return [asdict(one) for one in outcomes]
