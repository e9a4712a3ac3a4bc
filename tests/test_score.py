"""The chapters of the corpus, against what people wrote down: `./run score` shows every miss."""

from __future__ import annotations

from tests.score import CORPUS, GOAL, find_chapters, read_cases, score, total


def test_chapters_are_found_and_nothing_else() -> None:
    cases = read_cases(CORPUS)
    scores = {case.name: score(find_chapters(case), case.wanted) for case in cases}
    misses = [name for name, one in scores.items() if one.right < max(one.found, one.wanted)]
    whole = total(scores.values())
    assert whole.precision >= GOAL, misses
    assert whole.recall >= GOAL, misses


def test_every_case_says_why_it_is_there() -> None:
    folders = {path.name for path in CORPUS.iterdir()}
    reasons = {case.name: case.reason for case in read_cases(CORPUS)}
    assert reasons.keys() == folders
    assert all(len(reason) > 7 for reason in reasons.values())
    assert len(set(reasons.values())) == len(reasons)
