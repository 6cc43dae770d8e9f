"""What is kept up from facts: every kind beside a plain count in Python, on the real engine through Ibis."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest

from haidang.catalog.declared import Column, Dataset, Indicator
from haidang.indicators.keep import derive
from haidang.words.nouns import Label, Level
from haidang.words.periods import parse

from .world import EAST, STILL, indicator

LABEL = Label("x", "x")
COLUMNS = tuple(
    Column(name, kind, LABEL)
    for name, kind in (("x", "decimal"), ("y", "decimal"), ("loai", "text"), ("ma", "text"), ("kieu", "text"))
)
DATASET = Dataset("p.d", "p", LABEL, COLUMNS, ("ma",), "tinh", "thang", "month")


def facts() -> list[dict[str, Any]]:
    found = []
    for index in range(240):
        period = f"2018-{index % 12 + 1:02d}" if index % 50 else "2018"
        found.append(
            {
                "_unit": (STILL.id, EAST.id)[index % 2],
                "_period": period,
                "_end": parse(period).end,
                "_row": index,
                "x": None if index % 7 == 0 else index / 4,
                "y": float(index % 5),
                "loai": ("a", "b", None)[index % 3],
                "ma": f"m{index % 17}",
                "kieu": "plan" if period == "2018" else ("final", "Estimate", "khác")[index % 3],
            }
        )
    return found


def kept(*indicators: Indicator, rows: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    schema = pa.schema(
        [(c, pa.string()) for c in ("_unit", "_period", "loai", "ma", "kieu")]
        + [("_end", pa.date32()), ("_row", pa.int64()), ("x", pa.float64()), ("y", pa.float64())]
    )
    connection = ibis.duckdb.connect()
    table = connection.create_table("facts", pa.Table.from_pylist(rows or facts(), schema=schema))
    expression = derive(DATASET, table, indicators, {one.key: Level.INTERNAL for one in indicators})
    assert expression is not None
    found: list[dict[str, Any]] = connection.to_pyarrow(expression).to_pylist()
    return found


def grouped(test: Any = lambda row: True) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in facts():
        if test(row):
            found[row["_unit"], row["_period"]].append(row)
    return found


def by_cell(rows: list[dict[str, Any]], **only: str) -> dict[tuple[str, str], dict[str, Any]]:
    chosen = [row for row in rows if all(row[key] == value for key, value in only.items())]
    found = {(row["unit"], row["period"]): row for row in chosen}
    assert len(found) == len(chosen), "two observations of one cell"
    return found


def test_columns_are_those_of_the_table() -> None:
    (first, *_) = kept(indicator(kind="count", grain="month"))
    names = "pack dataset indicator level unit grain period period_end kind slice item value num den n"
    assert list(first) == names.split()


def test_count_sum_and_mean_are_what_counting_by_hand_gives() -> None:
    some = indicator("c", "count", "month", where="x >= 20")
    total, mean = indicator("s", "sum", "month", column="x"), indicator("m", "mean", "month", column="x")
    found = kept(some, total, mean)
    for cell, rows in grouped().items():
        numbers = [row["x"] for row in rows if row["x"] is not None]
        assert by_cell(found, indicator="p.c")[cell]["value"] == sum(x >= 20 for x in numbers)
        if numbers:
            assert by_cell(found, indicator="p.s")[cell]["value"] == pytest.approx(sum(numbers))
            of_mean = by_cell(found, indicator="p.m")[cell]
            assert (of_mean["num"], of_mean["den"], of_mean["n"]) == (sum(numbers), len(numbers), len(numbers))


def test_a_share_has_its_own_denominator() -> None:
    share = indicator("r", "ratio", "month", where="x >= 20", where_over="not x is null", scale=100)
    over = indicator("o", "ratio", "month", column="x", over="y")
    found = kept(share, over)
    for cell, rows in grouped(lambda row: row["x"] is not None).items():
        of_share = by_cell(found, indicator="p.r")[cell]
        assert of_share["value"] == pytest.approx(sum(r["x"] >= 20 for r in rows) / len(rows) * 100)
    for cell, rows in grouped().items():
        below = sum(row["y"] for row in rows)
        if below:
            assert by_cell(found, indicator="p.o")[cell]["den"] == below


def test_slices_add_up_to_the_total_and_what_is_not_said_stays() -> None:
    found = kept(indicator("c", "count", "month", slices=("loai",)))
    totals = by_cell(found, slice="")
    items: Counter[tuple[str, str]] = Counter()
    for row in found:
        if row["slice"] == "loai":
            items[row["unit"], row["period"]] += int(row["value"])
    assert {cell: row["value"] for cell, row in totals.items()} == dict(items)
    assert "" in {row["item"] for row in found if row["slice"] == "loai"}


def test_months_roll_into_quarters_but_a_years_row_stays_a_years() -> None:
    found = by_cell(kept(indicator("c", "count", "quarter")))
    assert {row["grain"] for row in found.values()} == {"quarter", "year"}
    assert {period for _, period in found} == {"2018", *(f"2018-Q{q}" for q in range(1, 5))}
    assert found[STILL.id, "2018-Q2"]["period_end"] == date(2018, 6, 30)
    assert sum(row["value"] for row in found.values()) == 240


def test_a_stock_is_that_of_the_newest_day_summed_not_of_every_month() -> None:
    found = by_cell(kept(indicator("l", "last", "year", column="y")))
    last = [row["y"] for row in facts() if row["_unit"] == EAST.id and row["_period"] == "2018-12"]
    last += [row["y"] for row in facts() if row["_unit"] == EAST.id and row["_period"] == "2018"]
    assert found[EAST.id, "2018"]["value"] == sum(last)


def test_reported_keeps_kinds_apart_and_the_later_row_stands() -> None:
    found = kept(indicator("v", "reported", "month", column="y", kind_column="kieu", item=(("loai", "a"),)))
    assert {row["kind"] for row in found} <= {"plan", "final", "estimate", "actual"}
    for row in found:
        same = [
            fact
            for fact in facts()
            if (fact["_unit"], fact["_period"], fact["loai"]) == (row["unit"], row["period"], "a")
            and {"plan": "plan", "final": "final", "Estimate": "estimate", "khác": "actual"}[fact["kieu"]]
            == row["kind"]
        ]
        assert row["value"] == max(same, key=lambda fact: fact["_row"])["y"]
        assert row["den"] is None


def test_distinct_counts_values_not_rows() -> None:
    found = by_cell(kept(indicator("d", "distinct", "year", column="ma")))
    assert found[STILL.id, "2018"]["value"] == 17
    assert found[STILL.id, "2018"]["n"] == 120
