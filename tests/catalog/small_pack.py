"""A small sound pack as files, to break in one place at a time."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "pack.yaml": """\
pack: nho
title: {vi: Gói nhỏ, en: Small pack}
version: 1.0.0
groups:
  "01": {vi: Nhóm một, en: Group one}
""",
    "datasets/diem.yaml": """\
dataset: diem
title: {vi: Điểm, en: Scores}
key: [khoa]
place: tinh
period: nam
grain: year
columns:
  khoa: {type: text, required: true, level: personal, title: {vi: Khóa, en: Key}}
  tinh: {type: place, codes: tinh-thi, title: {vi: Tỉnh, en: Province}}
  nam: {type: integer, default: "2018", title: {vi: Năm, en: Year}}
  toan: {type: decimal, min: 0, max: 10, title: {vi: Toán, en: Mathematics}}
  khoi: {type: text, title: {vi: Khối, en: Stream}}
checks:
  - {kind: compare, left: toan, op: ">=", right: "0"}
""",
    "codes/tinh-thi.csv": "code,value,vi,en\n10,20,Lạng Sơn,Lạng Sơn\n",
    "indicators/diem.yaml": """\
- indicator: so-thi-sinh
  title: {vi: Số thí sinh, en: Candidates}
  kind: count
  dataset: diem
  unit: thí sinh
  grain: year
  group: "01"
  slices: [khoi]
- indicator: diem-toan
  title: {vi: Điểm Toán, en: Score in mathematics}
  kind: mean
  dataset: diem
  column: toan
  where: "toan >= 0"
  unit: điểm
  grain: year
  direction: up
  status: {amber: 5, red: 4}
- indicator: doi
  title: {vi: Gấp đôi, en: Double}
  kind: formula
  formula: "{diem-toan} * 2"
  unit: điểm
  grain: year
- indicator: pci
  title: {vi: PCI, en: PCI}
  kind: reported
  dataset: diem
  column: toan
  item: {khoi: a}
  adds: {place: none, time: none}
  unit: điểm
  grain: year
""",
    "boards/nho.yaml": """\
board: nho
title: {vi: Bảng nhỏ, en: Small board}
headline: [diem-toan]
tiles:
  - {indicator: diem-toan, chart: number, compare: [previous, "2017"]}
  - {indicator: so-thi-sinh, chart: bar, by: khoi}
""",
    "sources/diem-2018.yaml": """\
source: diem-2018
dataset: diem
connector: file
format: csv
title: {vi: Điểm 2018, en: Scores 2018}
owner: {vi: Sở, en: Department}
files: [data/diem.csv]
""",
    "data/diem.csv": "khoa,tinh,toan\na,10,5\n",
    "examples.yaml": '- {indicator: diem-toan, place: "20", period: "2018", value: "5"}\n',
}


def write(folder: Path, *changes: tuple[str, str, str], name: str = "nho") -> Path:
    """The pack under `folder`; every change is (file, what stood there, what stands there instead)."""
    files = dict(FILES)
    for file, old, new in changes:
        text = files.get(file, "")
        assert old in text, f"{file} does not hold {old!r}"
        files[file] = text.replace(old, new, 1) if old else text + new
    pack = folder / name
    for file, text in files.items():
        (pack / file).parent.mkdir(parents=True, exist_ok=True)
        (pack / file).write_text(text, encoding="utf-8")
    return pack
