"""Testing a connection: ten rows as the dataset's columns, what is wrong in words, and nothing saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from haidang.intake.models import Attempt, Run, SourceState
from haidang.intake.sources import actions
from haidang.intake.sources.trial import trial
from haidang.words.nouns import Actor
from haidang.words.texts import say
from tests.intake.sources.conftest import Department


def test_ten_rows_mapped(centre: Path, department: Department) -> None:
    for day in range(1, 16):
        department.rows.append({"Mã": f"k{day}", "ngay": f"2026-03-{day:02d}", "ghi_chu": "x"})
    found = trial("thu.so-ca", {"address": department.address}, {})
    assert [name for name, _ in found.columns] == ["ma", "ngay"]
    assert len(found.rows) == 10
    assert found.rows[0] == ("k1", "2026-03-01")
    assert found.unmapped == ("ghi_chu",)
    assert found.missing == ()
    assert (found.reached, found.problems) == (True, ())
    assert found.size > 100
    assert not Run.objects.exists()
    assert not SourceState.objects.exists()
    assert not Attempt.objects.exists()
    assert not list((centre / "scratch").iterdir())


def test_a_column_that_must_stand_is_named(centre: Path, department: Department) -> None:
    department.rows.append({"ma_so": "k", "ngay": "2026-03-01"})
    found = trial("thu.so-ca", {"address": department.address}, {})
    assert found.missing == ("ma",)
    assert "ma_so" in say(found.problems[0])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"address": "http://169.254.169.254/latest"}, "address-not-allowed"),
        ({"address": "http://127.0.0.1:1"}, None),
        ({}, "setting-missing"),
        ({"adress": "x"}, "unknown-setting"),
    ],
)
def test_what_is_wrong_is_told_not_raised(centre: Path, values: dict[str, str], code: str | None) -> None:
    found = trial("thu.so-ca", values, {})
    assert (found.reached, found.rows) == (False, ())
    assert len(found.problems) == 1
    assert code in {None, found.problems[0].code}
    assert say(found.problems[0]) != found.problems[0].code


def test_secrets_that_are_kept_need_not_be_typed_again(centre: Path, department: Department) -> None:
    department.add("2026-03-01", 1)
    actions.configure(
        Actor("quan-tri"), "thu.so-ca", values={"address": department.address, "auth": "bearer"}, secrets={"token": "t"}
    )
    before = SourceState.objects.values().get()
    assert trial("thu.so-ca", {"address": department.address, "auth": "bearer"}, {"token": ""}).rows
    assert SourceState.objects.values().get() == before


def test_a_source_asked_by_stretches_and_one_that_pushes(centre: Path, department: Department) -> None:
    department.add("2020-01-01", 1)
    found = trial("thu.theo-ky", {"address": department.address}, {})
    assert department.asked
    assert found.problems[0].code == "nothing-came"
    assert trial("thu.day", {}, {"secret": "x"}).problems[0].code == "push-has-no-trial"


def test_what_comes_is_no_table(centre: Path, department: Department) -> None:
    department.rows = "<html>"  # type: ignore[assignment] # a department that answers nonsense
    department.answer = lambda path: b"<html>Loi he thong</html>"  # type: ignore[method-assign] # the same
    found = trial("thu.theo-ky", {"address": department.address}, {})
    assert len(found.problems) == 1
