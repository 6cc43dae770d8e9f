"""Reads the files of one pack's folder into a Draft: entries as written, and the problems of reading them.

Never: proves one entry against another (proofs do), follows a path out of the folder, raises on bad input.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from haidang.catalog import grammar
from haidang.catalog.nearest import nearest, some
from haidang.catalog.schema import BAD, KEY, Entry, Reader, Report
from haidang.catalog.strict_yaml import MOST_BYTES, read
from haidang.words.errors import Problem

FOLDERS = {
    "datasets": "yaml",
    "indicators": "yaml",
    "boards": "yaml",
    "sources": "yaml",
    "desks": "yaml",
    "codes": "csv",
    "sql": "sql",
}
FREE = {"data", "docs"}
FILES = {"pack.yaml", "examples.yaml", "README.md", "README.vi.md", "LICENSE", "NOTICE"}
CODE = {".py", ".js", ".sh", ".so", ".exe", ".sql"}
"""Suffixes of code. A query of a derived dataset stands in the folder `sql` and nowhere else."""
_ONE_EACH = (
    ("datasets", grammar.DATASET),
    ("boards", grammar.BOARD),
    ("sources", grammar.SOURCE),
    ("desks", grammar.DESK),
)
"""Folders whose files hold one noun each."""
CODE_COLUMNS = ("code", "value", "vi", "en")


@dataclass
class Codes:
    """A code list as read: rows are None when the file cannot be read."""

    name: str
    file: Path
    rows: tuple[tuple[tuple[str, str], ...], ...] | None


@dataclass
class Draft:
    """A pack as written, not yet proven."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    pack: Entry | None = None
    datasets: list[Entry] = field(default_factory=list)
    indicators: list[Entry] = field(default_factory=list)
    boards: list[Entry] = field(default_factory=list)
    sources: list[Entry] = field(default_factory=list)
    desks: list[Entry] = field(default_factory=list)
    examples: list[Entry] = field(default_factory=list)
    codes: list[Codes] = field(default_factory=list)
    queries: dict[str, str] = field(default_factory=dict)  # file of the folder sql → its text

    @property
    def key(self) -> str:
        """The pack's key; the folder's name while pack.yaml does not say one."""
        return str(self.pack.get("pack", self.folder.name)) if self.pack else self.folder.name

    def full(self, name: str) -> str:
        """`name` or `pack.name` → the full key."""
        return name if "." in name else f"{self.key}.{name}"

    def add(self, code: str, where: str, *, found: str = "", expected: str = "", nearest: str = "") -> None:
        self.problems.append(Problem(code, where, printable(found[:120]), expected, nearest))


def read_pack(folder: Path) -> Draft:
    """Every file of a pack's folder."""
    draft = Draft(folder)
    found = _yaml(draft, folder / "pack.yaml", grammar.PACK)
    draft.pack = found if isinstance(found, Entry) else None
    _tidy(draft)
    for name, schema in _ONE_EACH:
        for file in _files(folder / name, "yaml"):
            entry = _yaml(draft, file, schema)
            if isinstance(entry, Entry):
                getattr(draft, name).append(entry)
                _same_name(draft, entry, name[:-1], file)
    for file in _files(folder / "indicators", "yaml"):
        draft.indicators += _list(_yaml(draft, file, grammar.INDICATORS))
    if (folder / "examples.yaml").is_file():
        draft.examples += _list(_yaml(draft, folder / "examples.yaml", grammar.EXAMPLES))
    draft.codes += [_codes(draft, file) for file in _files(folder / "codes", "csv")]
    draft.queries |= {file.name: _query(draft, file) for file in _files(folder / "sql", "sql")}
    return draft


def _query(draft: Draft, file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        draft.add("file-unreadable", f"{shown(draft, file)}:1", found=file.name)
        return ""


def _list(found: Any) -> list[Entry]:
    return [entry for entry in found if isinstance(entry, Entry)] if isinstance(found, tuple) else []


def _files(folder: Path, suffix: str) -> list[Path]:
    return [p for p in _inside(folder) if p.suffix == f".{suffix}" and not p.name.startswith(".")]


def _inside(folder: Path) -> list[Path]:
    """What stands in a folder, by name; nothing when it is none or may not be listed."""
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []


def shown(draft: Draft, file: Path) -> str:
    """A file as messages name it: from the pack's folder on."""
    name = f"{draft.folder.name}/{file.relative_to(draft.folder).as_posix()}"
    return printable(name)


def printable(name: str) -> str:
    """A file's name that is not UTF-8 comes as half characters, which no screen can print."""
    return name.encode("utf-8", "replace").decode()


def _yaml(draft: Draft, file: Path, schema: Reader) -> Any:
    node, faults = read(file)
    report = Report(shown(draft, file), draft.problems)
    for fault in faults:
        report.add(fault.code, fault.line, found=fault.found)
    return BAD if node is None else schema(node, report)


def _same_name(draft: Draft, entry: Entry, key: str, file: Path) -> None:
    name = entry.get(key)
    if name is not None and name != file.stem:
        draft.add("name-differs", entry.where(key), found=name, expected=file.stem)


def _tidy(draft: Draft) -> None:
    """A file in a place nobody reads would be lost in silence: it is a problem, and so is code."""
    for path in _inside(draft.folder):
        where = f"{shown(draft, path)}:1"
        if path.name.startswith(".") or path.name in FILES or path.name in FREE:
            continue
        if path.suffix in CODE:
            draft.add("pack-holds-code", where, found=path.name)
        elif not path.is_dir() or path.name not in FOLDERS:
            near = nearest(path.name, FILES | FREE | set(FOLDERS))
            draft.add("unknown-file", where, found=path.name, expected=some(FOLDERS), nearest=near)
        else:
            _tidy_folder(draft, path)


def _tidy_folder(draft: Draft, folder: Path) -> None:
    suffix = FOLDERS[folder.name]
    for path in _inside(folder):
        if path.suffix in CODE - {f".{suffix}"}:
            draft.add("pack-holds-code", f"{shown(draft, path)}:1", found=path.name)
        elif path.suffix != f".{suffix}" and not path.name.startswith("."):
            draft.add("unknown-file", f"{shown(draft, path)}:1", found=path.name, expected=f"*.{suffix}")


def _codes(draft: Draft, file: Path) -> Codes:
    if not KEY.fullmatch(file.stem):
        draft.add("not-a-key", f"{shown(draft, file)}:1", found=file.stem, expected="chu-thuong-khong-dau")
    try:
        if not file.is_file():
            draft.add("file-unreadable", f"{shown(draft, file)}:1", found=file.name)
            return Codes(file.stem, file, None)
        if file.stat().st_size > MOST_BYTES:
            draft.add("declaration-too-big", f"{shown(draft, file)}:1")
            return Codes(file.stem, file, None)
        lines = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        draft.add("not-utf8", f"{shown(draft, file)}:1")
    except csv.Error as error:
        draft.add("csv-broken", f"{shown(draft, file)}:1", found=str(error))
    except OSError as error:
        draft.add("file-unreadable", f"{shown(draft, file)}:1", found=error.strerror or "")
    else:
        return Codes(file.stem, file, _code_rows(draft, file, lines))
    return Codes(file.stem, file, None)


def _code_rows(draft: Draft, file: Path, lines: list[list[str]]) -> tuple[tuple[tuple[str, str], ...], ...] | None:
    header = lines[0] if lines else []
    if missing := [name for name in CODE_COLUMNS if name not in header]:
        draft.add("code-list-header", f"{shown(draft, file)}:1", found=",".join(header), expected=",".join(missing))
        return None
    return tuple(_checked_rows(draft, file, lines))


def _checked_rows(draft: Draft, file: Path, lines: list[list[str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    header, seen = lines[0], set[str]()
    for number, line in enumerate(lines[1:], 2):
        where = f"{shown(draft, file)}:{number}"
        if not line:
            continue
        if len(line) != len(header):
            draft.add("code-list-row", where, found=str(len(line)), expected=str(len(header)))
            continue
        row = dict(zip(header, line, strict=True))
        if not row["code"] or row["code"] in seen:
            draft.add("duplicate-code" if row["code"] else "empty-code", where, found=row["code"])
            continue
        seen.add(row["code"])
        yield tuple(row.items())
