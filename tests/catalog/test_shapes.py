"""Shapes: who is drawn on which day, the islands, the size of what ships, and importing a map."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import Point
from shapely.geometry import shape

from haidang.catalog.places import SHIPPED, import_update, register_of
from haidang.catalog.shapes import import_shapes, shapes_of
from haidang.words.errors import PackProblem
from haidang.words.texts import texts

EVE, TODAY = date(2025, 6, 30), date(2026, 11, 22)
HOANG_SA, TRUONG_SA = (111.0, 113.0, 15.5, 17.3), (111.0, 118.0, 6.5, 12.0)


def points(feature: dict[str, Any]) -> Iterator[tuple[float, float]]:
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    yield from ((x, y) for part in parts for ring in part for x, y in ring)


def reaches(feature: dict[str, Any], box: tuple[float, float, float, float]) -> int:
    return sum(box[0] <= x <= box[1] and box[2] <= y <= box[3] for x, y in points(feature))


@pytest.mark.parametrize(("day", "count"), [(TODAY, 34), (date(2025, 7, 1), 34), (EVE, 63), (date(2010, 1, 1), 63)])
def test_the_map_of_the_country_has_every_province_and_both_archipelagos(tmp_path: Path, day: date, count: int) -> None:
    drawn = {f["id"]: f for f in shapes_of(tmp_path, "province", day)["features"]}
    assert len(drawn) == count
    assert reaches(drawn["48"], HOANG_SA) > 100
    assert reaches(drawn["56"], TRUONG_SA) > 100


def test_a_feature_carries_code_unit_and_the_name_of_the_day(tmp_path: Path) -> None:
    names = {
        d: {f["id"]: f["properties"] for f in shapes_of(tmp_path, "province", d)["features"]} for d in (EVE, TODAY)
    }
    assert names[TODAY]["75"] == {"unit": "75@2026-04-30", "code": "75", "name": "Thành phố Đồng Nai"}
    assert names[EVE]["75"]["name"] == "Tỉnh Đồng Nai"
    assert "60" in names[EVE]
    assert "60" not in names[TODAY]


@pytest.mark.parametrize(("place", "count"), [("20", 65), ("68", 124), ("75", 95), ("48", 94), ("56", 65)])
def test_a_provinces_communes_are_all_drawn(tmp_path: Path, place: str, count: int) -> None:
    unit = register_of(tmp_path).resolve(place, TODAY)
    drawn = shapes_of(tmp_path, "commune", TODAY, unit.id)["features"]
    assert len(drawn) == len({f["id"] for f in drawn}) == count


def test_every_commune_of_the_country_has_a_shape_near_its_point(tmp_path: Path) -> None:
    places = register_of(tmp_path)
    drawn = {f["properties"]["unit"]: f for f in shapes_of(tmp_path, "commune", TODAY)["features"]}
    assert len(drawn) == 3321
    for unit_id in list(drawn)[::40]:
        unit = places.unit(unit_id)
        assert shape(drawn[unit_id]["geometry"]).distance(Point(unit.lon, unit.lat)) < 0.05, unit


def test_the_special_zones_are_on_their_provinces_map(tmp_path: Path) -> None:
    da_nang = {f["id"]: f for f in shapes_of(tmp_path, "commune", TODAY, "48@2025-07-01")["features"]}
    assert reaches(da_nang["20333"], HOANG_SA) > 100
    khanh_hoa = {f["id"]: f for f in shapes_of(tmp_path, "commune", TODAY, "56@2025-07-01")["features"]}
    assert reaches(khanh_hoa["22736"], TRUONG_SA) > 100


def test_the_old_shapes_lie_where_their_districts_lie(tmp_path: Path) -> None:
    """A shape under the wrong code would hold none of its districts (some of the points themselves are astray)."""
    places = register_of(tmp_path)
    for feature in shapes_of(tmp_path, "province", EVE)["features"]:
        area = shape(feature["geometry"]).buffer(0.08)
        districts = places.children(feature["properties"]["unit"], EVE)
        inside = sum(area.contains(Point(d.lon, d.lat)) for d in districts if d.lon and d.lat)
        assert inside >= 0.6 * len(districts), (feature["properties"], inside, len(districts))


def test_an_ended_provinces_territory_is_drawn_by_todays_communes(tmp_path: Path) -> None:
    drawn = shapes_of(tmp_path, "commune", TODAY, "60@1976-07-02")["features"]
    assert len(drawn) == 45


def test_nothing_is_drawn_that_is_not_known(tmp_path: Path) -> None:
    assert shapes_of(tmp_path, "district", EVE)["features"] == []
    assert shapes_of(tmp_path, "commune", EVE)["features"] == []
    drawn = {f["id"] for f in shapes_of(tmp_path, "province", date(2007, 1, 1))["features"]}
    assert "01" not in drawn  # the old map shows Hà Nội with Hà Tây
    assert "46" in drawn  # Huế only changed its name


def test_what_ships_is_small() -> None:
    files = {f.name: f for f in (SHIPPED / "shapes").glob("*.gz")}
    assert sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file()) < 4_000_000
    assert len(gzip.decompress(files["provinces-2025.geojson.gz"].read_bytes())) < 140_000
    sizes = {name: len(gzip.decompress(f.read_bytes())) for name, f in files.items()}
    assert max(sizes.values()) <= 250_000


def test_a_renamed_commune_keeps_its_shape(tmp_path: Path) -> None:
    file = tmp_path / "u.csv"
    file.write_text("day,code,name,parent,from\n2027-01-01,06184,Phường Đồng Đăng,20,06184\n", encoding="utf-8")
    import_update(file, tmp_path)
    drawn = shapes_of(tmp_path, "commune", date(2027, 1, 1), "06184@2027-01-01")["features"]
    assert [f["properties"]["name"] for f in drawn] == ["Phường Đồng Đăng"]


# -- importing -------------------------------------------------------------------------------------------------------

SQUARE = [[[106.6, 21.8], [106.8, 21.8], [106.8, 22.0], [106.6, 21.8]]]


def collection(*features: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def drawn_as(key: str, coordinates: object = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "id": key, "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}


def save(folder: Path, data: object) -> Path:
    file = folder / "ban-do.geojson"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_an_imported_shape_goes_before_the_shipped(tmp_path: Path) -> None:
    done = import_shapes(save(tmp_path, collection(drawn_as("06184"), drawn_as("20@1976-07-02"))), tmp_path)
    assert [u.id for u in done] == ["06184@2025-07-01", "20@1976-07-02"]
    communes = {f["id"]: f for f in shapes_of(tmp_path, "commune", TODAY, "20@1976-07-02")["features"]}
    assert communes["06184"]["geometry"]["coordinates"] == SQUARE
    assert len(communes) == 65


def test_the_newest_import_wins_and_a_repeat_is_kept_once(tmp_path: Path) -> None:
    other = [[[106.5, 21.8], [106.8, 21.8], [106.8, 22.0], [106.5, 21.8]]]
    import_shapes(save(tmp_path, collection(drawn_as("06184"))), tmp_path)
    for _ in range(2):
        import_shapes(save(tmp_path, collection(drawn_as("06184", other))), tmp_path)
    assert len(list((tmp_path / "places" / "shapes").iterdir())) == 2
    [drawn] = shapes_of(tmp_path, "commune", TODAY, "06184@2025-07-01")["features"]
    assert drawn["geometry"]["coordinates"] == other


def test_a_zipped_map_and_one_keyed_by_property(tmp_path: Path) -> None:
    feature = drawn_as("") | {"properties": {"code": "06184"}}
    file = tmp_path / "x.geojson.gz"
    file.write_bytes(gzip.compress(json.dumps(collection(feature)).encode()))
    assert [u.code for u in import_shapes(file, tmp_path)] == ["06184"]


VN2000 = [[[430000.0, 2412000.0], [440000.0, 2412000.0], [440000.0, 2422000.0], [430000.0, 2412000.0]]]
SWAPPED = [[[y, x] for x, y in ring] for ring in SQUARE]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "shape-no-collection"),
        (collection(), "shape-no-collection"),
        (collection(3), "shape-no-feature"),
        (collection(drawn_as("99999")), "shape-unknown-place"),
        (collection(drawn_as("60")), "shape-unknown-place"),
        (collection(drawn_as("20"), drawn_as("20")), "shape-twice"),
        (collection(drawn_as("20", [1, 2], "Point")), "shape-wrong-kind"),
        (collection({"type": "Feature", "id": "20", "geometry": None}), "shape-wrong-kind"),
        (collection(drawn_as("20", [])), "shape-bad-ring"),
        (collection(drawn_as("20", [[[106, 21], [106, 22]]])), "shape-bad-ring"),
        (collection(drawn_as("20", [[[106, "x"]] * 4])), "shape-bad-ring"),
        (collection(drawn_as("20", [[*SQUARE[0][:-1], [106.7, 21.9]]])), "shape-open-ring"),
        (collection(drawn_as("20", VN2000)), "shape-astray"),
        (collection(drawn_as("20", SWAPPED)), "shape-astray"),
        (collection(drawn_as("48")), "shape-islands-missing"),
        (collection(drawn_as("22736")), "shape-islands-missing"),
    ],
)
def test_an_unsound_map_is_refused_whole(tmp_path: Path, data: object, code: str) -> None:
    with pytest.raises(PackProblem) as refused:
        import_shapes(save(tmp_path, data), tmp_path)
    assert [p.code for p in refused.value.problems] == [code]
    assert code in texts()
    assert not (tmp_path / "places").exists()


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PackProblem) as refused:
        import_shapes(save(tmp_path, collection(drawn_as("99"), drawn_as("20"), drawn_as("48"))), tmp_path)
    assert [(p.where, p.code) for p in refused.value.problems] == [
        ("ban-do.geojson:1", "shape-unknown-place"),
        ("ban-do.geojson:3", "shape-islands-missing"),
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"PK\x03\x04"])
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.geojson"
    file.write_bytes(content)
    with pytest.raises(PackProblem) as refused:
        import_shapes(file, tmp_path)
    assert refused.value.problems[0].code == "shape-file-unreadable"


@pytest.mark.parametrize("keep", [8, 30, -3])
def test_half_a_gzip_or_a_spoilt_one_is_refused(tmp_path: Path, keep: int) -> None:
    whole = gzip.compress(json.dumps(collection(drawn_as("06184"))).encode())
    file = tmp_path / "x.geojson.gz"
    file.write_bytes(whole[:keep] if keep > 8 or keep < 0 else whole[:20] + b"\xff" * 20 + whole[40:])
    with pytest.raises(PackProblem) as refused:
        import_shapes(file, tmp_path)
    assert refused.value.problems[0].code == "shape-file-unreadable"


def test_the_shipped_maps_pass_their_own_checks(tmp_path: Path) -> None:
    for name in ("provinces-2025", "communes-48", "communes-56", "communes-20"):
        assert import_shapes(SHIPPED / "shapes" / f"{name}.geojson.gz", tmp_path)
