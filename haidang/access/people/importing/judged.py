"""Every row of a table of accounts judged: what it would do, and every fault with where it stands. Never: writes."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from haidang.access.models import USES, Account
from haidang.access.people import actions, reach, reads
from haidang.access.people.actions import Said
from haidang.access.people.importing.table import Row, Table
from haidang.access.people.offices.reads import OfficeFace
from haidang.words.errors import HaiDangError, Problem
from haidang.words.names import fold
from haidang.words.nouns import Actor
from haidang.words.texts import text

NEW, CHANGE, SAME, WRONG = "new", "change", "same", "wrong"
_NAME = re.compile(r"[a-z0-9][a-z0-9.@_-]{0,63}")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,20}")
FIELDS = ("title", "holder", "office", "post", "phone", "email", "use")


@dataclass(frozen=True)
class Fault:
    """One fault of one row. `field`: of HEADINGS, "" for the row; `problem` says what was found and expected."""

    row: Row
    field: str
    problem: Problem


@dataclass(frozen=True)
class Verdict:
    """What a row would do: NEW | CHANGE | SAME | WRONG; `said`: the account as it would then be."""

    row: Row
    does: str
    said: Said
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A whole table."""

    verdicts: tuple[Verdict, ...]
    faults: tuple[Fault, ...]

    def count(self, does: str) -> int:
        return sum(verdict.does == does for verdict in self.verdicts)


class Judge:
    """Judges the rows of one table for one keeper; the offices and names it needs are read once."""

    def __init__(self, by: Actor, table: Table) -> None:
        self._by, self._table = by, table
        self._offices = reads.offices_of(by)
        names = [self._name(row) for row in table.rows]
        self._twice = {name for name, count in Counter(names).items() if count > 1}
        self._persons = Counter(filter(None, (self._person(row) for row in table.rows)))
        found = Account.objects.select_related("office").filter(name__in=names)
        self._accounts = {account.name: account for account in found}

    def judged(self) -> Judged:
        """Every row, every fault."""
        with reach.steady():
            pairs = [self._judged(row) for row in self._table.rows]
        return Judged(tuple(verdict for verdict, _ in pairs), tuple(fault for _, faults in pairs for fault in faults))

    def _judged(self, row: Row) -> tuple[Verdict, list[Fault]]:
        faults = [Fault(row, field, problem) for field, problem in self._fields(row)]
        verdict = None if faults else self._verdict(row)
        if isinstance(verdict, Verdict):
            return verdict, []
        return Verdict(row, WRONG, Said(self._name(row))), [verdict] if verdict else faults

    @staticmethod
    def _name(row: Row) -> str:
        return row.said.get("name", "").lower()

    @staticmethod
    def _person(row: Row) -> tuple[str, str] | None:
        holder, number = fold(row.said.get("holder", "")), phone(row.said.get("phone", ""))
        return (holder, number) if holder and number else None

    def _fields(self, row: Row) -> Iterable[tuple[str, Problem]]:
        """The faults of single cells."""
        said, name = row.said, self._name(row)
        if not _NAME.fullmatch(name) or name in actions.RESERVED:
            yield "name", Problem("people-cell-name" if name else "people-cell-missing", found=said.get("name", ""))
        elif name in self._twice:
            yield "name", Problem("people-cell-twice", found=name)
        if not said.get("holder"):
            yield "holder", Problem("people-cell-missing")
        elif self._persons[self._person(row) or ("", "")] > 1:
            yield "holder", Problem("people-cell-person-twice", found=f"{said['holder']} · {said['phone']}")
        if said.get("phone") and not _PHONE.fullmatch(phone(said["phone"])):
            yield "phone", Problem("people-cell-phone", found=said["phone"])
        if said.get("email") and not _is_email(said["email"]):
            yield "email", Problem("people-cell-email", found=said["email"])
        yield from self._chosen(said)

    def _chosen(self, said: dict[str, str]) -> Iterable[tuple[str, Problem]]:
        if said.get("office") and self._office(said["office"]) is None:
            near = self._near(said["office"])
            yield "office", Problem("people-cell-office", found=said["office"], nearest=near)
        if said.get("post") and not post(said["post"]):
            yield "post", Problem("people-cell-post", found=said["post"])
        if said.get("use") and not use(said["use"]):
            yield "use", Problem("people-cell-use", found=said["use"])

    def _office(self, written: str) -> OfficeFace | None:
        """By key, or by a name only one of them bears."""
        key = written.strip().lower()
        found = [one for one in self._offices if one.key == key]
        found = found or [one for one in self._offices if fold(written) in (fold(one.name.vi), fold(one.name.en))]
        return found[0] if len(found) == 1 else None

    def _near(self, written: str) -> str:
        names = {fold(one.name.vi): f"{one.name.vi} ({one.key})" for one in self._offices}
        near = difflib.get_close_matches(fold(written), list(names), n=1)
        return names[near[0]] if near else ""

    def _verdict(self, row: Row) -> Verdict | Fault:
        """What a row without faults of its cells would do, as the acts themselves would judge it."""
        account = self._accounts.get(self._name(row))
        said = self._said(row, account)
        try:
            actions.check(self._by, said, new=account is None)
        except HaiDangError as wrong:
            facts = {key: str(value) for key, value in wrong.facts.items()}
            found = facts.pop("found", "")
            code = "name-taken" if wrong.code in ("unknown-actor", "no-grant") and account else wrong.code
            return Fault(row, "", Problem(code, found=found or said.name, facts=tuple(facts.items())))
        if account is None:
            return Verdict(row, NEW, said)
        if not account.is_active:
            return Fault(row, "name", Problem("people-cell-disabled", found=account.name))
        before = as_said(account)
        changed = tuple(field for field in FIELDS if getattr(said, field) != getattr(before, field))
        return Verdict(row, CHANGE if changed else SAME, said, changed)

    def _said(self, row: Row, account: Account | None) -> Said:
        """The account as the row says it; what the row leaves empty stays as it is."""
        base = as_said(account) if account else Said(self._name(row), title=row.said["holder"])
        typed = {field: value for field, value in row.said.items() if value and field != "name"}
        if "office" in typed:
            found = self._office(typed["office"])
            typed["office"] = found.key if found else ""
        elif account is None and not reach.administrator(self._by) and self._offices:
            typed["office"] = self._offices[0].key
        ways = {"post": post, "use": use, "phone": phone}
        kept: dict[str, Any] = {f: ways[f](value) if f in ways else value for f, value in typed.items()}
        return replace(base, **kept)


def as_said(account: Account) -> Said:
    """An account as it is said to be."""
    office = account.office.key if account.office else ""
    same = {field: getattr(account, field) for field in (*FIELDS, "kind") if field != "office"}
    return Said(account.name, office=office, **same)


def phone(written: str) -> str:
    """A number as it is kept: Excel takes the zero before a number away, so nine digits get it back."""
    digits = written.strip()
    return f"0{digits}" if digits.isdecimal() and len(digits) == 9 and digits[0] != "0" else digits


def post(written: str) -> str:
    """A post by its key or its words; "" when it is neither."""
    folded = fold(written)
    for key in reads.posts():
        if folded in (key.replace("-", " "), key, *(fold(text(f"post.{key}", tongue)) for tongue in ("vi", "en"))):
            return key
    key = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    return written if written == key else ""


def use(written: str) -> str:
    """A kind of account by its key or its words; "" when it is neither."""
    folded = fold(written)
    for one in USES:
        if folded in (one, *(fold(text(f"people.use-{one}", tongue)) for tongue in ("vi", "en"))):
            return one
    return ""


def _is_email(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True
