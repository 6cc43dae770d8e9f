"""What is kept of earlier calls: a landing forgets what it may have changed, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from haidang.access import gate
from haidang.indicators import load
from haidang.indicators.answer import answer, answer_many
from haidang.intake.actions import discard, import_file
from haidang.intake.reads import rejects, runs
from haidang.words.nouns import Question
from tests.indicators.test_answers import (  # noqa: F401 - the fixture of a home with candidates
    BANDS,
    COUNT,
    MEAN,
    SECOND,
    Import,
    candidates,
    key,
    landed,
)

pytestmark = pytest.mark.django_db(transaction=True)

RETAIL = "kinh-te-xa-hoi.tong-muc-ban-le"


def sales(tmp_path: Path, value: int) -> None:
    """A landing of another dataset."""
    file = tmp_path / f"ban-le-{value}.csv"
    file.write_text(f"quoc_gia,thang,khoan,loai,gia_tri\nVN,2018-01,tong,actual,{value}\n")
    import_file(gate.operator(), "kinh-te-xa-hoi.ban-le", file)


def queries(questions: list[Question]) -> int:
    before = gate.queries()
    answer_many(questions, gate.operator())
    return gate.queries() - before


def test_only_what_landed_is_read_again(landed: Import, tmp_path: Path) -> None:  # noqa: F811
    sales(tmp_path, 10)
    both = [Question(MEAN, "20", "2018"), Question(RETAIL, "VN", "2018-01")]
    mean, retail = answer_many(both, gate.operator())
    exam = {id(page) for page in load._pages.values() if page.size > 1}
    sales(tmp_path, 11)
    assert queries(both[:1]) == 4, "snapshot, versions, ledger and whether it is the newest; no observations"
    assert queries(both) == 2, "snapshot, and the observations of what landed"
    assert exam <= {id(page) for page in load._pages.values()}
    assert [a.value for a in answer_many(both, gate.operator())] == [mean.value, 11.0]
    assert retail.value == 10.0


def test_a_correction_is_seen_at_once_and_the_earlier_day_stays(landed: Import, tmp_path: Path) -> None:  # noqa: F811
    now, then = Question(MEAN, "20", "2018"), Question(MEAN, "20", "2018", as_of=date(2026, 11, 5))
    before = answer(now, gate.operator()).value
    landed([(k, council, 10.0) for k, council, _ in candidates() if council == "10"], SECOND)
    for _ in range(2):
        assert [a.value for a in answer_many([now, then], gate.operator())] == [10.0, before]


def test_what_is_set_aside_is_told_anew_without_a_landing(landed: Import) -> None:  # noqa: F811
    landed([(key(9000), "10", 99.0)], SECOND)
    question = Question(COUNT, "20", "2018")
    assert any(code.startswith("set-aside") for code, _ in answer(question, gate.operator()).quality.notes)
    aside = [reject["id"] for run in runs() for reject in rejects(run.run)[0]]
    for reject in aside:
        discard(gate.operator(), reject, "không có thí sinh này")
    assert len(aside) == 1
    assert not answer(question, gate.operator()).quality.notes


def test_a_board_says_what_each_question_would_say_alone(landed: Import, tmp_path: Path) -> None:  # noqa: F811
    sales(tmp_path, 10)
    questions = [
        Question(MEAN, "20", "2018"),
        Question(MEAN, "VN", "2018", by="place"),
        Question(MEAN, "68", "2018", by="place"),
        Question(BANDS, "60", "2018", by="toan_khoang"),
        Question(RETAIL, "VN", compare=("previous", "plan")),
        Question(COUNT, "68", "2018"),
    ]
    load.forget()
    together = answer_many(questions, gate.operator())
    for question, found in zip(questions, together, strict=True):
        load.forget()
        assert answer(question, gate.operator()) == found


def test_a_page_of_every_place_serves_each_place(landed: Import) -> None:  # noqa: F811
    answer(Question(MEAN, "VN", "2018"), gate.operator())
    kept = len(load._pages)
    answer(Question(MEAN, "20", "2018"), gate.operator())
    assert len(load._pages) == kept
