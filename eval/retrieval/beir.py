"""Sets as BEIR writes them and rankings as TREC does: so that others' tools read ours and ours reads others' sets.

A BEIR folder has ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and
``qrels/test.tsv`` (a head line, then question, document and grade between tabs). A TREC run has a line for each hit:
question, ``Q0``, document, rank, score, name of the run; a TREC qrels file: question, 0, document, grade.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.questions import SetInvalid
from eval.retrieval.measures import Qrels, as_scores
from eval.retrieval.running import Measured
from eval.retrieval.searching import Found
from eval.retrieval.sets import RetrievalSet

_HEAD = ("query-id", "corpus-id", "score")


def read_beir(folder: Path, *, split: str = "test") -> RetrievalSet:
    """Return the set in ``folder``, called by the folder's name; a title becomes the document's context.

    Questions without a relevant document are left out (they can only score 0 or be undefined). Raises ``SetInvalid``
    for a folder that is not such a set, ``OSError`` for a file that cannot be read.
    """
    documents: dict[str, str] = {}
    contexts: dict[str, str] = {}
    for row in _rows(folder / "corpus.jsonl"):
        name, title = _text(row, "_id", folder), str(row.get("title") or "")
        documents[name] = _text(row, "text", folder)
        if title:
            contexts[name] = title
    asked = {_text(row, "_id", folder): _text(row, "text", folder) for row in _rows(folder / "queries.jsonl")}
    qrels = {
        qid: {name: grade for name, grade in grades.items() if name in documents and grade > 0}
        for qid, grades in _tsv(folder / "qrels" / f"{split}.tsv").items()
    }
    wanted = {qid: grades for qid, grades in qrels.items() if qid in asked and grades}
    if not wanted:
        raise SetInvalid(f"{folder}: không có câu hỏi nào có đoạn đúng trong kho")
    return RetrievalSet(folder.name, {qid: asked[qid] for qid in wanted}, documents, wanted, contexts)


def write_beir(one: RetrievalSet, folder: Path, *, split: str = "test") -> None:
    """Write the set to ``folder`` (made where missing; files of these names are replaced). Raises ``OSError``."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    corpus = ({"_id": name, "title": one.contexts.get(name, ""), "text": text} for name, text in one.documents.items())
    _write_rows(folder / "corpus.jsonl", corpus)
    _write_rows(folder / "queries.jsonl", ({"_id": qid, "text": text} for qid, text in one.queries.items()))
    lines = (f"{qid}\t{name}\t{grade}" for qid, grades in one.qrels.items() for name, grade in grades.items())
    _write_lines(folder / "qrels" / f"{split}.tsv", ["\t".join(_HEAD), *lines])


def write_trec_qrels(qrels: Qrels, path: Path) -> None:
    """Write the grades as a TREC qrels file. Raises ``OSError``."""
    _write_lines(path, (f"{q} 0 {name} {grade}" for q, grades in qrels.items() for name, grade in grades.items()))


def read_trec_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Return the grades of a TREC qrels file. Raises ``SetInvalid``, ``OSError``."""
    qrels: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        qid, _, name, grade = _cells(line, 4, path)
        qrels.setdefault(qid, {})[name] = _grade(grade, path)
    return qrels


def write_trec_run(run: Mapping[str, Found], path: Path, *, name: str) -> None:
    """Write the rankings as a TREC run. Raises ``OSError``.

    The score falls by 1 from rank to rank: tools sort by it and not by the rank, and break ties by document id.
    """
    _write_lines(
        path,
        (
            f"{qid} Q0 {document} {rank} {score:g} {name}"
            for qid, found in run.items()
            for rank, (document, score) in enumerate(as_scores(found).items(), start=1)
        ),
    )


def read_trec_run(path: Path) -> dict[str, Found]:
    """Return the rankings of a TREC run, highest score first. Raises ``SetInvalid``, ``OSError``."""
    run: dict[str, Found] = {}
    for line in _lines(path):
        qid, _, document, _, score, _ = _cells(line, 6, path)
        try:
            run.setdefault(qid, []).append((document, float(score)))
        except ValueError as error:
            raise SetInvalid(f"{path}: điểm không phải số: {line}") from error
    return {qid: sorted(found, key=lambda hit: -hit[1]) for qid, found in run.items()}


def export(sets: Iterable[Sequence[RetrievalSet]], folder: Path) -> None:
    """Write each set to a folder of its own under ``folder``, a set of several parts to ``NAME-1``, ``NAME-2`` ..."""
    for parts in sets:
        for number, one in enumerate(parts, start=1):
            write_beir(one, folder / (one.name if len(parts) == 1 else f"{one.name}-{number}"))


def write_results(results: Iterable[Measured], folder: Path) -> None:
    """Write each ranking to ``folder`` as SET.SEARCHER.run, SET.no-accents.SEARCHER.run without accents."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in results:
        middle = ".no-accents" if one.bare else ""
        write_trec_run(one.run, folder / f"{one.name}{middle}.{one.searcher}.run", name=one.searcher)


def _tsv(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(path)):
        cells = line.split("\t")
        if number == 0 and cells[-1] == _HEAD[-1]:
            continue
        if len(cells) != len(_HEAD):
            raise SetInvalid(f"{path}: dòng không đủ {len(_HEAD)} cột: {line}")
        qrels.setdefault(cells[0], {})[cells[1]] = _grade(cells[2], path)
    return qrels


def _grade(text: str, path: Path) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise SetInvalid(f"{path}: mức liên quan không phải số nguyên: {text}") from error


def _cells(line: str, count: int, path: Path) -> list[str]:
    cells = line.split()
    if len(cells) != count:
        raise SetInvalid(f"{path}: dòng không đủ {count} cột: {line}")
    return cells


def _text(row: Mapping[str, object], key: str, folder: Path) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise SetInvalid(f"{folder}: thiếu {key}")
    return value


def _rows(path: Path) -> Iterator[dict[str, object]]:
    for line in _lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise SetInvalid(f"{path}: không phải JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise SetInvalid(f"{path}: mỗi dòng phải là một đối tượng JSON")
        yield row


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines that are not blank. A text may hold odd line ends, so only the newline counts as one."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield line.rstrip("\r\n")


def _write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    _write_lines(path, (json.dumps(row, ensure_ascii=False) for row in rows))


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
