"""Contracts as ODCS 3.1: every shipped dataset says its own and comes back whole; a stranger's becomes a named draft."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from haidang.catalog import declared as catalog
from haidang.catalog.declared import Catalog, Dataset, Source, check, load
from haidang.intake.contracts import imported, odcs
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say, texts

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = load(ROOT / "packs")
DATASETS = [dataset for pack in SHIPPED.packs for dataset in pack.datasets]


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HAIDANG_PACKS", str(ROOT / "packs"))
    catalog.forget()
    yield
    catalog.forget()


@pytest.mark.parametrize("dataset", DATASETS, ids=[dataset.key for dataset in DATASETS])
def test_every_shipped_dataset_says_a_contract_of_the_standard(dataset: Dataset) -> None:
    told = yaml.safe_load(odcs.as_yaml(dataset.key))
    contract = OpenDataContractStandard(**told)
    assert contract.apiVersion == "v3.1.0"
    assert contract.schema_ is not None
    assert [p.name for p in contract.schema_[0].properties or []] == [c.name for c in dataset.columns]
    # The model leaves out what the standard has no word for: whatever was said is still there.
    kept = contract.model_dump(by_alias=True, exclude_none=True)
    assert _plain(kept) == _plain(told)


def _plain(value: Any) -> Any:
    """Without what is empty, numbers as numbers."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def test_what_went_out_comes_back_whole(tmp_path: Path) -> None:
    """All shipped packs with every dataset and source written anew from its contract mean exactly the same."""
    copied = tmp_path / "packs"
    shutil.copytree(ROOT / "packs", copied)
    for dataset in DATASETS:
        draft = imported.read(odcs.as_yaml(dataset.key))
        assert draft.problems == [], dataset.key
        for name, text in draft.files.items():
            if not name.startswith("codes/"):
                path = copied / dataset.pack / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    again: Catalog = load(copied)
    assert again.problems == ()
    for dataset in DATASETS:
        assert again.dataset(dataset.key) == dataset
    for source in SHIPPED.sources():
        assert _same(again.source(source.key)) == _same(source)


def _same(source: Source) -> Source:
    return replace(source)


def test_no_secret_and_no_address_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for dataset in DATASETS:
        told = yaml.safe_load(odcs.as_yaml(dataset.key))
        for server in told.get("servers", []):
            assert set(server) <= {"server", "type", "format", "customProperties"}


FOREIGN = """\
apiVersion: v3.1.0
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
name: seller_payments
version: 1.1.0
status: active
team: {name: Payments}
schema:
  - name: Giao dịch
    properties:
      - {name: ma, logicalType: string, primaryKey: true, primaryKeyPosition: 1, required: true, logicalTypeOptions: {maxLength: 8, pattern: "[A-Z]+"}}
      - {name: ngay, logicalType: date, businessName: Ngày, classification: PII}
      - name: trang_thai
        logicalType: string
        quality:
          - {type: library, metric: nullValues, mustBe: 0}
          - {type: library, metric: invalidValues, arguments: {validValues: [xong, cho]}, mustBe: 0}
      - {name: chi_tiet, logicalType: object}
      - {name: so_tien, logicalType: number, logicalTypeOptions: {minimum: 0}}
    quality:
      - {type: library, metric: rowCount, mustBeGreaterThan: 10}
  - name: khac
servers: [{server: prod, type: postgres, host: 10.0.0.5}]
slaProperties: [{property: latency, value: 3, unit: d}]
"""


def test_a_strangers_contract_becomes_a_draft_with_problems_named(tmp_path: Path) -> None:
    draft = imported.read(FOREIGN)
    assert [(p.code, p.found) for p in draft.problems] == [
        ("contract-schema-left", "khac"), ("contract-option", "maxLength: 8"), ("contract-type", "object"),
        ("contract-no-period", "giao-dich"), ("contract-rule", "rowCount"), ("contract-server", "postgres"),
    ]  # fmt: skip
    assert all("…" not in say(problem) and problem.code in texts() for problem in draft.problems)
    pack = tmp_path / "thu"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: thu\ntitle: {vi: Thử, en: Trial}\nversion: 1.0.0\n", encoding="utf-8")
    for name, text in draft.files.items():
        (pack / name).parent.mkdir(exist_ok=True)
        (pack / name).write_text(text, encoding="utf-8")
    assert check(tmp_path) == ()
    dataset = load(tmp_path).dataset("thu.giao-dich")
    columns = {column.name: column for column in dataset.columns}
    assert (dataset.unique, dataset.period, dataset.promise_days, dataset.owner.vi) == (("ma",), "ngay", 3, "Payments")
    assert (columns["trang_thai"].required, columns["trang_thai"].codes) == (True, "giao-dich-trang-thai")
    assert (columns["ngay"].level.name, columns["so_tien"].min, columns["ma"].pattern) == ("PERSONAL", 0, "[A-Z]+")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: b",
        "kind: DataContract\n",
        "kind: [",
        "a: &a [1]\nkind: DataContract\nschema: [*a]\n",
        "[" * 5000,
        "x" * 2_000_000,
    ],
    ids=["empty", "other", "no-schema", "broken", "aliases", "deep", "big"],
)
def test_what_is_no_contract_is_refused(text: str) -> None:
    with pytest.raises(IntakeStopped, match="not-a-contract"):
        imported.read(text)
