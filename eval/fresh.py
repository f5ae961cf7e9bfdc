"""A service over a data directory of its own, with given reports in it: nothing of the user's is read or written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.domain import IngestResult
from ingest.errors import IngestError
from service.ports import Services
from service.settings import Settings
from service.wiring import build

TEXTS = (".txt", ".md")  # a folder may hold one report in several forms: of these there is one each


@contextmanager
def fresh_services(reports: Iterable[Path]) -> Iterator[Services]:
    """Give services that hold ``reports``, ingested under their file names; all is deleted at the end.

    Raises what ``wiring.build`` raises, and ``IngestError`` for the first report that cannot be taken in.
    """
    with TemporaryDirectory(prefix="hoibaocao-eval-") as folder, build(settings_for(Path(folder))) as services:
        for path in reports:
            take_in(services, path)
        yield services


def take_in(services: Services, path: Path) -> IngestResult:
    """Ingest one file. Raises ``IngestError`` when nothing of it can be asked afterwards."""
    result = services.ingestor.add(path.read_bytes(), name=path.name)
    if result.report_id is None:
        raise IngestError(f"{path.name}: {result.error_message}", code=result.error_code)
    return result


def settings_for(folder: Path) -> Settings:
    """Return default settings with ``folder`` as data directory."""
    return Settings(data_dir=folder)


def sample_reports(*, suffix: str = ".docx") -> tuple[Path, ...]:
    """Return the bundled sample reports in one of their two forms (".docx", ".txt"), by name."""
    folder = Path(str(files("ingest.samples")))
    return tuple(sorted(path.with_suffix(suffix) for path in folder.glob("*.docx")))


def report_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files themselves and those of the folders, by name. Raises ``OSError``.

    Of a folder the text files, and the Word files of reports that are not there as text.
    """
    return tuple(file for path in paths for file in (_reports_in(path) if path.is_dir() else (path,)))


def _reports_in(folder: Path) -> list[Path]:
    inside = [path for path in sorted(folder.glob("*.*")) if path.stem != "README"]
    texts = {path.stem for path in inside if path.suffix in TEXTS}
    return [p for p in inside if p.suffix in TEXTS or (p.suffix == ".docx" and p.stem not in texts)]


def set_file(name: str) -> Path:
    """Return the file of a question set of the repository."""
    return Path(str(files("eval.sets"))) / f"{name}.jsonl"


def sample_questions() -> Path:
    """Return the bundled question set about the sample reports."""
    return set_file("samples")


# Question sets about reports that are in the repository -> those reports.
BUNDLED: Mapping[str, Callable[[], tuple[Path, ...]]] = {
    "samples": sample_reports,
    "fictional": lambda: report_files([set_file("fictional").with_name("reports")]),
    "fictional-check": lambda: report_files([set_file("fictional-check").with_name("check-reports")]),
    "second-tuning": lambda: report_files([set_file("second-tuning").with_name("second-reports")]),
    "third-plan": lambda: report_files([set_file("third-plan").with_name("third-reports")]),
    "third-computed": lambda: report_files([set_file("third-computed").with_name("third-reports")]),
    "third-judgements": lambda: report_files([set_file("third-judgements").with_name("third-reports")]),
    "third-read": lambda: report_files([set_file("third-read").with_name("third-reports")]),
    "fourth-texts": lambda: report_files([set_file("fourth-texts").with_name("fourth-reports")]),
    "fourth-tables": lambda: report_files([set_file("fourth-tables").with_name("fourth-reports")]),
    "fourth-periods": lambda: report_files([set_file("fourth-periods").with_name("fourth-reports")]),
    "fourth-counts": lambda: report_files([set_file("fourth-counts").with_name("fourth-reports")]),
    "fourth-talks": lambda: report_files([set_file("fourth-talks").with_name("fourth-talks-reports")]),
    "second-check": lambda: report_files([set_file("second-check").with_name("second-reports")]),
    "third-check": lambda: report_files([set_file("third-check").with_name("third-check-reports")]),
    "fifth-words": lambda: report_files([set_file("fifth-words").with_name("fifth-reports")]),
    "sixth-differences": lambda: report_files([set_file("sixth-differences").with_name("sixth-differences-reports")]),
    "sixth-annexes": lambda: report_files([set_file("sixth-annexes").with_name("sixth-annexes-reports")]),
    "sixth-wordings": lambda: report_files([set_file("sixth-wordings").with_name("sixth-wordings-reports")]),
    "fifth-check": lambda: report_files([set_file("fifth-check").with_name("fifth-check-reports")]),
    "sixth-checks": lambda: report_files([set_file("sixth-checks").with_name("sixth-checks-reports")]),
    "sixth-figures": lambda: report_files([set_file("sixth-figures").with_name("sixth-figures-reports")]),
}
# Those about reports that are not: their folder has to be given.
ELSEWHERE = ("reports-tuning", "reports-check")
# Nobody reads their questions or reports while writing rules, and nothing is learned from them.
UNSEEN = frozenset(("third-check", "fifth-check"))
