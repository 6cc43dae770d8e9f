"""One-off: restates the open tables of administrative units as packs/dia-ban (units, successions, updates, left-overs).

Usage: python tools/make_places.py ../shared/data
Keys everything by code; what cannot be matched is written to packs/dia-ban/left-out.csv, never dropped in silence.
Never: run by the centre itself.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from place_splits import Splits, glued

from haidang.words.names import bare, fold

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "dia-ban"
BEGINNING, REFORM, CITY = "1976-07-02", "2025-07-01", "2026-04-30"
"""The conventional first day of what we know no beginning of; the two-tier reform; Đồng Nai a city."""

Row = dict[str, str]
UNIT_COLUMNS = ("code", "start", "end", "name", "parent", "lat", "lon", "area_km2")
KEPT = frozenset({"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"})
"""Provinces the reform of 2025 left as they were: one version runs on."""

MERGED = {
    "08": "02 08", "15": "10 15", "19": "06 19", "24": "24 27", "25": "17 25 26", "31": "30 31", "33": "33 34",
    "37": "35 36 37", "44": "44 45", "48": "48 49", "51": "51 62", "52": "52 64", "56": "56 58", "66": "54 66",
    "68": "60 67 68", "75": "70 75", "79": "74 77 79", "80": "72 80", "82": "82 87", "86": "83 84 86",
    "91": "89 91", "92": "92 93 94", "96": "95 96",
}  # fmt: skip

EARLIER = (  # first day after, code and name of what ended then, codes it went to
    ("1997-01-01", "04", "Tỉnh Cao Bằng", "04 06"),
    ("1997-01-01", "19", "Tỉnh Bắc Thái", "06 19"),
    ("1997-01-01", "24", "Tỉnh Hà Bắc", "24 27"),
    ("1997-01-01", "26", "Tỉnh Vĩnh Phú", "25 26"),
    ("1997-01-01", "30", "Tỉnh Hải Hưng", "30 33"),
    ("1997-01-01", "36", "Tỉnh Nam Hà", "35 36"),
    ("1997-01-01", "49", "Tỉnh Quảng Nam - Đà Nẵng", "48 49"),
    ("1997-01-01", "74", "Tỉnh Sông Bé", "70 74"),
    ("1997-01-01", "96", "Tỉnh Minh Hải", "95 96"),
    ("2004-01-01", "12", "Tỉnh Lai Châu", "11 12"),
    ("2004-01-01", "66", "Tỉnh Đắk Lắk", "66 67"),
    ("2004-01-01", "92", "Tỉnh Cần Thơ", "92 93"),
    ("2008-08-01", "01", "Thành phố Hà Nội", "01"),
    ("2008-08-01", "28", "Tỉnh Hà Tây", "01"),
    ("2025-01-01", "46", "Tỉnh Thừa Thiên Huế", "46"),
)


def read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    with (PACK / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def first_days() -> dict[str, str]:
    """First day of the last version before the reform of each province that has an earlier one."""
    return {code: day for day, _, _, went in EARLIER for code in went.split()}


def extent_day(province: str) -> str:
    """From when a province's old districts are known to have been its own; Huế only changed its name."""
    return BEGINNING if province == "46" else first_days().get(province, BEGINNING)


class Tables:
    """The source tables, and the shapes' attributes (the only ones with coordinates of the islands)."""

    def __init__(self, data: Path) -> None:
        self.old = read(data / "admin-units" / "units_old_10040.csv.gz")
        self.new = read(data / "admin-units" / "units_new_3321.csv")
        self.steps = read(data / "admin-units" / "old_to_new_wards_10358.csv.gz")
        official = json.loads((data / "admin-units" / "nso_units_2026-07-25.json").read_text(encoding="utf-8"))
        self.official = {ward["Code"]: (ward["FullName"], top["Code"]) for top in official for ward in top["Wards"]}
        self.shapes = {f["id"]: f["properties"] for f in self._features(data / "boundaries-2025")}
        self._mend_codes()
        self.splits = Splits(data, self.old, self.new)

    @staticmethod
    def _features(folder: Path) -> Iterator[dict[str, dict[str, str]]]:
        yield from json.loads((folder / "provinces_34.geojson").read_text(encoding="utf-8"))["features"]
        with gzip.open(folder / "wards_3321_simplified.geojson.gz", "rt", encoding="utf-8") as file:
            yield from json.load(file)["features"]

    def _mend_codes(self) -> None:
        """A code the office's list does not know gives way to the one it has for that name there (Ba Chẽ: 06978)."""
        by_name = {(top, fold(name)): code for code, (name, top) in self.official.items()}
        for row in self.new:
            if row["wardCode"] not in self.official:
                row["wardCode"] = by_name[row["provinceCode"], fold(row["ward"])]

    def place(self, code: str) -> tuple[str, str, str]:
        """lat, lon, area of a unit of today."""
        shape = self.shapes[code]
        return str(shape["lat"]), str(shape["lon"]), str(shape["areaKm2"])


def provinces(tables: Tables) -> Iterator[tuple[str, ...]]:
    yield ("VN", BEGINNING, "", "Việt Nam", "", "16.0", "107.8", "331344.82")
    for day, code, name, _ in EARLIER:
        yield (code, BEGINNING, eve(day), name, "VN", "", "", "")
    old = {row["provinceCode"]: row for row in tables.old}
    for code, row in old.items():
        where = tables.place(code) if code in KEPT else (row["provinceLat"], row["provinceLon"], "")
        end = "" if code in KEPT else eve(REFORM)
        yield (code, first_days().get(code, BEGINNING), end, row["province"], "VN", *where)
    for code, name in {row["provinceCode"]: row["province"] for row in tables.new}.items():
        if code not in KEPT:
            yield (code, REFORM, "", name, "VN", *tables.place(code))


ISLANDS = {"498": "20333", "576": "22736"}
"""Huyện Hoàng Sa and Trường Sa: the table gives them coordinates on the mainland; take those of today's zones."""


def districts(tables: Tables) -> Iterator[tuple[str, ...]]:
    for code, row in {row["districtCode"]: row for row in tables.old}.items():
        where = tables.place(ISLANDS[code])[:2] if code in ISLANDS else (row["districtLat"], row["districtLon"])
        top = row["provinceCode"]
        yield (code, extent_day(top), eve(REFORM), row["district"], top, *where, "")


def communes(tables: Tables) -> Iterator[tuple[str, ...]]:
    for row in tables.old:
        if not row["wardCode"]:
            continue  # five island districts have no commune beneath them
        code = row["districtCode"]
        where = tables.place(ISLANDS[code])[:2] if code in ISLANDS else (row["wardLat"], row["wardLon"])
        yield (row["wardCode"], extent_day(row["provinceCode"]), eve(REFORM), row["ward"], code, *where, "")
    for row in tables.new:
        yield (row["wardCode"], REFORM, "", row["ward"], row["provinceCode"], *tables.place(row["wardCode"]))


class Matcher:
    """From the names of the old → new table to codes."""

    def __init__(self, tables: Tables) -> None:
        self.old: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.new: dict[str, list[Row]] = defaultdict(list)
        for row in tables.old:
            self.old[glued(row["province"]), glued(row["district"])].append(row)
        for row in tables.new:
            self.new[glued(row["province"])].append(row)
        spellings = read(ROOT / "tools" / "place_spellings.csv")
        self.spelt = {(fold(row["district"]), row["written"]): row["code"] for row in spellings}
        self.by_code = {row["wardCode"]: row for row in tables.old if row["wardCode"]}

    @staticmethod
    def one(rows: list[Row], name: str) -> Row | None:
        """With tones first: Xã Cẩm Giang and Xã Cẩm Giàng are two."""
        toned = [row for row in rows if row["ward"].casefold() == name.casefold()]
        plain = toned or [row for row in rows if glued(row["ward"]) == glued(name)]
        return plain[0] if len(plain) == 1 else None

    def old_unit(self, step: Row) -> Row | None:
        spelt = self.spelt.get((bare(fold(step["old_district"])), step["old_ward"]))
        rows = self.old[glued(step["old_province"]), glued(step["old_district"])]
        return self.by_code[spelt] if spelt else self.one(rows, step["old_ward"])

    def new_unit(self, step: Row) -> Row | None:
        return self.one(self.new[glued(step["new_province"])], step["new_ward"])


UNCHANGED = {"03901": "03901"}
"""Xã Suối Tọ was left as it was (the publisher's attributes say so); the table sends it to Xã Phù Yên."""


def commune_steps(tables: Tables) -> tuple[dict[str, dict[str, None]], list[Row]]:
    """old unit id → new codes; and the rows that could not be matched."""
    matcher, went, left = Matcher(tables), defaultdict[str, dict[str, None]](dict), []
    for step in tables.steps:
        old, new = matcher.old_unit(step), matcher.new_unit(step)
        if not old or not new:
            left.append(step)
            continue
        code = old["wardCode"] or old["districtCode"]
        went[f"{code}@{extent_day(old['provinceCode'])}"][UNCHANGED.get(code, new["wardCode"])] = None
    for old, code in tables.splits.pairs():
        known = went[f"{old['wardCode']}@{extent_day(old['provinceCode'])}"]
        if code not in known and tables.splits.believed(old, code, list(known)):
            known[code] = None
    return went, left


def successions(tables: Tables) -> Iterator[tuple[str, str, str]]:
    for day, code, _, went in EARLIER:
        for new in went.split():
            yield (f"{code}@{BEGINNING}", f"{new}@{day}", "whole" if len(went.split()) == 1 else "part")
    for new, olds in MERGED.items():
        for code in olds.split():
            yield (f"{code}@{first_days().get(code, BEGINNING)}", f"{new}@{REFORM}", "whole")
    for old, news in commune_steps(tables)[0].items():
        for new in news:
            yield (old, f"{new}@{REFORM}", "whole" if len(news) == 1 else "part")


def changes(tables: Tables) -> Iterator[tuple[str, ...]]:
    """Resolution 30/2026/QH16: Đồng Nai becomes a city, ten of its xã become phường."""
    yield (CITY, "75", "Thành phố Đồng Nai", "VN", "75")
    for row in tables.new:
        name = tables.official[row["wardCode"]][0]
        if fold(name) != fold(row["ward"]):
            yield (CITY, row["wardCode"], name, row["provinceCode"], row["wardCode"])


REASONS = {
    "trung tam huan luyen cam son": "khu quân sự, không phải đơn vị hành chính cấp xã, không có mã",
    "phuong thanh binh": "đã nhập vào phường khác trước ngày 30/6/2025, không còn mã",
    "xa phuc thanh a": "đã nhập vào xã khác trước ngày 30/6/2025, không còn mã",
}


def main(data: Path) -> None:
    tables = Tables(data)
    (PACK / "updates").mkdir(parents=True, exist_ok=True)
    write("provinces.csv", UNIT_COLUMNS, provinces(tables))
    write("districts.csv", UNIT_COLUMNS, districts(tables))
    write("communes.csv", UNIT_COLUMNS, communes(tables))
    write("successions.csv", ("old", "new", "kind"), successions(tables))
    write("updates/2026-04-30-dong-nai.csv", ("day", "code", "name", "parent", "from"), changes(tables))
    left = commune_steps(tables)[1]
    columns = ("old_province", "old_district", "old_ward", "new_province", "new_ward", "reason")
    write("left-out.csv", columns, ((*row.values(), REASONS[fold(row["old_ward"])]) for row in left))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
