"""The comparison of formats as tables and as JSON; the differences one by one where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console

from eval.formats import Errors, InFormat, Reading, totals
from eval.formats_compare import Tally
from eval.formats_questions import Change, changes, right_answers
from eval.reporting import print_rows
from eval.robustness import percent

_BASE = "txt"  # the format that the scores of the others are held against


def show(results: Sequence[InFormat], console: Console, *, each: bool) -> None:
    """Print what was found in each format, then its scores; ``each``: also every difference and changed question."""
    for group in dict.fromkeys(one.group for one in results):
        here = [one for one in results if one.group == group]
        console.print(f"\n{group}: {', '.join(one.report for one in here[0].readings)}", highlight=False, markup=False)
        print_rows(_found_rows(here), console)
        console.print("")
        print_rows(_score_rows(here), console)
        if each:
            for one in here:
                _show_each(one, base_of(here), console)


def base_of(results: Sequence[InFormat]) -> InFormat:
    """Return the result that the others' scores are held against: the text's, without one the original's."""
    return next((one for one in results if one.format == _BASE), results[0])


def as_dict(results: Sequence[InFormat], seed: int) -> dict[str, object]:
    """Return everything for JSON."""
    groups: dict[str, list[InFormat]] = {}
    for one in results:
        groups.setdefault(one.group, []).append(one)
    return {"seed": seed, "groups": {name: [_one(one, base_of(here)) for one in here] for name, here in groups.items()}}


def _found_rows(results: Iterable[InFormat]) -> Iterable[Sequence[str]]:
    heads = ("sections", "footnotes", "table rows", "figures")
    yield ("định dạng", *(f"{name} %\tthiếu\tthừa\tsai" for name in heads), "chữ sai %", "số sai %", "giây/trang")
    for one in results:
        problem = next((reading.problem for reading in one.readings if reading.problem), "")
        if problem:
            yield (one.format, f"chưa đọc được ({problem})")
            continue
        tallies = totals(one.readings)
        cells = [cell for tally in tallies for cell in _cells(tally)] if tallies else ["-"] * 16
        yield (one.format, *cells, *_errors(one.readings), _pace(one.readings))


def _cells(tally: Tally) -> tuple[str, ...]:
    counts = (str(tally.count(verdict)) for verdict in ("missing", "extra", "wrong"))
    return (percent(tally.found, tally.total), *counts)


def _errors(readings: Iterable[Reading]) -> tuple[str, str]:
    summed = sum((one.errors for one in readings), start=Errors(0, 0, 0, 0))
    return (_share(summed.wrong, summed.total), _share(summed.wrong_digits, summed.digits))


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.2f}" if of else "-"


def _pace(readings: Sequence[Reading]) -> str:
    pages = sum(one.pages for one in readings)
    return f"{sum(one.seconds for one in readings) / pages:.2f}" if pages else "-"


def _score_rows(results: Sequence[InFormat]) -> Iterable[Sequence[str]]:
    asked = [one for one in results if one.asked]
    if not asked:
        return
    base = base_of(asked)
    yield ("định dạng", "n", "right %", "right + cited %", f"so với {base.format}", "câu đổi khác")
    for one in asked:
        if one.asked is None or base.asked is None:
            continue
        cited, against = one.asked.total.means["right"] or 0.0, base.asked.total.means["right"] or 0.0
        answers = right_answers(one.asked) or 0.0
        changed = len(changes(base.asked, one.asked))
        difference = f"{100 * (cited - against):+.1f}"
        count = str(len(one.asked.results))
        yield (one.format, count, f"{100 * answers:.1f}", f"{100 * cited:.1f}", difference, str(changed))


def _show_each(one: InFormat, base: InFormat, console: Console) -> None:
    lines = []
    for reading in one.readings:
        for tally in reading.tallies:
            for it in tally.differences:
                what = f"{it.verdict} ({', '.join(it.fields)})" if it.fields else it.verdict
                shown = " ⇒ ".join(filter(None, (it.original, it.other)))
                lines.append(f"{one.format} {reading.report} {tally.kind} {what}: {shown}")
    if one.asked and base.asked and one is not base:
        lines += [_changed(one.format, change) for change in changes(base.asked, one.asked)]
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def _changed(name: str, change: Change) -> str:
    question = change.after.question
    now = "đúng" if change.after.score.values["right"] == 1.0 else "sai"
    said = change.after.given.shown or change.after.given.error or "không trả lời"
    quote = " ".join(change.after.given.citations[0].quote.split())[:120] if change.after.given.citations else ""
    lost = "" if change.after.targets or not question.answerable else " (không thấy dẫn chứng)"
    return (
        f"{name} {question.qid} {now}{lost}: {question.question} | {' | '.join(question.answers)}"
        f" | trước: {change.before.given.shown} | nay: {said} | dẫn: {quote}"
    )


def _one(one: InFormat, base: InFormat) -> dict[str, object]:
    scores: Mapping[str, object] | None = None
    if one.asked is not None:
        scores = {
            "questions": len(one.asked.results),
            "right": right_answers(one.asked),
            "right_cited": one.asked.total.means["right"],
            "changed": [it.after.question.qid for it in changes(base.asked, one.asked)] if base.asked else [],
            "unlocated": [it.qid for it in one.asked.unlocated],
        }
    return {"format": one.format, "reports": [_reading(reading) for reading in one.readings], "scores": scores}


def _reading(one: Reading) -> dict[str, object]:
    return {
        "report": one.report,
        "problem": one.problem or None,
        "pieces": {tally.kind: _tally(tally) for tally in one.tallies},
        "characters": {"wrong": one.errors.wrong, "of": one.errors.total},
        "digits": {"wrong": one.errors.wrong_digits, "of": one.errors.digits},
        "seconds": round(one.seconds, 3),
        "pages": one.pages,
        "doubtful_figures": one.doubtful,
    }


def _tally(tally: Tally) -> dict[str, object]:
    differences = [
        {"verdict": it.verdict, "original": it.original, "other": it.other, "fields": list(it.fields)}
        for it in tally.differences
    ]
    return {"of": tally.total, "found": tally.found, "differences": differences}
