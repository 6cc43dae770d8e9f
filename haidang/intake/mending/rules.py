"""A mend rule laid over staged text, before anything is judged: `found` in a column is read as `becomes`.

Cells are compared after trimming and NFC. A row a rule touched lands with the mark `mended-by-rule`, and the Run's
log says how many cells each rule changed, so nothing is changed in silence. Never: writes the lake or a Django row,
judges.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from haidang.catalog.declared import Dataset
from haidang.intake import staging, whereabouts
from haidang.intake.models import MendRule
from haidang.intake.staging import Staged
from haidang.store.landing import Writer, named, quoted

MARK = "mended-by-rule"
LONGEST = 200
"""Characters of a cell that are compared: what is kept of a found value."""
_SPACES = " \t\r\n\u00a0"


def plain(cell: str) -> str:
    """A cell as rules compare it."""
    return unicodedata.normalize("NFC", cell.strip(_SPACES))[:LONGEST]


def compared(text: str) -> str:
    """The same as an SQL expression over a text column; an empty cell is ''."""
    return f"left(nfc_normalize(trim(coalesce({text}, ''), {quoted(_SPACES)})), {LONGEST})"


def running(dataset: str) -> tuple[MendRule, ...]:
    """The rules that hold for what arrives now, oldest first."""
    return tuple(MendRule.objects.filter(dataset=dataset, ended_at=None).order_by("pk"))


def apply(writer: Writer, dataset: Dataset, staged: Staged) -> None:
    """Replace what the running rules say in `staged`; leaves `ruled(_n)`, the rows that were touched."""
    writer.sql("CREATE OR REPLACE TEMP TABLE ruled (_n BIGINT)")
    known = {column.name for column in dataset.columns}
    rules = [rule for rule in running(dataset.key) if rule.column in known]
    for column in dict.fromkeys(rule.column for rule in rules):
        _column(writer, staged, column, [rule for rule in rules if rule.column == column])


def _column(writer: Writer, staged: Staged, column: str, rules: Iterable[MendRule]) -> None:
    said = {plain(rule.found): rule.becomes for rule in rules}
    whereabouts.load(writer, "said", {"found": list(said), "becomes": list(said.values())})
    cell = compared(f"s.{named(column)}")
    hits = writer.sql(
        f"SELECT said.found, said.becomes, count(*) FROM staged s JOIN said ON {cell} = said.found "
        "GROUP BY 1, 2 ORDER BY 1"
    )
    if not hits:
        return
    staging.settle(writer, staged)
    writer.sql(f"INSERT INTO ruled SELECT s.rowid FROM staged_rows s JOIN said ON {cell} = said.found")
    writer.sql(f"UPDATE staged_rows s SET {named(column)} = said.becomes FROM said WHERE {cell} = said.found")
    for found, becomes, rows in hits:
        staged.note(MARK, column=column, found=found, becomes=becomes, rows=int(rows))


def mark(writer: Writer) -> None:
    """After the rows are judged: whatever a rule touched says so where it lands."""
    writer.sql(
        f"INSERT INTO marks SELECT DISTINCT _n, {quoted(MARK)} FROM ruled WHERE _n NOT IN (SELECT _n FROM marks)"
    )
