"""A small centre of its own for every test: a home, a pack, and a way to land lines of CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from haidang.catalog import declared as catalog
from haidang.intake import actions
from haidang.intake.actions import Landed
from haidang.store import engine, tables
from haidang.store.tables import Lake, lake
from haidang.words.nouns import Actor

OFFICER = Actor("so-giao-duc")
PACK = {
    "pack.yaml": 'pack: thu\ntitle: {vi: Gói thử, en: Trial}\nversion: 1.0.0\ngroups: {"01": {vi: Một, en: One}}\n',
    "codes/hoi-dong.csv": "code,value,vi,en,si_so\n10,20,Lạng Sơn,Lang Son,4\n42,68,Lâm Đồng,Lam Dong,4\n47,60,Bình Thuận,Binh Thuan,4\n",
    "datasets/diem.yaml": """\
dataset: diem
title: {vi: Điểm, en: Scores}
key: [khoa]
place: tinh
period: nam
grain: year
columns:
  khoa: {type: text, required: true, pattern: "[a-z][0-9]+", aliases: [SBD], title: {vi: Khóa, en: Key}}
  tinh: {type: place, required: true, codes: hoi-dong, aliases: [HỘI ĐỒNG], title: {vi: Tỉnh, en: Province}}
  nam: {type: integer, default: "2018", title: {vi: Năm, en: Year}}
  toan: {type: decimal, min: 0, max: 10, title: {vi: Toán, en: Mathematics}}
  mon: {type: integer, title: {vi: Số môn, en: Subjects}}
  ngay: {type: date, title: {vi: Ngày thi, en: Day}}
  lai: {type: boolean, title: {vi: Thi lại, en: Again}}
checks:
  - {kind: volume, group: tinh, expect: hoi-dong, column: si_so, per: "1", at_least: "0.5", on_fail: set-aside}
""",
    "datasets/dich.yaml": """\
dataset: dich
title: {vi: Ca bệnh, en: Cases}
key: [tinh, thang]
place: tinh
period: thang
grain: month
on_bad: {on_bad}
columns:
  tinh: {type: place, required: true, title: {vi: Tỉnh, en: Province}}
  thang: {type: period, required: true, title: {vi: Tháng, en: Month}}
  ca: {type: integer, min: 0, title: {vi: Số ca, en: Cases}}
  nam: {type: integer, title: {vi: Nam, en: Men}}
  nu: {type: integer, title: {vi: Nữ, en: Women}}
checks:
  - {kind: sum, parts: "nam, nu", total: ca, on_fail: {on_fail}}
  - {kind: compare, left: nam, op: "<=", right: ca, on_fail: {on_fail}}
""",
    "indicators/all.yaml": """\
- indicator: diem-toan
  title: {vi: Điểm Toán, en: Mathematics}
  kind: mean
  dataset: diem
  column: toan
  unit: điểm
  grain: year
  group: "01"
- indicator: so-ca
  title: {vi: Số ca cả năm, en: Cases of the year}
  kind: sum
  dataset: dich
  column: ca
  unit: ca
  grain: year
  group: "01"
""",
}


def write_pack(folder: Path, *, on_bad: str = "set-aside", on_fail: str = "set-aside") -> Path:
    for name, text in PACK.items():
        file = folder / "thu" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{on_bad}", on_bad).replace("{on_fail}", on_fail), encoding="utf-8")
    return folder


@dataclass
class Centre:
    home: Path
    packs: Path

    @property
    def lake(self) -> Lake:
        return lake()

    def declare(self, **policies: str) -> None:
        write_pack(self.packs, **policies)
        catalog.forget()

    def land(self, dataset: str, *lines: str, name: str = "tep.csv") -> Landed:
        file = self.home.parent / name
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return actions.import_file(OFFICER, dataset, file)

    def facts(self, dataset: str, snapshot: int | None = None) -> list[dict[str, Any]]:
        table = self.lake.table(dataset.replace(".", "__"), snapshot=snapshot)
        return self.lake.rows(table.order_by("_row"))

    def rejects(self, **wanted: str) -> list[dict[str, Any]]:
        rows = self.lake.rows(self.lake.table("rejects").order_by(["run", "row"]))
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]

    def value(self, indicator: str, unit: str = "", snapshot: int | None = None) -> list[float]:
        rows = self.lake.rows(self.lake.table("observations", snapshot=snapshot).order_by(["unit", "period"]))
        return [r["value"] for r in rows if r["indicator"] == indicator and r["unit"].startswith(unit)]


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Centre]:
    home = tmp_path / "home"
    monkeypatch.setenv("HAIDANG_HOME", str(home))
    monkeypatch.setenv("HAIDANG_PACKS", str(write_pack(tmp_path / "packs")))
    catalog.forget()
    yield Centre(home, tmp_path / "packs")
    catalog.forget()
    tables.forget()
    engine.forget(home)
