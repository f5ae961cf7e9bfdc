"""What came of asking again and of feeding the guard, as tables; texts only where they are asked for."""

from __future__ import annotations

from rich.console import Console

from eval.asked_again import Retyped
from eval.reporting import print_rows


def show_retyped(done: Retyped, console: Console, *, changed: bool) -> None:
    """Print a row for each way of typing; ``changed``: also each text whose first citation became another."""
    rows: list[tuple[str, ...]] = [("cách gõ", "n", "same first citation", "same short answer", "right")]
    for row in done.rows:
        name = row.way.value if row.way else "own form"
        held = (row.same_citation, row.same_short, row.right)
        rows.append((name, str(row.asked), *(percent(count, row.asked) for count in held)))
    print_rows(rows, console)
    console.print(f"seed: {done.seed}", highlight=False)
    if changed:
        for one in done.again:
            if not one.same_citation:
                console.print(f"{one.question.qid} [{one.way}] {one.text}", soft_wrap=True, markup=False)


def percent(count: int, of: int) -> str:
    """Return a share in per cent with one decimal, "-" of nothing."""
    return f"{100 * count / of:.1f}" if of else "-"
