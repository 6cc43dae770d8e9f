"""Conditions and formulas: what they read, what they refuse and where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haidang.catalog import conditions, formulas
from haidang.catalog.declared import (
    And,
    Column,
    Compare,
    In,
    IsNull,
    Like,
    Not,
    Number,
    Operation,
    Or,
    Reference,
    columns_of,
)
from haidang.words.errors import PackProblem, Problem
from haidang.words.nouns import Label

NAME = Label("", "")
COLUMNS = [
    Column("toan", "decimal", NAME),
    Column("tuoi", "integer", NAME),
    Column("mon", "text", NAME),
    Column("xa", "place", NAME),
    Column("ngay", "date", NAME),
    Column("thang", "period", NAME),
    Column("moi", "boolean", NAME),
]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("toan >= 4.5", Compare("toan", ">=", 4.5)),
        ("tuoi=-3", Compare("tuoi", "=", -3)),
        ("mon <> 'Lý'", Compare("mon", "!=", "Lý")),
        ("mon = 'xã ''A'''", Compare("mon", "=", "xã 'A'")),
        ("xa = '00004'", Compare("xa", "=", "00004")),
        ("moi = TRUE", Compare("moi", "=", True)),
        ("ngay < '2018-07-01'", Compare("ngay", "<", date(2018, 7, 1))),
        ("thang >= '2018-07'", Compare("thang", ">=", "2018-07")),
        ("mon in ('toan', 'ly')", In("mon", ("toan", "ly"))),
        ("mon not in ('toan')", Not(In("mon", ("toan",)))),
        ("toan is null", IsNull("toan")),
        ("toan IS NOT NULL", Not(IsNull("toan"))),
        ("mon like 'A9%'", Like("mon", "A9%")),
        ("mon not like 'A_'", Not(Like("mon", "A_"))),
        (
            "tuoi = 1 or tuoi = 2 and not tuoi = 3",
            Or((Compare("tuoi", "=", 1), And((Compare("tuoi", "=", 2), Not(Compare("tuoi", "=", 3)))))),
        ),
        (
            "(tuoi = 1 or tuoi = 2) and moi = false",
            And((Or((Compare("tuoi", "=", 1), Compare("tuoi", "=", 2))), Compare("moi", "=", False))),
        ),
    ],
)
def test_conditions(text: str, tree: conditions.Condition) -> None:
    assert conditions.parse(text, COLUMNS) == tree


@pytest.mark.parametrize(
    ("text", "code", "at", "nearest"),
    [
        ("toam > 3", "unknown-column", 1, "toan"),
        ("toan > 3 and moon = 'a'", "unknown-column", 14, "mon"),
        ("toan > 'ba'", "wrong-literal", 8, ""),
        ("mon = 3", "wrong-literal", 7, ""),
        ("ngay = '2018-02-31'", "wrong-literal", 8, ""),
        ("ngay = '31/01/2018'", "wrong-literal", 8, ""),
        ("moi = 1", "wrong-literal", 7, ""),
        ("xa = 00004", "wrong-literal", 6, ""),
        ("mon > 'a'", "cannot-order", 5, ""),
        ("tuoi like '1%'", "cannot-like", 6, ""),
        ("toan >", "wrong-literal", 7, ""),
        ("toan = 1 toan", "expression-broken", 10, ""),
        ("toan == 1", "wrong-literal", 7, ""),
        ("toan in ()", "wrong-literal", 10, ""),
        ("toan is 3", "expression-broken", 9, ""),
        ("(toan = 1", "expression-broken", 10, ""),
        ("toan = 1; drop table x", "expression-broken", 9, ""),
        ("mon = 'a", "expression-broken", 7, ""),
        ("", "expression-broken", 1, ""),
        ("not " * 40 + "toan = 1", "expression-too-deep", 121, ""),
        ("toan = 1 or " * 80 + "toan = 1", "expression-too-long", 901, ""),
    ],
)
def test_broken_conditions(text: str, code: str, at: int, nearest: str) -> None:
    problem = problem_of(lambda: conditions.parse(text, COLUMNS))
    assert (problem.code, dict(problem.facts)["at"], problem.nearest) == (code, str(at), nearest)


def problem_of(act: object) -> Problem:
    with pytest.raises(PackProblem) as caught:
        act()  # type: ignore[operator]  # a lambda of the test
    (problem,) = caught.value.problems
    return problem


def test_columns_of() -> None:
    tree = conditions.parse("toan > 1 and (mon = 'a' or not tuoi is null)", COLUMNS)
    assert columns_of(tree) == {"toan", "mon", "tuoi"}


@given(st.text(alphabet="toan mon ngay is not null in like and or () ,'<>=!1.5", max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_condition_is_read_or_refused(text: str) -> None:
    try:
        tree = conditions.parse(text, COLUMNS)
    except PackProblem:
        return
    assert columns_of(tree) <= {c.name for c in COLUMNS}


def test_formulas() -> None:
    tree = formulas.parse("({thu} - {kinh-te.dau-tho}) / {chi} * 100 - 1.5", "ngan-sach")
    thu, oil, chi = (Reference(k) for k in ("ngan-sach.thu", "kinh-te.dau-tho", "ngan-sach.chi"))
    share = Operation("*", Operation("/", Operation("-", thu, oil), chi), Number(100.0))
    assert tree == Operation("-", share, Number(1.5))
    assert formulas.references(tree) == ("ngan-sach.thu", "kinh-te.dau-tho", "ngan-sach.chi")


def test_formula_of_negative() -> None:
    assert formulas.parse("-{a} * 2", "p") == Operation("*", Operation("-", Number(0.0), Reference("p.a")), Number(2.0))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("{a} +", 6),
        ("{a} {b}", 5),
        ("a + 1", 1),
        ("{A} + 1", 1),
        ("({a}", 5),
        ("{a} ** 2", 6),
        ("__import__('os')", 1),
        ("{a.b.c}", 1),
        ("1e9", 1),
    ],
)
def test_broken_formulas(text: str, at: int) -> None:
    problem = problem_of(lambda: formulas.parse(text, "p"))
    assert (problem.code, dict(problem.facts)["at"]) == ("expression-broken", str(at))


@pytest.mark.parametrize("text", ["(" * 500, "-" * 500 + "1", "1" + "+1" * 900, "{a}" * 900])
def test_hostile_formulas(text: str) -> None:
    assert problem_of(lambda: formulas.parse(text, "p")).code.startswith("expression-")
