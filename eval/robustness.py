"""What came of asking again and of feeding the guard, as tables; texts only where they are asked for."""

from __future__ import annotations

from rich.console import Console

from eval.asked_again import Retyped
from eval.guarding import Campaign
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


def show_guarded(done: Campaign, console: Console, *, missed: bool) -> None:
    """Print a row for each kind of draft fed to the guard; ``missed``: also false ones shown and true ones stopped."""
    rows: list[tuple[str, ...]] = [("kind", "draft", "fed", "stopped", "stopped %")]
    for kind, true, fed, stopped in done.rows():
        rows.append((kind, "true" if true else "false", str(fed), str(stopped), percent(stopped, fed)))
    print_rows(rows, console)
    console.print(f"drafts: {done.drafts}, seed: {done.seed}", highlight=False)
    if missed:
        for one in done.fed:
            if one.stopped == one.true:
                what = "true, stopped" if one.true else "false, shown"
                console.print(f"[{one.kind}: {what}] {one.text}", soft_wrap=True, markup=False, highlight=False)


def percent(count: int, of: int) -> str:
    """Return a share in per cent with one decimal, "-" of nothing."""
    return f"{100 * count / of:.1f}" if of else "-"
