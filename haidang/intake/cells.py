"""What a cell of text becomes, as an SQL expression per type; never a loop over rows, never a row judged.

A number is written the Vietnamese way (1.234.567,89) or the international way (1,234,567.89); which of the two is
told from
the whole column, and from the other columns of the file when the column alone does not say.
"""

from __future__ import annotations

from dataclasses import dataclass

from haidang.catalog.declared import Column, Dataset
from haidang.store.landing import Writer, named

PLAIN, VIETNAMESE, INTERNATIONAL = "plain", "vietnamese", "international"
ENGINE_TYPE = {
    "text": "VARCHAR", "integer": "BIGINT", "decimal": "DOUBLE", "date": "DATE", "datetime": "TIMESTAMP",
    "boolean": "BOOLEAN", "place": "VARCHAR", "period": "VARCHAR",
}  # fmt: skip
NUMBERS = ("integer", "decimal")
NOTHING = "('', '-', '–', '—', '..', '...', '…', 'n/a', 'N/A', 'NA', 'null', 'NULL')"
"""What statistics tables write where there is no number."""
_DATES = (
    "'%d/%m/%Y', '%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y', '%Y/%m/%d', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', "
    "'%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%dT%H:%M:%SZ', "
    "'%Y%m%d', '%Y%m%d%H%M', '%Y%m%d%H%M%S', '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M', '%H:%M %d/%m/%Y', '%H:%M:%S %d/%m/%Y'"
)
_OFFSET = r"'[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$'"
HERE = "Asia/Ho_Chi_Minh"
_YES = "('co', 'có', 'true', '1', 'x', 'đúng', 'yes', 'y', 't')"
_NO = "('khong', 'không', 'false', '0', 'sai', 'no', 'n', 'f')"


@dataclass(frozen=True)
class Cell:
    """`value`: the typed expression; `bad`: true where text stands that cannot be read; `code`: the fault's name."""

    value: str
    bad: str
    code: str


def styles(writer: Writer, dataset: Dataset) -> dict[str, str]:
    """How each number column of `staged` writes its numbers; PLAIN where every cell is a bare number."""
    columns = [c for c in dataset.columns if c.type in NUMBERS]
    if not columns:
        return {}
    odd = ", ".join(f"count({named(c.name)}) - count({_bare(c)})" for c in columns)
    counts = writer.sql(f"SELECT {odd} FROM staged")[0]
    if not any(counts):
        return {c.name: PLAIN for c in columns}
    found = writer.sql(f"SELECT {', '.join(_evidence(c) for c in columns)} FROM staged")[0]
    signs = [found[at : at + 4] for at in range(0, len(found), 4)]
    ours, theirs = sum(s[0] for s in signs), sum(s[1] for s in signs)
    whole = VIETNAMESE if ours > theirs else INTERNATIONAL if theirs else ""
    return {c.name: _style(sign, whole, odd=bool(n)) for c, sign, n in zip(columns, signs, counts, strict=True)}


def _style(signs: tuple[int, int, int, int], whole: str, *, odd: bool) -> str:
    """`signs`: cells only Vietnamese, only international, a lone comma (1,234), a lone point (1.234)."""
    ours, theirs, commas, points = signs
    if ours or theirs:
        style = VIETNAMESE if ours > theirs else INTERNATIONAL
    else:
        # Nothing but doubtful cells: as the rest of the file; alone, a comma is Vietnamese and a point a decimal point.
        style = whole or (VIETNAMESE if commas and not points else INTERNATIONAL)
    return PLAIN if not odd and not (style == VIETNAMESE and points) else style


def _bare(column: Column) -> str:
    number = f"TRY_CAST({named(column.name)} AS DOUBLE)"
    return number if column.type == "decimal" else f"CASE WHEN {number} = trunc({number}) THEN 1 END"


def _evidence(column: Column) -> str:
    groups = "1" if column.type == "integer" else "2"  # 1.234 pieces can only be 1234 pieces
    shapes = (
        rf"(\d{{1,3}}(\.\d{{3}}){{{groups},}}|\d+,(\d{{1,2}}|\d{{4,}})|\d{{1,3}}(\.\d{{3}})+,\d+)",
        r"(\d{1,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+)",
        r"\d{1,3},\d{3}",
        r"\d{1,3}\.\d{3}",
    )
    cell = f"trim({named(column.name)})"
    return ", ".join(f"count(*) FILTER (WHERE regexp_matches({cell}, '^[-+]?{shape}$'))" for shape in shapes)


def unread(column: Column, cell: Cell) -> str:
    """True where text stands in a cell and nothing could be read of it, be what was read a number or not."""
    return f"(s.{named(column.name)} IS NOT NULL AND {cell.value} IS NULL)"


def trimmed(text: str) -> str:
    """The text without spaces around it, NULL when nothing is left; `trim` is dear, so only where there is a space."""
    spaced = f"starts_with({text}, ' ') OR ends_with({text}, ' ') OR {text} = ''"
    return f"CASE WHEN {spaced} THEN nullif(trim({text}), '') ELSE {text} END"


def cell(column: Column, style: str = PLAIN) -> Cell:
    """The expression of a column of `staged` (alias `s`). Places, periods and code lists are looked up elsewhere."""
    text = f"s.{named(column.name)}"
    if column.type in NUMBERS:
        return _number(text, column.type, style)
    if column.type == "date":
        return _date(text)
    if column.type == "datetime":
        return _datetime(text)
    if column.type == "boolean":
        return _boolean(text)
    return Cell(trimmed(text), "false", "")


def _number(text: str, kind: str, style: str) -> Cell:
    code = "not-an-integer" if kind == "integer" else "not-a-number"
    number = f"TRY_CAST({_restyled(text, kind, style)} AS DOUBLE)"
    # In the order of the engine's numbers nan stands above all others.
    wrong = f"{number} <> trunc({number}) OR abs({number}) >= 9e15" if kind == "integer" else f"NOT isfinite({number})"
    written = f"{text} IS NOT NULL" if style == PLAIN else f"trim({text}) NOT IN {NOTHING}"
    value = f"TRY_CAST({number} AS BIGINT)" if kind == "integer" else number
    return Cell(value, f"({written} AND ({number} IS NULL OR {wrong}))", code)


def _restyled(text: str, kind: str, style: str) -> str:
    """The number as the engine reads it; NULL where it is not written in the column's style."""
    if style == PLAIN:
        return text
    bare = rf"regexp_replace(trim({text}), '[\s\x{{00A0}}]', '', 'g')"
    if style == VIETNAMESE:
        shape = r"'^[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$'"
        return f"CASE WHEN regexp_matches({bare}, {shape}) THEN replace(replace({bare}, '.', ''), ',', '.') END"
    shape = r"'^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d+)?$'"
    return f"CASE WHEN regexp_matches({bare}, {shape}) THEN replace({bare}, ',', '') END"


def _date(text: str) -> Cell:
    serial = f"TRY_CAST({text} AS DOUBLE)"
    # Excel counts days from 1899-12-30; before 1954 and after 2119 a bare number is more likely something else.
    from_serial = (
        f"CASE WHEN {serial} BETWEEN 20000 AND 80000 THEN DATE '1899-12-30' + CAST(floor({serial}) AS INTEGER) END"
    )
    read = f"coalesce(CAST(try_strptime(trim({text}), [{_DATES}]) AS DATE), {from_serial})"
    value = f"CASE WHEN year({read}) BETWEEN 1800 AND 2199 THEN {read} END"
    return Cell(value, f"(trim({text}) <> '' AND ({value}) IS NULL)", "not-a-date")


def _datetime(text: str) -> Cell:
    """Việt Nam time; what says another offset is brought to it. A bare date is its first moment."""
    whole = rf"regexp_replace(trim({text}), '([+-]\d{{2}})(\d{{2}})$', '\1:\2')"
    told = (
        f"CASE WHEN regexp_matches({text}, {_OFFSET}) THEN TRY_CAST({whole} AS TIMESTAMPTZ) AT TIME ZONE '{HERE}' END"
    )
    serial = f"TRY_CAST({text} AS DOUBLE)"
    from_serial = (
        f"CASE WHEN {serial} BETWEEN 20000 AND 80000 THEN "
        f"TIMESTAMP '1899-12-30' + to_seconds(CAST(round({serial} * 86400) AS BIGINT)) END"
    )
    # The forms of machines first, one by one: a list of forms is tried to its end for every cell.
    plain = (
        f"CASE WHEN length({text}) = 14 AND {text}[1:4] BETWEEN '1800' AND '2199' "
        f"THEN try_strptime({text}, '%Y%m%d%H%M%S') WHEN {text}[5:5] = '-' THEN TRY_CAST({text} AS TIMESTAMP) END"
    )
    read = f"coalesce({told}, {plain}, try_strptime(trim({text}), [{_DATES}]), {from_serial})"
    value = f"CASE WHEN year({read}) BETWEEN 1800 AND 2199 THEN {read} END"
    return Cell(value, f"(trim({text}) <> '' AND ({value}) IS NULL)", "not-a-datetime")


def _boolean(text: str) -> Cell:
    word = f"lower(trim({text}))"
    value = f"CASE WHEN {word} IN {_YES} THEN true WHEN {word} IN {_NO} THEN false END"
    return Cell(value, f"({word} <> '' AND ({value}) IS NULL)", "not-a-boolean")
