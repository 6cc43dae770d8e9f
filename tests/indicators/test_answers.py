"""Questions answered for real: files through intake into a lake of their own, looked at through the gate."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from haidang.access import gate
from haidang.access.models import Account, GrantRow
from haidang.indicators import load
from haidang.indicators.answer import answer, answer_as_json, answer_many, records
from haidang.intake import clock
from haidang.intake.actions import import_file
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor, Level, Question

pytestmark = pytest.mark.django_db(transaction=True)

EXAM, MEAN, COUNT = "giao-duc.diem-thi-thpt", "giao-duc.diem-toan-trung-binh", "giao-duc.so-thi-sinh"
BANDS = "giao-duc.thi-sinh-theo-diem-toan"
COUNCILS = {"47": "60", "42": "68", "63": "67", "10": "20"}
FIRST, SECOND = datetime(2026, 11, 1, 3, tzinfo=UTC), datetime(2026, 11, 10, 3, tzinfo=UTC)
Import = Callable[..., None]


def key(number: int) -> str:
    """An opaque key of ten base32 letters."""
    digits = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(digits[number // 32**place % 32] for place in range(10))


def candidates(size: int = 30) -> list[tuple[str, str, float]]:
    """(key, council, score): a different number of candidates and other scores in every council."""
    found = []
    for index, council in enumerate(COUNCILS):
        for number in range(size + 10 * index):
            found.append((key(1000 * index + number), council, (number * (index + 2)) % 41 / 4))
    return found


def mean(council: str) -> float:
    scores = [score for _, where, score in candidates() if where == council]
    return sum(scores) / len(scores)


@pytest.fixture
def landed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:
    """A home of its own with the candidates landed on 1 November."""
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path / "home"))
    load.forget()

    def land(rows: list[tuple[str, str, float]], moment: datetime = FIRST) -> None:
        file = tmp_path / f"diem-{moment:%d}.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(("khoa", "tinh", "toan", "toan_khoang"))
            writer.writerows((k, council, score, f"{int(score)}–{int(score) + 1}") for k, council, score in rows)
        with clock.at(moment):
            import_file(gate.operator(), EXAM, file)

    land(candidates())
    yield land
    load.forget()


def officer(name: str, *grants: tuple[str, str, Level]) -> Actor:
    account = Account.objects.create(name=name, title=name)
    for pack, place, level in grants:
        GrantRow.objects.create(account=account, pack=pack, place=place, level=level)
    return account.actor


def test_todays_province_is_rebuilt_from_the_three_old_ones(landed: Import) -> None:
    found = answer(Question(MEAN, "68", "2018"), gate.operator())
    three = [score for _, council, score in candidates() if council != "10"]
    assert found.value == pytest.approx(sum(three) / len(three))
    assert found.value != pytest.approx(sum(map(mean, ("47", "42", "63"))) / 3)
    parts = {cell.key.split("@")[0]: cell.value for cell in found.parts}
    assert parts == {"60": pytest.approx(mean("47")), "68": pytest.approx(mean("42")), "67": pytest.approx(mean("63"))}
    assert answer(Question(MEAN, "68@2024", "2018"), gate.operator()).value == pytest.approx(mean("42"))
    assert answer(Question(MEAN, "60"), gate.operator()).period == "2018"
    assert found.sources[0].licence == "MIT"
    assert found.known_at.startswith("2026-11-01T10:00")


def test_an_earlier_day_shows_what_was_known_then(landed: Import) -> None:
    before = answer(Question(MEAN, "20", "2018"), gate.operator()).value
    landed([(k, council, 10.0) for k, council, _ in candidates() if council == "10"], SECOND)
    question = Question(MEAN, "20", "2018", as_of=date(2026, 11, 5))
    assert answer(Question(MEAN, "20", "2018"), gate.operator()).value == 10.0
    assert answer(question, gate.operator()).value == before == pytest.approx(mean("10"))
    nothing = answer(Question(MEAN, "20", "2018", as_of=date(2026, 10, 1)), gate.operator())
    assert (nothing.value, nothing.reason) == (None, "no-data")


def test_a_board_costs_one_query_and_nothing_new_costs_none(landed: Import) -> None:
    questions = [Question(MEAN, place, by=by, compare=("previous",)) for place in ("20", "68") for by in ("", "place")]
    questions.append(Question(BANDS, "20", by="toan_khoang"))
    answer_many(questions, gate.operator())
    load.forget()
    before = gate.queries()
    answer_many(questions, gate.operator())
    assert gate.queries() - before <= 6, "snapshot, observations, ledger: however many questions"
    before = gate.queries()
    answer_many(questions * 5, gate.operator())
    assert gate.queries() - before == 1, "only whether anything has landed"


def test_a_slice_adds_up_and_an_item_is_kept(landed: Import) -> None:
    found = answer(Question(BANDS, "20", "2018", by="toan_khoang"), gate.operator())
    assert sum(cell.value or 0 for cell in found.cells) == found.value == 60
    one = found.cells[0]
    kept = answer(Question(BANDS, "20", "2018", where=(("toan_khoang", one.key),)), gate.operator())
    assert kept.value == one.value


def test_who_may_not_gets_nothing_and_never_a_part(landed: Import) -> None:
    other = officer("so-khac", ("kinh-te-xa-hoi", "*", Level.RESTRICTED))
    with pytest.raises(Denied):
        answer(Question(MEAN, "20", "2018"), other)
    only_old = officer("binh-thuan", ("giao-duc", "60@1976-07-02", Level.RESTRICTED))
    assert answer(Question(MEAN, "60", "2018"), only_old).value == pytest.approx(mean("47"))
    allowed, denied = answer_many([Question(MEAN, "60", "2018"), Question(MEAN, "68", "2018")], only_old)
    assert allowed.value is not None
    assert (denied.value, denied.reason, denied.parts) == (None, "denied", ())
    with pytest.raises(Denied):
        records(Question(MEAN, "68", "2018"), only_old)


def test_two_with_the_same_rights_share_and_others_do_not(landed: Import) -> None:
    question = Question(MEAN, "20", "2018")
    one, other = (officer(name, ("giao-duc", "*", Level.INTERNAL)) for name in ("mot", "hai"))
    assert answer(question, one).value == pytest.approx(mean("10"))
    before = gate.queries()
    assert answer(question, other).value == pytest.approx(mean("10"))
    assert gate.queries() - before == 1, "the same cut of the same snapshot was read for a colleague already"
    blind = officer("noi-khac", ("giao-duc", "68@2025-07-01", Level.INTERNAL))
    with pytest.raises(Denied):
        answer(question, blind)


def test_small_groups_are_masked_for_whoever_is_not_restricted(landed: Import) -> None:
    landed([(key(9000 + n), "10", 0.25) for n in range(2)], SECOND)
    internal = officer("noi-bo", ("giao-duc", "*", Level.INTERNAL))
    for who, masked in ((internal, True), (gate.operator(), False)):
        cells = answer(Question(BANDS, "20", "2018", by="toan_khoang"), who).cells
        small = [cell for cell in cells if cell.reason == "masked"]
        assert bool(small) == masked
        assert all(cell.value is None and cell.n is None for cell in small)
        assert len(small) != 1, "one hidden group can be subtracted from the total"


def test_records_are_the_rows_behind_without_what_is_personal(landed: Import) -> None:
    internal = officer("noi-bo", ("giao-duc", "*", Level.INTERNAL))
    found = records(Question(MEAN, "68", "2018"), internal, limit=7, sort="-toan")
    assert found.total == answer(Question(COUNT, "68", "2018"), internal).value
    assert "khoa" in found.covered
    assert {row["khoa"][:3] for row in found.rows} == {"***"}
    scores = [row["toan"] for row in found.rows]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 7
    for_something = replace(gate.operator(), purpose="kiem-tra-so-lieu")
    whole = records(Question(MEAN, "68", "2018"), for_something, limit=1, search=candidates()[3][0].upper())
    assert (whole.total, whole.rows[0]["khoa"]) == (1, candidates()[3][0])
    assert records(Question(MEAN, "68", "2018"), gate.operator(), search=candidates()[3][0].upper()).total == 0
    with pytest.raises(BadQuestion):
        records(Question(MEAN, "68", "2018"), internal, sort="khoaa")


def test_the_months_stand_against_a_yearly_plan_that_came_in_the_same_table(landed: Import, tmp_path: Path) -> None:
    file = tmp_path / "ban-le.csv"
    months = [f"VN,2018-{month:02d},tong,actual,10" for month in range(1, 10)]
    file.write_text("\n".join(["quoc_gia,thang,khoan,loai,gia_tri", "VN,2018,tong,plan,120", *months]))
    import_file(gate.operator(), "kinh-te-xa-hoi.ban-le", file)
    found = answer(Question("kinh-te-xa-hoi.tong-muc-ban-le", "VN", compare=("plan",)), gate.operator())
    (plan,) = found.compare
    assert (found.period, found.value) == ("2018-09", 10.0)
    assert (plan.period, plan.value, plan.reached, plan.pace) == ("2018", 120.0, 75.0, 75.0)
    assert found.status.reason == "on-plan"
    running = Question("kinh-te-xa-hoi.tong-muc-ban-le", "VN", "2018", compare=("plan",))
    year = answer(running, gate.operator(), today=date(2018, 10, 5))
    assert (year.value, year.facts["so_far"], year.facts["upto"]) == (90.0, "9/12", "2018-09-30")
    assert (year.compare[0].reached, year.compare[0].pace) == (75.0, 75.0)
    over = answer(running, gate.operator())
    assert (over.value, over.reason) == (None, "missing-parts"), "an ended year with three months missing is no total"


def test_an_open_number_does_not_open_the_rows_beneath(landed: Import) -> None:
    public = officer("ai-do", ("giao-duc", "*", Level.PUBLIC))
    question = Question("giao-duc.so-thi-sinh", "20", "2018")
    if answer_many([question], public)[0].reason != "denied":
        with pytest.raises(Denied):
            records(question, public)


def test_what_cannot_be_asked_is_said(landed: Import) -> None:
    who = gate.operator()
    for question, code in (
        (Question(MEAN, "20", "lúc nào"), "not-a-period"),
        (Question(MEAN, "20", by="mau-toc"), "no-such-slice"),
        (Question(MEAN, "20", "latest-tuan"), "not-a-grain"),
    ):
        with pytest.raises(BadQuestion) as error:
            answer(question, who)
        assert error.value.code == code
    with pytest.raises(Absent):
        answer(Question("giao-duc.khong-co"), who)
    with pytest.raises(Absent):
        answer(Question(MEAN, "xứ sở thần tiên"), who)


def test_the_json_is_plain_and_whole(landed: Import) -> None:
    found = answer_as_json(answer(Question(MEAN, "68", "2018", compare=("previous", "plan")), gate.operator()))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert {"value", "unit", "period", "place", "parts", "compare", "sources", "quality", "because", "reason"} <= set(
        found
    )
    assert [one["reason"] for one in found["compare"]] == ["no-data", "no-plan"]


def test_a_home_with_nothing_landed_answers_that_there_is_no_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path / "empty"))
    found = answer(Question(MEAN, "20", by="place", history=5), gate.operator())
    assert (found.value, found.reason, found.period, found.cells) == (None, "no-data", "", ())
