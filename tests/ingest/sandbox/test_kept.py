from __future__ import annotations

from ingest.sandbox.kept import KeptAnswers


def test_an_answer_is_taken_once_and_by_content() -> None:
    kept = KeptAnswers()
    kept.put(b"tep", b"doc")
    assert kept.take(b"khac") is None
    assert kept.take(b"tep") == b"doc"
    assert kept.take(b"tep") is None


def test_the_oldest_go_first_and_what_is_too_large_is_not_kept() -> None:
    kept = KeptAnswers(max_bytes=10)
    for name in (b"1", b"2", b"3"):
        kept.put(name, bytes(4))
    assert [kept.take(name) for name in (b"1", b"2", b"3")] == [None, bytes(4), bytes(4)]
    kept.put(b"4", bytes(11))
    assert kept.take(b"4") is None
