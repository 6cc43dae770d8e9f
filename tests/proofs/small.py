"""Four small packs written for the proofs: every title, key, cell and number in them is a canary.

Packs `mot`, `hai`, `ba` hold four datasets each, one per level; each has columns of all four levels. `bon` has nothing
of its own: formulas, a board and a list of records that lean on the others.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from proofs import oracle
from proofs.canaries import Book, Need, Numbers, Way, primes
from proofs.oracle import ANY, LEVELS, PERSONAL

PACKS = ("mot", "hai", "ba")
LEANING = "bon"
COLUMNS = range(4)
PERSONS = {("mot", 1), ("hai", 1), ("hai", 3), ("ba", 0)}
"""Datasets whose rows are persons: small groups are masked."""

COMMUNES = {
    "2024": (oracle.OLD_DONG_DANG, oracle.JOINED, oracle.OLD_DINH_LAP, oracle.DIVIDED, oracle.OLD_MUI_NE),
    "2025": (oracle.DONG_DANG, oracle.DONG_DANG, oracle.DINH_LAP, oracle.KIEN_MOC, oracle.MUI_NE),
}
PROVINCES = {
    "2024": (oracle.LANG_SON, oracle.BINH_THUAN, oracle.DAK_NONG, oracle.OLD_LAM_DONG),
    "2025": (oracle.LANG_SON, oracle.LAM_DONG),
}
OF_PROVINCES = {("mot", 2), ("hai", 0), ("hai", 1), ("ba", 3)}
"""Datasets whose facts stand at provinces; the others' at communes."""

READ, FEED, MEND, MANAGE = ("read",), ("read", "import", "mend"), ("mend",), ("manage",)


@dataclass(frozen=True)
class Made:
    """One dataset of the world. `words`: name of an indicator → its key."""

    pack: str
    level: int
    key: str
    indicators: dict[str, str]
    numbers: Numbers
    person: bool


@dataclass
class Packs:
    """What was written: the folder of packs, the files to land, the canaries."""

    folder: Path
    book: Book = field(default_factory=Book)
    made: list[Made] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    formulas: dict[str, Made] = field(default_factory=dict)
    boards: list[str] = field(default_factory=list)

    def of(self, key: str) -> Made:
        return next(one for one in self.made if one.key == key)


def known(pack: str, level: int) -> tuple[Way, ...]:
    """What it takes to know that a dataset is there: to read, feed or mend it, or to manage its pack."""
    return (Need(FEED, pack, level),), (Need(MANAGE, pack, 0),)


def _title(word: str) -> str:
    return f"{{vi: Mục {word}, en: Item {word}}}"


def write(folder: Path, files: Path) -> Packs:
    """The packs under `folder`, the files that are to be landed under `files`."""
    packs = Packs(folder)
    numbers = iter(primes(1_000_003, len(PACKS) * len(LEVELS)))
    for pack in PACKS:
        _pack(packs, pack)
        for level in range(len(LEVELS)):
            _dataset(packs, (pack, level), next(numbers), files)
        _board(packs, pack, [one for one in packs.made if one.pack == pack])
    _leaning(packs)
    return packs


def _put(packs: Packs, name: str, text: str) -> None:
    file = packs.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _pack(packs: Packs, pack: str) -> None:
    word = packs.book.word(f"title of {pack}", (Need((*FEED, *MANAGE), pack, 0),))
    group = packs.book.word(f"group of {pack}", (Need((*FEED, *MANAGE), pack, 0),))
    groups = f'groups:\n  "01": {_title(group)}\n'
    _put(packs, f"{pack}/pack.yaml", f"pack: {pack}\ntitle: {_title(word)}\nversion: 1.0.0\n{groups}")


def _dataset(packs: Packs, which: tuple[str, int], prime: int, files: Path) -> None:
    pack, level = which
    book, person = packs.book, which in PERSONS
    about = f"of {pack} {LEVELS[level]}"
    ways = known(pack, level)
    name = f"d{level}-" + book.word(f"key {about}", *ways)
    rows = list(_rows(which))
    needs = tuple(Need(READ, pack, level, unit) for _, unit in rows)
    made = Made(pack, level, f"{pack}.{name}", {}, Numbers(f"{pack}.{name}", prime, needs), person)
    book.numbers[made.key] = made.numbers
    titles = {column: book.word(f"column {column} {about}", *ways) for column in _columns()}
    _put(packs, f"{pack}/datasets/{name}.yaml", _as_dataset(made, titles, book.word(f"title {about}", *ways)))
    _put(packs, f"{pack}/indicators/{name}.yaml", _indicators(packs, made))
    source = book.word(f"source {about}", (Need((*FEED, *MANAGE), pack, level),), (Need(MANAGE, pack, 0),))
    _put(
        packs,
        f"{pack}/sources/n{level}-{source}.yaml",
        f"source: n{level}-{source}\ndataset: {name}\nconnector: upload\nformat: csv\n"
        f"title: {_title(source)}\nowner: {_title(source)}\n",
    )
    packs.made.append(made)
    packs.files[made.key] = _file(packs, made, rows, files)


def _columns() -> tuple[str, ...]:
    return ("khoa", "noi", "nam", "so", "ma", *(f"t{level}" for level in COLUMNS))


def _rows(which: tuple[str, int]) -> Iterator[tuple[str, str]]:
    for year, units in (PROVINCES if which in OF_PROVINCES else COMMUNES).items():
        yield from ((year, unit) for unit in units)


def _as_dataset(made: Made, titles: dict[str, str], title: str) -> str:
    types = {"noi": "place, required: true", "nam": "period, required: true", "so": "integer, min: 0"}
    levels = {f"t{level}": LEVELS[level] for level in COLUMNS}
    lines = [
        f"  {name}: {{type: {types.get(name, 'text')}, title: {_title(titles[name])}"
        + (f", level: {levels[name]}" if name in levels else "")
        + "}"
        for name in _columns()
    ]
    head = f"dataset: {made.key.split('.')[1]}\ntitle: {_title(title)}\nlevel: {LEVELS[made.level]}\n"
    rest = f"key: [khoa]\nplace: noi\nperiod: nam\ngrain: year\non_bad: {'stop' if _stops(made) else 'set-aside'}\n"
    return head + f"person: {str(made.person).lower()}\n" + rest + "columns:\n" + "\n".join(lines) + "\n"


def _stops(made: Made) -> bool:
    return (made.pack, made.level) == ("ba", 1)


def _indicators(packs: Packs, made: Made) -> str:
    """A sum with slices, a count, a mean, a last value, distinct counts; one told by a column above the dataset's."""
    kinds = {
        "tong": "kind: sum, column: so, slices: [ma]",
        "dem": "kind: count, slices: [t3]",
        "tb": "kind: mean, column: so, scale: 0.001, direction: up, status: {amber: 5, red: 4}",
        "cuoi": "kind: last, column: so",
        "khac": "kind: distinct, column: t3, slices: [ma]",
        "loc": "kind: count, where: \"t3 like 'zq%'\"",
        "tinh": "kind: count, level: personal",
    }
    lines = []
    for name, rest in kinds.items():
        level = 3 if name == "tinh" else made.level
        word = packs.book.word(f"indicator {name} of {made.key}", (Need(READ, made.pack, level),))
        made.indicators[name] = f"{made.pack}.{name}-{word}"
        fixed = f"title: {_title(word)}, unit: cái, grain: year, group: '01', dataset: {made.key.split('.')[1]}"
        lines.append(f"- {{indicator: {name}-{word}, {fixed}, definition: {_title(word)}, {rest}}}")
    return "\n".join(lines) + "\n"


def _board(packs: Packs, pack: str, made: list[Made]) -> None:
    word = packs.book.word(f"board of {pack}", (Need(READ, pack, 0),))
    tiles = [tile for one in made for tile in _tiles(one)]
    heads = ", ".join(one.indicators["tong"].split(".")[1] for one in made)
    _put(
        packs,
        f"{pack}/boards/{pack}.yaml",
        f"board: {pack}\ntitle: {_title(word)}\nheadline: [{heads}]\ntiles:\n" + "\n".join(tiles) + "\n",
    )
    packs.boards.append(pack)


def _tiles(made: Made) -> list[str]:
    name = made.indicators["tong"]
    shapes = (
        "chart: number, compare: [previous, same-period, plan]",
        "chart: map, by: place",
        "chart: table, by: place",
        "chart: bar, by: ma",
        "chart: line, history: 4",
        "chart: table, by: place, place: '68'",
    )
    return [f"  - {{indicator: {name}, {shape}}}" for shape in shapes]


def _leaning(packs: Packs) -> None:
    """A pack of formulas over the others' numbers, one per dataset, and records of another pack's dataset."""
    _pack(packs, LEANING)
    lines = []
    for made in packs.made:
        ways = (Need(READ, LEANING, made.level),)
        word = packs.book.word(f"formula over {made.key}", ways)
        key = f"f-{word}"
        packs.formulas[f"{LEANING}.{key}"] = made
        fixed = f"title: {_title(word)}, unit: cái, grain: year, kind: formula"
        rest = f"formula: '{{{made.indicators['tong']}}} * 1', records: {{dataset: {made.key}}}"
        lines.append(f"- {{indicator: {key}, {fixed}, {rest}}}")
    _put(packs, f"{LEANING}/indicators/f.yaml", "\n".join(lines) + "\n")
    word = packs.book.word("board of bon", (Need(READ, LEANING, 0),))
    tiles = [f"  - {{indicator: {key}, chart: table, by: place}}" for key in packs.formulas]
    tiles += [f"  - {{indicator: {made.indicators['tong']}, chart: number}}" for made in packs.made]
    _put(
        packs,
        f"{LEANING}/boards/{LEANING}.yaml",
        f"board: {LEANING}\ntitle: {_title(word)}\ntiles:\n" + "\n".join(tiles),
    )
    packs.boards.append(LEANING)


# --- files


def _file(packs: Packs, made: Made, rows: list[tuple[str, str]], files: Path) -> Path:
    """The dataset's rows, and rows that will be set aside: two at places, one at none."""
    word = packs.book.word(f"file of {made.key}", (Need(FEED, made.pack, made.level),))
    file = files / f"{word}.csv"
    good = [_line(packs, made, (year, unit), str(made.numbers.value(at))) for at, (year, unit) in enumerate(rows)]
    bad = [] if _stops(made) else list(_bad(packs, made, rows))
    lines = good + bad
    random.Random(made.key).shuffle(lines)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerows([_columns(), *lines])
    return file


def _line(packs: Packs, made: Made, where: tuple[str, str], number: str, actions: tuple[str, ...] = READ) -> list[str]:
    year, unit = where
    words = {
        name: packs.book.word(
            f"{name} of {made.key} at {unit or 'no place'}" + (" set aside" if actions == MEND else ""),
            (_cell(actions, made, level, unit),),
        )
        for name, level in (("khoa", 0), ("ma", 0), *((f"t{level}", level) for level in COLUMNS))
    }
    values = {**words, "noi": unit.partition("@")[0] or "99998", "nam": year, "so": number}
    return [values[name] for name in _columns()]


def _cell(actions: tuple[str, ...], made: Made, level: int, unit: str) -> Need:
    wanted = max(made.level, level)
    return Need(actions, made.pack, wanted, unit, purpose=wanted == PERSONAL)


def _bad(packs: Packs, made: Made, rows: list[tuple[str, str]]) -> Iterator[list[str]]:
    places = sorted({pair for pair in rows if pair[0] == "2025"})
    for year, unit in (places[0], places[-1], ("2025", oracle.NOWHERE)):
        found = packs.book.word(f"so of {made.key} at {unit or 'no place'} set aside", (_cell(MEND, made, 0, unit),))
        yield _line(packs, made, (year, unit), found, MEND)


def stopping(packs: Packs, files: Path) -> tuple[str, Path]:
    """A file that stops: a cell of it stands in the run's problem, which is for those who feed or mend."""
    made = next(one for one in packs.made if _stops(one))
    worker = (Need(("import", "mend"), made.pack, made.level),)
    file = files / (packs.book.word(f"stopped file of {made.key}", (Need(FEED, made.pack, made.level),)) + ".csv")
    cell = packs.book.word(f"cell of a stopped file of {made.key}", worker)
    lines = [_columns(), ["x", "06184", "2025", cell, *(["y"] * (len(_columns()) - 4))]]
    file.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return made.key, file


__all__ = ["ANY", "LEANING", "PACKS", "Made", "Packs", "known", "stopping", "write"]
