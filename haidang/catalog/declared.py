"""The face of the catalog: what packs declare, as frozen nouns, and `load` which reads and proves them.

The YAML of each noun is documented in docs/packs.md; keys here and there are the same words. References between nouns
are full keys (`giao-duc.diem-thi-thpt`); a pack's main board bears the pack's own key.
Never: makes a number, reads a row of data. Only `declared` looks at the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from haidang.catalog import building, formulas, printed, proofs
from haidang.catalog.conditions import And, Compare, Condition, In, IsNull, Like, Not, Or, columns_of
from haidang.catalog.conditions import parse as parse_condition
from haidang.catalog.formulas import Formula, Number, Operation, Reference
from haidang.catalog.nearest import nearest
from haidang.catalog.nouns import (
    Board,
    Category,
    Check,
    CodeList,
    Column,
    Dataset,
    Desk,
    Example,
    Indicator,
    Pack,
    Person,
    Retain,
    Route,
    Schedule,
    Senders,
    Source,
    Term,
    Tile,
)
from haidang.catalog.reading import FOLDERS, read_pack
from haidang.words.errors import Absent, PackProblem, Problem
from haidang.words.nouns import Level

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parents[2] / "packs"


def _find(table: dict[str, T], key: str, code: str) -> T:
    if key in table:
        return table[key]
    raise Absent(code, found=key[:80], nearest=nearest(key, table))


@dataclass(frozen=True, eq=False)
class Catalog:
    """Every pack that was read; lookups raise Absent(code, found=…, nearest=…).

    One is another only when it is the same one: as a key of what is kept it costs nothing.
    """

    packs: tuple[Pack, ...]
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def _packs(self) -> dict[str, Pack]:
        return {p.key: p for p in self.packs}

    @cached_property
    def _datasets(self) -> dict[str, Dataset]:
        return {d.key: d for p in self.packs for d in p.datasets}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {i.key: i for p in self.packs for i in p.indicators}

    @cached_property
    def _boards(self) -> dict[str, Board]:
        return {b.key: b for p in self.packs for b in p.boards}

    @cached_property
    def _codes(self) -> dict[str, CodeList]:
        return {f"{p.key}.{c.name}": c for p in self.packs for c in p.codes}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {s.key: s for p in self.packs for s in p.sources}

    @cached_property
    def _desks(self) -> dict[str, Desk]:
        return {d.key: d for p in self.packs for d in p.desks}

    @cached_property
    def _by_dataset(self) -> dict[str, tuple[Indicator, ...]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self._indicators.values():
            found.setdefault(indicator.dataset, []).append(indicator)
        return {key: tuple(indicators) for key, indicators in found.items()}

    @cached_property
    def every_level(self) -> frozenset[str]:
        """Keys of the datasets whose facts stand at every level of places."""
        return frozenset(d.key for d in self._datasets.values() if d.every_level)

    def pack(self, key: str) -> Pack:
        """Absent('unknown-pack')."""
        return _find(self._packs, key, "unknown-pack")

    def dataset(self, key: str) -> Dataset:
        """By full key; Absent('unknown-dataset')."""
        return _find(self._datasets, key, "unknown-dataset")

    def indicator(self, key: str) -> Indicator:
        """By full key; Absent('unknown-indicator')."""
        return _find(self._indicators, key, "unknown-indicator")

    def source(self, key: str) -> Source:
        """By full key; Absent('unknown-source')."""
        return _find(self._sources, key, "unknown-source")

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._sources.values())

    def board(self, key: str) -> Board:
        """By key; Absent('unknown-board')."""
        return _find(self._boards, key, "unknown-board")

    def desk(self, key: str) -> Desk:
        """By full key (`phan-anh.phan-anh`); Absent('unknown-desk')."""
        return _find(self._desks, key, "unknown-desk")

    def desks(self) -> tuple[Desk, ...]:
        return tuple(self._desks.values())

    def code_list(self, pack: str, name: str) -> CodeList:
        """Absent('unknown-code-list')."""
        return _find(self._codes, f"{pack}.{name}", "unknown-code-list")

    def indicators_of(self, dataset: str) -> tuple[Indicator, ...]:
        """The indicators made from a dataset (full key), formulas not among them."""
        return self._by_dataset.get(dataset, ()) if dataset else ()

    def level_of(self, indicator: Indicator) -> Level:
        """The indicator's level: its own, else its dataset's; a formula's is the highest of its parts."""
        if indicator.level is not None:
            return indicator.level
        if indicator.dataset:
            return self.dataset(indicator.dataset).level
        parts = formula_of(indicator)
        names = formulas.references(parts) if parts else ()
        return max((self.level_of(self.indicator(name)) for name in names), default=Level.INTERNAL)


def formula_of(indicator: Indicator) -> Formula | None:
    """The tree of an indicator's formula, None when it has none."""
    return formulas.parse(indicator.formula, indicator.pack) if indicator.formula else None


def load(*folders: Path) -> Catalog:
    """Read every pack under the folders (a folder may be a pack itself); all problems at once in `Catalog.problems`.

    Sound packs still stand; a pack with a problem, or leaning on one that has, is left out.
    """
    problems: list[Problem] = []
    drafts = [read_pack(folder) for folder in _pack_folders(folders, problems)]
    world = proofs.prove(drafts)
    for draft in drafts:
        problems += draft.problems
    standing = tuple(building.pack(draft) for draft in proofs.standing(drafts, world))
    return Catalog(standing, tuple(problems))


def _pack_folders(folders: Iterable[Path], problems: list[Problem]) -> list[Path]:
    found: list[Path] = []
    for folder in dict.fromkeys(Path(f).resolve() for f in folders):
        if not folder.is_dir():
            problems.append(Problem("no-such-folder", str(folder), folder.name))
        elif (folder / "pack.yaml").is_file():
            found.append(folder)
        else:
            found += [p for p in _listed(folder, problems) if _is_pack(p, problems)]
    return list(dict.fromkeys(found))


def _listed(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem("file-unreadable", str(folder), error.strerror or folder.name))
        return []


def _is_pack(folder: Path, problems: list[Problem]) -> bool:
    """Reference data beside the packs has no pack.yaml; a folder that looks like a pack has lost it."""
    if (folder / "pack.yaml").is_file():
        return True
    if folder.is_dir() and any((folder / name).is_dir() for name in ("datasets", "indicators", "boards")):
        problems.append(Problem("no-pack-yaml", f"{folder.name}/pack.yaml:1", folder.name, ", ".join(FOLDERS)))
    return False


def check(*folders: Path) -> tuple[Problem, ...]:
    """Every problem of the packs under the folders, none when sound; without folders, those of this machine."""
    return load(*(folders or pack_folders())).problems


def as_json(catalog: Catalog) -> dict[str, Any]:
    """The catalog as plain values: `{"packs": [{key, title: {vi, en}, datasets, indicators, boards, sources, …}]}`."""
    levels = {i.key: catalog.level_of(i) for pack in catalog.packs for i in pack.indicators}
    return printed.packs(catalog.packs, levels)


def pack_folders() -> tuple[Path, ...]:
    """Where this machine's packs are: HAIDANG_PACKS (folders, separated as in PATH), else those shipped."""
    return tuple(Path(p) for p in os.environ.get("HAIDANG_PACKS", str(SHIPPED)).split(os.pathsep) if p)


def declared() -> Catalog:
    """The catalog of this process: `pack_folders` say where the packs are; raises PackProblem if unsound.

    Cached per folders, until `forget`.
    """
    return _declared(pack_folders())


@cache
def _declared(folders: tuple[Path, ...]) -> Catalog:
    catalog = load(*folders)
    if catalog.problems:
        raise PackProblem(catalog.problems)
    return catalog


def forget() -> None:
    """Read the packs again at the next `declared()` (tests, and packs that were edited)."""
    _declared.cache_clear()


__all__ = [
    "And",
    "Board",
    "Catalog",
    "Category",
    "Check",
    "CodeList",
    "Column",
    "Compare",
    "Condition",
    "Dataset",
    "Desk",
    "Example",
    "Formula",
    "In",
    "Indicator",
    "IsNull",
    "Like",
    "Not",
    "Number",
    "Operation",
    "Or",
    "Pack",
    "Person",
    "Reference",
    "Retain",
    "Route",
    "Schedule",
    "Senders",
    "Source",
    "Term",
    "Tile",
    "as_json",
    "check",
    "columns_of",
    "declared",
    "forget",
    "formula_of",
    "load",
    "pack_folders",
    "parse_condition",
]
