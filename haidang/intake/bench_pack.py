"""The small pack of `haidang bench stream`: stations that measure, in a folder of its own. Never: ships."""

from __future__ import annotations

from pathlib import Path

STATIONS = 240
SIGNS = ("pm25", "pm10", "no2", "so2", "o3")
PLACES = ("20", "68", "01", "48", "79", "92")

PACK = {
    "pack.yaml": """\
pack: do-toc
title: {vi: Đo tốc độ, en: Bench}
version: 1.0.0
groups: {"01": {vi: Một, en: One}}
""",
    "datasets/quan-trac.yaml": """\
dataset: quan-trac
title: {vi: Quan trắc tự động (đo tốc độ), en: Automatic measuring (bench)}
simulated: true
level: public
key: [tram, chi_so, thoi_diem]
place: tinh
period: thoi_diem
grain: day
columns:
  tram: {type: text, required: true, pattern: "[a-z0-9]{1,12}", title: {vi: Trạm, en: Station}}
  chi_so: {type: text, required: true, codes: chi-so, title: {vi: Chỉ số, en: Sign}}
  thoi_diem: {type: datetime, required: true, title: {vi: Thời điểm, en: Moment}}
  tinh: {type: place, required: true, codes: tram, title: {vi: Tỉnh, en: Province}}
  gia_tri: {type: decimal, min: 0, max: 1000, title: {vi: Giá trị, en: Value}}
  gui_luc: {type: decimal, title: {vi: Gửi lúc, en: Sent at}}
""",
    "indicators/all.yaml": """\
- indicator: so-lan-do
  title: {vi: Số lần đo, en: Measurements}
  kind: count
  dataset: quan-trac
  unit: lần
  grain: day
  slices: [chi_so]
  group: "01"
- indicator: gia-tri-trung-binh
  title: {vi: Giá trị trung bình, en: Mean value}
  kind: mean
  dataset: quan-trac
  column: gia_tri
  unit: µg/m³
  grain: day
  slices: [chi_so]
  group: "01"
- indicator: tram-vuot-nguong
  title: {vi: Tỷ lệ lần đo vượt ngưỡng, en: Share of measurements above the limit}
  kind: ratio
  dataset: quan-trac
  where: "gia_tri > 50"
  where_over: "gia_tri is not null"
  scale: 100
  unit: "%"
  grain: day
  group: "01"
""",
    "sources/tram.yaml": """\
source: tram
dataset: quan-trac
connector: mqtt
format: messages
title: {vi: Trạm quan trắc, en: Stations}
owner: {vi: Sở Nông nghiệp và Môi trường, en: Department of Agriculture and Environment}
connect: {topic: "qt/+/+", topic_columns: "tram=2, chi_so=3"}
""",
}


def write(folder: Path) -> Path:
    """The pack under `folder`; gives the folder for HAIDANG_PACKS."""
    stations = "".join(f"t{number},{PLACES[number % len(PLACES)]}\n" for number in range(STATIONS))
    lists = {
        "codes/chi-so.csv": "code,value,vi,en\n" + "".join(f"{s},{s},{s},{s}\n" for s in SIGNS),
        "codes/tram.csv": "code,value,vi,en\n"
        + "".join(f"{line.split(',')[0]},{line.split(',')[1]},,\n" for line in stations.split()),
    }
    for name, text in {**PACK, **lists}.items():
        file = folder / "do-toc" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
