"""``hoibaocao eval bench``: translation only. Tables and JSON go to standard output, progress to standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from eval.cli_exits import set_exits
from eval.retrieval import showing
from eval.retrieval.beir import export, read_beir, write_results
from eval.retrieval.fusion_trials import try_fusions, ways
from eval.retrieval.lexical_trials import settings, try_settings
from eval.retrieval.named import NAMES, read, usual
from eval.retrieval.own import OwnSearcher, Reranked, Side, edge_indexes, server_indexes
from eval.retrieval.peers import PEERS
from eval.retrieval.public import viquad_dev
from eval.retrieval.rerank_trials import learn_mix, write_mix
from eval.retrieval.running import Measured, measure
from eval.retrieval.searching import Searcher
from eval.retrieval.sets import RetrievalSet, limited
from eval.retrieval.trials import Outcome, outcomes_as_dicts, show_outcomes
from eval.runner import SEED
from eval.scale.beside import TOOLS
from eval.scale.measuring import Plan
from eval.scale.measuring import measure as measure_scale
from eval.scale.showing import show as show_scale
from ingest.embed import load_embedder
from ingest.exit_codes import ExitCode
from ingest.interaction import load_interaction
from ingest.rerank import SHIPPED_RERANKER, load_reranker
from service.cli_exits import complain
from service.settings import Rerank

DATA = Path("../shared/data")
DEPTH = Rerank().depth
KINDS = [*Side, Reranked.name, *PEERS]


@dataclass(frozen=True, slots=True)
class Loading:
    """What ours are made of; None: what the product ships."""

    model: str | None = None
    reranker: str | None = None
    qdrant_url: str | None = None


def make_bench_app() -> typer.Typer:
    """Return the ``eval bench`` group."""
    app = typer.Typer(no_args_is_help=True, help="Đo riêng phần tìm kiếm, cạnh các công cụ khác.")
    app.callback()(lambda: None)
    app.command("retrieval")(bench_retrieval)
    app.command("scale")(bench_scale)
    app.command("lexical")(try_lexical)
    app.command("fusion")(try_fusion)
    app.command("rerank")(try_rerank)
    return app


def bench_retrieval(
    data: Annotated[Path, typer.Option(metavar="THƯ_MỤC", help="Nơi có benchmark/ và train/.")] = DATA,
    reports: Annotated[
        Path | None, typer.Option(metavar="THƯ_MỤC", help="Các báo cáo được hỏi trong reports-tuning, reports-check.")
    ] = None,
    beir: Annotated[list[Path] | None, typer.Option(metavar="THƯ_MỤC", help="Bộ câu hỏi dạng BEIR.")] = None,
    only: Annotated[list[str] | None, typer.Option(help=f"Chỉ các bộ này: {', '.join(NAMES)}.")] = None,
    searchers: Annotated[list[str] | None, typer.Option(help=f"Chỉ các cách tìm này: {', '.join(KINDS)}.")] = None,
    model: Annotated[str | None, typer.Option(help="Mô hình nhúng khác: tên hoặc thư mục.")] = None,
    reranker: Annotated[str | None, typer.Option(help="Mô hình xếp lại khác: tên hoặc thư mục.")] = None,
    qdrant_url: Annotated[str | None, typer.Option(help="Dùng máy chủ Qdrant này thay vì chỉ mục có sẵn.")] = None,
    limit_queries: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu của mỗi bộ.")] = None,
    write_runs: Annotated[Path | None, typer.Option(metavar="THƯ_MỤC", help="Ghi thứ hạng dạng TREC vào đây.")] = None,
    export_beir: Annotated[Path | None, typer.Option(metavar="THƯ_MỤC", help="Ghi các bộ dạng BEIR vào đây.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của khoảng tin cậy.")] = SEED,
) -> None:
    """Tìm trên các bộ câu hỏi bằng cách của ta và bằng các công cụ khác, với câu hỏi có dấu và không dấu."""
    names = _known(only, [] if beir else usual(reports), NAMES)
    chosen = _known(searchers, KINDS, KINDS)
    results: list[Measured] = []
    with _exits():
        sets = [read(name, data=data, reports=reports) for name in names]
        sets += [(read_beir(folder),) for folder in beir or []]
        with _opened(chosen, Loading(model, reranker, qdrant_url)) as ready:
            for parts in sets:
                results += measure(
                    [limited(one, limit_queries) for one in parts],
                    ready,
                    told=_told,
                )
        if export_beir is not None:
            export(sets, export_beir)
        if write_runs is not None:
            write_results(results, write_runs)
    if as_json:
        print(json.dumps(showing.as_dict(results, PEERS, seed=seed), ensure_ascii=False, indent=2))
    else:
        showing.show(results, PEERS, Console(), seed=seed)


def bench_scale(
    sizes: Annotated[str, typer.Option(help="Số đoạn mỗi lần đo, cách nhau bằng dấu phẩy.")] = "1000,10000,100000",
    reports: Annotated[
        list[Path] | None, typer.Option(metavar="ĐƯỜNG_DẪN", help="Thêm các tệp hoặc thư mục báo cáo này làm gốc.")
    ] = None,
    data: Annotated[Path, typer.Option(metavar="THƯ_MỤC", help="Nơi có gazetteer/ để lấy tên địa danh.")] = DATA,
    queries: Annotated[int, typer.Option(min=1, help="Số câu hỏi cho mỗi cách lọc.")] = 300,
    tools: Annotated[
        list[str] | None, typer.Option(help=f"Chỉ đo cạnh các công cụ này: {', '.join(TOOLS)}; “none”: không.")
    ] = None,
    approximate: Annotated[bool, typer.Option(help="Đo cả tìm gần đúng (đồ thị, số một byte).")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của các báo cáo được tạo.")] = SEED,
) -> None:
    """Đo tốc độ, bộ nhớ, dung lượng khi số đoạn tăng: đoạn thật được đổi số liệu, địa danh và kỳ báo cáo."""
    chosen = [] if tools == ["none"] else _known(tools, list(TOOLS), TOOLS)
    screen = Console(stderr=True)
    with _exits():
        plan = Plan(
            sizes=_sizes(sizes),
            queries=queries,
            seed=seed,
            tools=tuple(chosen),
            approximate=approximate,
            reports=tuple(reports or ()),
            places=data / "gazetteer",
        )
        result = measure_scale(plan, told=lambda what: screen.print(what, highlight=False))
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show_scale(result, Console(width=None if Console().is_terminal else 140))


def _sizes(written: str) -> tuple[int, ...]:
    try:
        found = sorted({int(part) for part in written.split(",")})
    except ValueError as error:
        raise typer.BadParameter("Cần các số nguyên, cách nhau bằng dấu phẩy.") from error
    if found[0] < 1:
        raise typer.BadParameter("Số đoạn phải lớn hơn 0.")
    return tuple(found)


def try_lexical(
    data: Annotated[Path, typer.Option(metavar="THƯ_MỤC", help="Nơi có benchmark/ và train/.")] = DATA,
    limit_queries: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Thử các cách tính khác của phần tìm theo từ trên bộ dành để chỉnh (viquad-dev)."""
    with _exits():
        outcomes = try_settings(_tuning(data, limit_queries), list(settings()), told=_told)
    _give(outcomes, as_json=as_json)


def try_fusion(
    data: Annotated[Path, typer.Option(metavar="THƯ_MỤC", help="Nơi có benchmark/ và train/.")] = DATA,
    model: Annotated[str | None, typer.Option(help="Mô hình nhúng khác: tên hoặc thư mục.")] = None,
    limit_queries: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Thử các cách gộp hai thứ hạng (theo nghĩa và theo từ) trên bộ dành để chỉnh (viquad-dev)."""
    with _exits(), _opened([Side.DENSE, Side.LEXICAL], Loading(model)) as (dense, lexical):
        outcomes = try_fusions(_tuning(data, limit_queries), dense, lexical, list(ways()), told=_told)
    _give(outcomes, as_json=as_json)


def try_rerank(
    data: Annotated[Path, typer.Option(metavar="THƯ_MỤC", help="Nơi có benchmark/ và train/.")] = DATA,
    write: Annotated[bool, typer.Option(help="Ghi trọng số học được cạnh mô hình xếp lại có sẵn.")] = False,
    limit_queries: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Học trọng số của mô hình xếp lại có sẵn bên cạnh điểm tìm kiếm, trên bộ dành để chỉnh (viquad-dev)."""
    with _exits(), _opened([Side.HYBRID], Loading()) as (hybrid,):
        reranker = load_interaction(SHIPPED_RERANKER)
        learned = learn_mix(_tuning(data, limit_queries), hybrid, reranker, depth=DEPTH, told=_told)
        if write:
            write_mix(learned, SHIPPED_RERANKER)
    if as_json:
        print(json.dumps({"outcomes": outcomes_as_dicts(learned.outcomes), "mix": learned.mix}, ensure_ascii=False))
    else:
        show_outcomes(learned.outcomes, Console())
        print(json.dumps(learned.mix))


def _tuning(data: Path, questions: int | None) -> RetrievalSet:
    return limited(viquad_dev(data), questions)


def _told(what: str) -> None:
    Console(stderr=True).print(what, highlight=False)


def _give(outcomes: list[Outcome], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcomes_as_dicts(outcomes), ensure_ascii=False, indent=2))
    else:
        show_outcomes(outcomes, Console())


def _known(asked: list[str] | None, default: list[str], known: Iterable[str]) -> list[str]:
    unknown = sorted(set(asked or []) - set(known))
    if unknown:
        raise typer.BadParameter(f"Không có: {', '.join(unknown)}. Có: {', '.join(known)}.")
    return asked or default


@contextmanager
def _opened(names: list[str], given: Loading) -> Iterator[list[Searcher]]:
    """Give the searchers of these names, in this order; ours are closed at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="hoibaocao-bench-")))
        indexes = server_indexes(given.qdrant_url) if given.qdrant_url else edge_indexes(folder)
        embedder = load_embedder(given.model) if set(names) & {*Side, Reranked.name} else None
        ready: list[Searcher] = []
        for name in names:
            if embedder is None or name in PEERS:
                ready.append(PEERS[name]())
                continue
            own = OwnSearcher(Side.HYBRID if name == Reranked.name else Side(name), embedder, indexes)
            stack.callback(own.close)
            if name != Reranked.name:
                ready.append(own)
            elif (reranker := load_reranker(given.reranker)) is not None:
                ready.append(Reranked(own, reranker, DEPTH))
        yield ready


@contextmanager
def _exits() -> Iterator[None]:
    """Turn errors into a Vietnamese line on standard error and an exit code."""
    with set_exits():
        try:
            yield
        except ModuleNotFoundError as error:
            complain(f"Thiếu {error.name}: hãy chạy pip install 'hoibaocao[bench]'.")
            raise typer.Exit(ExitCode.UNAVAILABLE) from error
