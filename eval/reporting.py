"""A run as a table, as JSON and as lines: what was measured, with what, on which data."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.questions import set_hash
from eval.runner import Result, Run
from eval.scoring import LOOSE, OVER, QUOTES, RETRIEVAL, Summary

COLUMNS = (*(name for name in OVER if name not in RETRIEVAL), QUOTES, LOOSE)


def show(run: Run, console: Console) -> None:
    """Print the tables of the run, answers and search: rich on a terminal, plain columns of text elsewhere."""
    _show_table(run.summaries, COLUMNS, "Kết quả trả lời (%)", console)
    searched = [one for one in run.summaries if one.means[RETRIEVAL[0]] is not None]
    if searched:
        _show_table(searched, RETRIEVAL, "Tìm đoạn có đáp án (%)", console)
    low, high = run.interval
    console.print(
        f"right: {_cell(run.total.means['right'])} %, khoảng tin cậy 95 %: {100 * low:.1f} - {100 * high:.1f}"
    )
    loose = [f"{one.question.qid} {number}" for one in run.results for number in one.score.grounding.loose]
    told = f" ({', '.join(loose)})" if loose else ""
    console.print(f"số không có trong trích dẫn: {len(loose)}/{run.numbers}{told}", markup=False, highlight=False)
    for stage, (half, most) in run.stages().items():
        console.print(f"{stage}: p50 {half:.1f} ms, p95 {most:.1f} ms", highlight=False)
    if run.unlocated:
        ids = ", ".join(question.qid for question in run.unlocated)
        console.print(f"Không thấy dẫn chứng trong kho báo cáo, nên tính là sai: {ids}", markup=False)


def _show_table(summaries: Sequence[Summary], columns: Sequence[str], title: str, console: Console) -> None:
    """Print one line for each kind; percentages with one decimal, "-" for none."""
    rows = [(one.name, str(one.questions), *(_cell(one.means[name]) for name in columns)) for one in summaries]
    if not console.is_terminal:
        print_rows([("loại", "n", *columns), *rows], console)
        return
    table = Table(title=title)
    table.add_column("loại", no_wrap=True)
    for name in ("n", *columns):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*row, style="bold" if row is rows[-1] else None)
    console.print(table)


def print_rows(rows: Iterable[Sequence[str]], console: Console) -> None:
    """Print rows of cells, tab-separated, one a line."""
    # Not through rich: it turns tabs into blanks.
    console.file.writelines("\t".join(row) + "\n" for row in rows)


def show_errors(run: Run, console: Console) -> None:
    """Print each question that is not right, with what was expected, what came and where it pointed."""
    for one in run.results:
        if one.score.values["right"] == 1.0:
            continue
        given = one.given
        said = given.error or (given.shown if given.citations or given.short_answer else "")
        lines = [
            f"{one.question.qid} [{one.question.kind}] {one.question.question}",
            f"  đúng ra: {' | '.join(one.question.answers) or 'báo cáo không nêu'}",
            f"  trả lời: {given.status.value if given.status else 'lỗi'} {said}",
        ]
        lines += [f"  dẫn: {' '.join(cited.quote.split())[:160]}" for cited in given.citations[:1]]
        console.print("\n".join(lines), soft_wrap=True, markup=False, highlight=False)


def as_dict(run: Run, sets: Sequence[Path]) -> dict[str, object]:
    """Return the run for JSON: scores with everything needed to get them again."""
    return {
        "questions": len(run.results),
        "sets": [path.name for path in sets],
        "set_sha256": set_hash(sets),
        "seed": run.seed,
        "commit": commit(),
        **run.versions,
        "right_interval_95": list(run.interval),
        "stages_ms": {stage: {"p50": half, "p95": most} for stage, (half, most) in run.stages().items()},
        "numbers": run.numbers,
        "numbers_not_in_quotes": sum(len(one.score.grounding.loose) for one in run.results),
        "unlocated": [question.qid for question in run.unlocated],
        "summary": [{"kind": one.name, "n": one.questions, **one.means} for one in run.summaries],
    }


def write_lines(run: Run, path: Path) -> None:
    """Write one JSON object for each question: what was asked, expected, answered and scored."""
    with path.open("w", encoding="utf-8") as out:
        for one in run.results:
            out.write(json.dumps(_line(one), ensure_ascii=False) + "\n")


def commit() -> str | None:
    """Return the commit of the checkout this code runs from, with "+" when files differ; None outside a checkout."""
    folder = Path(__file__).parent
    try:
        found = _git(folder, "rev-parse", "HEAD")
        return found + ("+" if _git(folder, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _line(one: Result) -> dict[str, object]:
    given = one.given
    return {
        "qid": one.question.qid,
        "kind": one.question.kind.value,
        "question": one.question.question,
        "answers": list(one.question.answers),
        "status": given.status.value if given.status else None,
        "short_answer": given.short_answer,
        "answer": given.answer,
        "citations": [
            {
                "report_id": cited.place.report_id,
                "start": cited.place.spans[0].start,
                "end": cited.place.spans[0].end,
                "footnote": cited.place.footnote,
                "section_path": list(cited.place.section_path),
                "quote": cited.quote,
            }
            for cited in given.citations
        ],
        "loose_numbers": list(one.score.grounding.loose),
        "error": given.error,
        "wall_ms": round(given.wall_ms, 3),
        "timings_ms": dict(given.timings_ms),
        "scores": dict(one.score.values),
    }


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
