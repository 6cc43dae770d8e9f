"""One fault at a time, in every file of a pack: its code, its line, the nearest name. And several at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haidang.catalog.declared import check, load
from haidang.words.texts import say, texts

from .small_pack import FILES, write

P, D, N, B, S, E, C = (
    "pack.yaml",
    "datasets/diem.yaml",
    "indicators/diem.yaml",
    "boards/nho.yaml",
    "sources/diem-2018.yaml",
    "examples.yaml",
    "codes/tinh-thi.csv",
)

# file, what stood there, what stands there instead → code, line, nearest
FAULTS = [
    (P, "title:", "titel:", {("unknown-key", 2, "title"), ("missing-key", 1, "")}),
    (P, "version: 1.0.0", "version: 1.0", {("not-a-version", 3, "")}),
    (P, "version: 1.0.0\n", "", {("missing-key", 1, "")}),
    (P, "en: Small pack", "en: Small pack, vi: Gói", {("duplicate-key", 2, "")}),
    (P, ", en: Small pack", "", {("missing-key", 2, "")}),
    (P, "vi: Gói nhỏ", "vi: Gói nhỏ, gọn", {("comma-unquoted", 2, "")}),
    (P, "pack: nho", "pack: Nhỏ", {("not-a-key", 1, "")}),
    (P, "pack: nho", "pack: khac", {("name-differs", 1, "")}),
    (P, "version: 1.0.0", "version: 1.0.0\nteaching: yes", {("not-a-choice", 4, "")}),
    (P, "version: 1.0.0", "version: 1.0.0\nicon: #0b5", {("empty-value", 4, "")}),
    (P, "version: 1.0.0", "version: &v 1.0.0", {("yaml-anchor", 3, "")}),
    (P, "version: 1.0.0", "version: !!str 1.0.0", {("yaml-tag", 3, "")}),
    (P, "version: 1.0.0", "version: 1.0.0\n---\na: b", {("yaml-two-documents", 4, "")}),
    (P, "version: 1.0.0", "version: 1.0.0\nlegal: [a: [b", {("yaml-broken", 5, "")}),
    (P, "version: 1.0.0", "version: 1.0.0\nlegal: Luật", {("not-a-list", 4, "")}),
    (D, "grain: year", "grain: yaer", {("not-a-choice", 6, "year")}),
    (D, "type: decimal", "type: float", {("not-a-choice", 11, "")}),
    (D, "min: 0", "min: không", {("number-expected", 11, "")}),
    (D, "min: 0", "min: 11", {("min-above-max", 11, "")}),
    (D, "type: text, title: {vi: Khối", "type: text, min: 0, title: {vi: Khối", {("key-not-for-type", 12, "")}),
    (D, "checks:", "  Ghi-chú: {type: text, title: {vi: Ghi chú, en: Note}}\nchecks:", {("not-a-column-name", 13, "")}),
    (D, "checks:", "  like: {type: text, title: {vi: Thích, en: Like}}\nchecks:", {("reserved-name", 13, "")}),
    (D, "key: [khoa]", "key: [khoaa]", {("unknown-column", 3, "khoa")}),
    (D, "key: [khoa]", "key: []", {("list-empty", 3, "")}),
    (D, "place: tinh", "place: tin", {("unknown-column", 4, "tinh")}),
    (D, "place: tinh", "place: khoi", {("wrong-column-type", 4, "")}),
    (D, "period: nam", "period: toan", {("wrong-column-type", 5, "")}),
    (D, "codes: tinh-thi", "codes: tinh-thy", {("unknown-code-list", 9, "tinh-thi")}),
    (D, 'default: "2018"', 'default: "hai nghìn"', {("default-not-of-type", 10, "")}),
    (D, "level: personal", 'pattern: "[", level: personal', {("not-a-pattern", 8, "")}),
    (D, "level: personal", 'pattern: "(?=a)b", level: personal', {("not-a-pattern", 8, "")}),
    (D, "type: decimal", "type: decimal, aliases: [KHỐI]", {("heading-of-two", 12, "")}),
    (D, "left: toan", "left: toam", {("unknown-column", 14, "toan")}),
    (D, "kind: compare, ", "", {("missing-key", 14, "")}),
    (D, "kind: compare", "kind: compair", {("no-such-kind", 14, "compare")}),
    (C, "code,value", "ma,value", {("code-list-header", 1, "")}),
    (C, "", "10,20,Lạng Sơn,Lạng Sơn\n", {("duplicate-code", 3, "")}),
    (C, "", "11,20\n", {("code-list-row", 3, "")}),
    (N, "dataset: diem\n  unit", "dataset: diemm\n  unit", {("unknown-dataset", 4, "diem")}),
    (N, "kind: mean", "kind: maen", {("not-a-choice", 11, "mean")}),
    (N, "column: toan\n  where", "column: toam\n  where", {("unknown-column", 13, "toan")}),
    (N, "column: toan\n  where", "column: khoi\n  where", {("wrong-column-type", 13, "")}),
    (N, "  column: toan\n  where", "  where", {("kind-needs-key", 11, "")}),
    (N, "kind: mean", "kind: ratio", {("kind-needs-key", 11, "")}),
    (N, "kind: mean", "kind: count", {("key-not-for-kind", 13, "")}),
    (N, '"toan >= 0"', '"toam >= 0"', {("unknown-column", 14, "toan")}),
    (N, '"toan >= 0"', "\"toan >= 'a'\"", {("wrong-literal", 14, "")}),
    (N, '"toan >= 0"', "\"khoi > 'a'\"", {("cannot-order", 14, "")}),
    (N, '"toan >= 0"', '"toan >= 0 or"', {("expression-broken", 14, "")}),
    (N, "slices: [khoi]", "slices: [khoii]", {("unknown-column", 8, "khoi"), ("unknown-slice", 6, "khoii")}),
    (N, 'group: "01"', 'group: "1"', {("unknown-group", 7, "01")}),
    (N, "direction: up", "direction: down", {("status-order", 18, "")}),
    (N, "  direction: up\n", "", {("status-needs-direction", 17, "")}),
    (N, "{diem-toan} * 2", "{diem-toam} * 2", {("unknown-indicator", 22, "diem-toan")}),
    (N, "{diem-toan} * 2", "{doi} * 2", {("formula-cycle", 22, "")}),
    (N, "{diem-toan} * 2", "diem-toan * 2", {("expression-broken", 22, "")}),
    (N, "  adds: {place: none, time: none}\n", "", {("kind-needs-key", 27, "")}),
    (N, "adds: {place: none, time: none}", "adds: {place: redivide, time: none}", {("nothing-to-redivide", 31, "")}),
    (N, "item: {khoi: a}", "item: {khoo: a}", {("unknown-column", 30, "khoi")}),
    (N, "grain: year\n  group", "grain: month\n  group", {("grain-finer-than-facts", 6, "")}),
    (N, "indicator: doi", "indicator: diem-toan", {("duplicate-name", 19, "")}),
    (N, "  title: {vi: Gấp", "  digits: 9\n  title: {vi: Gấp", {("out-of-range", 20, "")}),
    (B, "indicator: diem-toan", "indicator: diem-ton", {("unknown-indicator", 5, "diem-toan")}),
    (B, "headline: [diem-toan]", "headline: [diem-tan]", {("unknown-indicator", 3, "diem-toan")}),
    (B, "chart: bar", "chart: baar", {("no-such-kind", 6, "bar")}),
    (B, "by: khoi", "by: khoii", {("unknown-slice", 6, "khoi")}),
    (B, "previous", "previuos", {("not-a-comparison", 5, "previous")}),
    (B, "chart: bar", "chart: bar, width: 21", {("out-of-range", 6, "")}),
    (S, "files: [data/diem.csv]", "files: [data/diemm.csv]", {("no-such-file", 7, "data/diem.csv")}),
    (S, "files: [data/diem.csv]", "files: [../../etc/passwd]", {("file-outside-pack", 7, "")}),
    (S, "files: [data/diem.csv]\n", "", {("missing-key", 1, "")}),
    (S, "source: diem-2018", "source: diem-18", {("name-differs", 1, "")}),
    (S, "format: csv", "format: csvv", {("no-such-kind", 4, "csv")}),
    (S, "connector: file", "connector: folderr", {("no-such-kind", 3, "folder")}),
    (E, "diem-toan", "diem-toam", {("unknown-indicator", 1, "diem-toan")}),
    (E, '"2018"', '"năm 2018"', {("not-a-period", 1, "")}),
    (E, 'value: "5"', 'value: "5,0"', {("number-expected", 1, "")}),
]


def found(folder: Path) -> set[tuple[str, str, int, str]]:
    problems = check(folder)
    return {(p.code, *_where(p.where), p.nearest) for p in problems}


def _where(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file.partition("/")[2], int(line)


def test_the_small_pack_is_sound(tmp_path: Path) -> None:
    write(tmp_path)
    catalog = load(tmp_path)
    assert catalog.problems == ()
    assert [p.key for p in catalog.packs] == ["nho"]


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS, ids=[f"{f[0]} {f[2][:30]!r}" for f in FAULTS])
def test_one_fault(tmp_path: Path, file: str, old: str, new: str, expected: set[tuple[str, int, str]]) -> None:
    write(tmp_path, (file, old, new))
    problems = found(tmp_path)
    assert {(code, line, near) for code, _, line, near in problems} >= expected, problems
    assert load(tmp_path).packs == ()


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{f[0]} {f[2][:30]!r}" for f in FAULTS])
def test_a_fault_is_said_once_and_in_words(
    tmp_path: Path, fault: tuple[str, str, str, set[tuple[str, int, str]]]
) -> None:
    """No fault drags a tail of follow-up problems behind it, and every code has a sentence without holes."""
    file, old, new, expected = fault
    write(tmp_path, (file, old, new))
    problems = check(tmp_path)
    assert len(problems) <= len(expected) + 1, problems
    for problem in problems:
        assert problem.code in texts()
        assert "…" not in say(problem).replace("[…]", "").replace("{…}", "").replace("'…'", ""), say(problem)


def test_several_faults_at_once(tmp_path: Path) -> None:
    chosen = [f for f in FAULTS if f[0] in {D, S, E}]
    changes = [next(f for f in chosen if f[0] == file) for file in (D, S, E)]
    changes += [(B, "chart: bar", "chart: baar", {("no-such-kind", 6, "bar")})]
    write(tmp_path, *[(f[0], f[1], f[2]) for f in changes])
    assert {p[0] for p in found(tmp_path)} == {code for f in changes for code, _, _ in f[3]}


def test_a_pack_that_leans_on_an_unsound_one_goes_with_it(tmp_path: Path) -> None:
    write(tmp_path, ("indicators/diem.yaml", "{diem-toan}", "{khac.diem-toan}"))
    other = write(tmp_path, ("pack.yaml", "pack: nho", "pack: khac"), name="khac")
    assert check(tmp_path) == ()
    (other / "pack.yaml").write_text((other / "pack.yaml").read_text().replace("1.0.0", "một"))
    assert [p.code for p in check(tmp_path)] == ["not-a-version"]
    assert load(tmp_path).packs == ()


def test_cycle_through_another_pack(tmp_path: Path) -> None:
    write(tmp_path, ("indicators/diem.yaml", "{diem-toan}", "{khac.doi}"))
    write(
        tmp_path,
        ("pack.yaml", "pack: nho", "pack: khac"),
        ("indicators/diem.yaml", "{diem-toan}", "{nho.doi}"),
        name="khac",
    )
    assert [(p.code, p.where) for p in check(tmp_path)] == [
        ("formula-cycle", "khac/indicators/diem.yaml:22"),
        ("formula-cycle", "nho/indicators/diem.yaml:22"),
    ]


def test_files_nobody_reads(tmp_path: Path) -> None:
    pack = write(tmp_path)
    (pack / "indicator").mkdir()
    (pack / "datasets" / "them.yml").write_text("a: b")
    (pack / "tinh.py").write_text("print()")
    problems = {(p.code, p.where, p.nearest) for p in check(tmp_path)}
    assert problems == {
        ("unknown-file", "nho/indicator:1", "indicators"),
        ("unknown-file", "nho/datasets/them.yml:1", ""),
        ("pack-holds-code", "nho/tinh.py:1", ""),
    }


def test_folders(tmp_path: Path) -> None:
    pack = write(tmp_path)
    assert [p.key for p in load(pack).packs] == ["nho"], "a folder may be the pack itself"
    assert [p.key for p in load(pack, tmp_path).packs] == ["nho"], "said twice, read once"
    (tmp_path / "reference").mkdir()
    assert check(tmp_path) == ()
    assert [p.code for p in check(tmp_path / "nowhere")] == ["no-such-folder"]
    (pack / "pack.yaml").unlink()
    assert [p.code for p in check(tmp_path)] == ["no-pack-yaml"]


def test_hostile_files(tmp_path: Path) -> None:
    pack = write(tmp_path)
    (pack / "pack.yaml").write_bytes(b"pack: \xff\xfe\n")
    (pack / D).write_text("a: " + "[" * 5000)
    (pack / B).write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    (pack / S).write_text("# " + "x" * 1_100_000)
    (pack / E).write_text("")
    codes = {p.code for p in check(tmp_path)}
    assert codes >= {"not-utf8", "yaml-anchor", "declaration-too-big", "declaration-empty"}
    assert codes & {"yaml-too-deep", "yaml-broken"}


def test_what_is_no_file(tmp_path: Path) -> None:
    pack = write(tmp_path)
    (pack / "datasets" / "khac.yaml").mkdir()
    os.mkfifo(pack / "boards" / "khac.yaml")
    os.mkfifo(pack / "codes" / "khac.csv")
    assert {(p.code, p.where) for p in check(tmp_path)} == {
        ("file-unreadable", f"nho/{name}:1") for name in ("datasets/khac.yaml", "boards/khac.yaml", "codes/khac.csv")
    }


def test_a_file_name_no_screen_can_print(tmp_path: Path) -> None:
    pack = write(tmp_path)
    (pack / os.fsdecode(b"xa\xff.yaml")).write_text("a: b")
    (problem,) = check(tmp_path)
    assert problem.code == "unknown-file"
    assert problem.where.encode()
    assert problem.found.encode()


def test_the_table_covers_every_file() -> None:
    assert {f[0] for f in FAULTS} == set(FILES) - {"data/diem.csv"}
    assert len(FAULTS) >= 30
