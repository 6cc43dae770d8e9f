"""Brings a judged table of accounts in, row by row; hands out the first passwords of those it opened, once.

The same table twice changes nothing. Nothing is kept of a file between preview and confirmation: the rows go with the
form, signed. Never: keeps a password.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from haidang.access import trace
from haidang.access.people import actions, reach
from haidang.access.people.importing.judged import CHANGE, NEW, SAME, Fault, Judge
from haidang.access.people.importing.table import Row, Table
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Actor

_ROWS, _NAMES = "haidang.people.rows", "haidang.people.names"
HOUR = 3600


@dataclass(frozen=True)
class Report:
    """What came of an import: names opened and changed, how many were as they are, what was left out and why."""

    opened: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    faults: tuple[Fault, ...]


def sealed(by: Actor, table: Table) -> str:
    """A table to be confirmed by the same person within an hour."""
    body = {"by": by.name, "headings": table.headings, "rows": [asdict(row) for row in table.rows]}
    return signing.dumps(body, salt=_ROWS, compress=True)


def unsealed(by: Actor, seal: str) -> Table:
    """Raises BadQuestion('people-seal') for one that is old, another's or tampered with."""
    body = _open(by, seal, _ROWS)
    return Table(tuple(Row(**row) for row in body["rows"]), body["headings"])


def _open(by: Actor, seal: str, salt: str) -> dict[str, Any]:
    try:
        body = signing.loads(seal, salt=salt, max_age=HOUR)
    except signing.BadSignature:
        raise BadQuestion("people-seal") from None
    if not isinstance(body, dict) or body.get("by") != by.name:
        raise BadQuestion("people-seal")
    return body


def bring(by: Actor, table: Table) -> Report:
    """Open and change what the sound rows say; judged anew, since the world may have moved since the preview."""
    judged = Judge(by, table).judged()
    opened, changed = [], []
    with reach.steady():
        for verdict in judged.verdicts:
            if verdict.does == NEW:
                actions.open_without_password(by, verdict.said)
                opened.append(verdict.said.name)
            elif verdict.does == CHANGE:
                actions.change(by, verdict.said)
                changed.append(verdict.said.name)
    report = Report(tuple(opened), tuple(changed), judged.count(SAME), judged.faults)
    counts = (f"{len(opened)} opened", f"{len(changed)} changed", f"{len(report.faults)} faults")
    trace.note(by, "import-people", "", because=counts)
    return report


def sealed_names(by: Actor, names: tuple[str, ...]) -> str:
    """The accounts an import opened, whose first passwords may be taken once."""
    return signing.dumps({"by": by.name, "names": list(names)}, salt=_NAMES, compress=True)


def first_passwords(by: Actor, seal: str) -> list[tuple[str, str]]:
    """(name, one-time password) of those that have none yet; raises BadQuestion('people-passwords-taken') for none."""
    made = []
    for name in _open(by, seal, _NAMES)["names"]:
        try:
            made.append((str(name), actions.first_password(by, str(name))))
        except BadQuestion:
            continue  # it has one already: nobody reads a password twice
    if not made:
        raise BadQuestion("people-passwords-taken")
    return made
