"""The tables of a measurement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from eval.scale.process import Result

_STAGES = ("embed", "lexical", "index", "total")


def show(result: Result, console: Console) -> None:
    """Print all tables; times in ms as waiting p50 / p95 (mean processor time)."""
    console.print(
        f"{result['sources']} báo cáo gốc, mầm {result['seed']}, {result['queries']} câu hỏi mỗi cách lọc, "
        f"tải máy {result['load']:.1f}; ms: trung vị / phân vị 95 (thời gian bộ xử lý)",
        highlight=False,
    )
    sizes: dict[str, Result] = result["sizes"]
    _table(
        console,
        "Dựng chỉ mục",
        ("passages", "embed/s", "lexical/s", "upsert/s", "MB on disk", "peak MB"),
        map(_built, sizes.items()),
    )
    _table(
        console,
        "Mở và giữ",
        ("passages", "segments", "opened s", "own MB", "mapped MB", "gold in 10 %", "4 asking: ms", "answers/s"),
        map(_held, sizes.items()),
    )
    _table(console, "Tìm", ("passages", "scope", *_STAGES), (row for one in sizes.items() for row in _searched(one)))
    _table(
        console,
        "Gần đúng so với chính xác (chỉ vectơ)",
        ("passages", "vectors", "search", "ms", "recall@10", "@20", "@60", "graph made s"),
        (row for one in sizes.items() for row in _approximated(one)),
    )
    _table(
        console,
        "Cạnh các công cụ khác",
        ("passages", "tool", "passages/s", "own MB", "ms"),
        (row for one in sizes.items() for row in _compared(one)),
    )


def spread(times: Result) -> str:
    """Return "p50 / p95 (cpu)"."""
    return f"{times['p50']:.2f} / {times['p95']:.2f} ({times['cpu']:.2f})"


def _built(one: tuple[str, Result]) -> Sequence[str]:
    size, build = one[0], one[1]["build"]
    rates = [
        f"{int(size) / build['seconds'][stage]['wall']:,.0f} ({int(size) / build['seconds'][stage]['cpu']:,.0f})"
        for stage in ("embed", "lexical", "upsert")
    ]
    return (size, *rates, f"{build['disk_mb']:.0f}", f"{build['memory']['highest']:.0f}")


def _held(one: tuple[str, Result]) -> Sequence[str]:
    size, search = one[0], one[1]["search"]
    before, after, together = search["memory_before"], search["memory"], search["together"]
    return (
        size,
        str(search["segments"]),
        f"{search['open_s']:.2f}",
        f"{after['own'] - before['own']:+.0f}",
        f"{after['mapped'] - before['mapped']:+.0f}",
        f"{100 * search['gold_near']:.0f}",
        f"{together['p50']:.1f} / {together['p95']:.1f}",
        f"{together['a_second']:.0f}",
    )


def _searched(one: tuple[str, Result]) -> Iterable[Sequence[str]]:
    for scope, stages in one[1]["search"]["scopes"].items():
        yield (one[0], scope, *(spread(stages[stage]) for stage in _STAGES))


def _approximated(one: tuple[str, Result]) -> Iterable[Sequence[str]]:
    for vectors, found in one[1].get("approximate", {}).items():
        for name, times in found["times"].items():
            recall = found["recall"][name]
            yield (
                one[0],
                vectors,
                name,
                spread(times),
                *(f"{recall[depth]:.3f}" for depth in ("10", "20", "60")),
                f"{found['made_s']:.1f}",
            )


def _compared(one: tuple[str, Result]) -> Iterable[Sequence[str]]:
    size, found = one
    own, search = found["build"], found["search"]
    seconds = sum(stage["wall"] for stage in own["seconds"].values())
    held = search["memory"]["own"] - search["memory_before"]["own"]
    yield (
        size,
        "ours, hybrid",
        f"{int(size) / seconds:,.0f}",
        f"{held:+.0f}",
        spread(search["scopes"]["any"]["total"]),
    )
    for name, other in found["beside"].items():
        held = other["memory"]["own"] - other["memory_before"]["own"]
        yield (size, name, f"{int(size) / other['seconds']['wall']:,.0f}", f"{held:+.0f}", spread(other["times"]))


def _table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("scope", "tool", "vectors", "search") else "right")
    for row in rows:
        table.add_row(*row)
    if table.rows:
        console.print(table, "", highlight=False)
