"""The face of the gate.

Everyone who looks at or does anything comes through here. Never: makes a number, writes anything but the trace.

Two looks are cut in the store itself: `rows` (facts of a dataset) and `observations`. Denied and absent look the same
outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import ibis.expr.types as ir
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from haidang.access import actions, cut, lookups, standing, trace
from haidang.access.decide import Units, counts, decide, places
from haidang.access.models import OPERATOR, PUBLIC, Account, Token
from haidang.access.personal import erased, rejected
from haidang.access.territory import home, inside
from haidang.catalog.declared import Dataset, declared
from haidang.store.tables import lake
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level, Scope, Subject

OF_OFFICE = ("handle", "approve")
"""Actions of whoever works for an office: they reach that office's rows alone."""

RAW = ("raw", "found")
"""Columns of `rejects` with what stood in the file."""


@dataclass(frozen=True)
class Rows:
    """A table already cut to the actor's places (rows) and level (columns), at one snapshot."""

    table: ir.Table
    scope: Scope
    snapshot: int
    cut: Hashable = None
    """Of observations: the cut as data, without the snapshot. Equal cuts of one snapshot show the same rows."""
    clear: tuple[str, ...] = ()
    """Personal columns that stand in clear somewhere: whoever shows rows of them calls `shown`."""
    covered: tuple[str, ...] = ()
    """Columns masked or emptied somewhere."""


# --- who


def public() -> Actor:
    """The public: whoever has not signed in."""
    return Actor(PUBLIC, "public", "Công chúng")


def operator() -> Actor:
    """The operator of the machine: who the terminal acts as without --as; sees everything, traced as such."""
    return Actor(OPERATOR, "operator", "Người vận hành máy")


def actor(name: str) -> Actor:
    """The account of that name (`cong-chung` is the public); raises Absent('unknown-actor', nearest=…)."""
    import difflib

    wanted = name.strip().lower()
    if wanted == PUBLIC:
        return public()
    account = Account.objects.filter(name=wanted, is_active=True).first()
    if account is None:
        known = Account.objects.filter(is_active=True).values_list("name", flat=True)
        nearest = difflib.get_close_matches(wanted, known, n=1)
        raise Absent("unknown-actor", found=name[:64], nearest=nearest[0] if nearest else "")
    return account.actor


def of_user(user: Any) -> Actor:
    """The actor behind a request's user: its account, or the public."""
    return user.actor if isinstance(user, Account) and user.is_active else public()


def of_request(request: Any) -> Actor:
    """Who looks through a browser's request: its account, or the public; with what its session stands for.

    That is a privileged session, whom an administrator sees as, what personal data is looked at for.
    """
    who = of_user(getattr(request, "user", None))
    session = getattr(request, "session", None)
    return trace.acting(who if who.kind == "public" or session is None else standing.of_session(who, session))


def of_token(token: str) -> Actor:
    """The actor a bearer token stands for; raises Denied('bad-token')."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    row = Token.objects.select_related("account").filter(digest=digest, account__is_active=True).first()
    if row is None or (row.until and row.until <= timezone.now()):
        trace.refused_sign_in("", "token")
        raise Denied("bad-token")
    actions.used(row)
    return row.account.actor


def accounts(who: Actor) -> list[dict[str, Any]]:
    """Every account: name, title, kind, unit, active; for whoever may `manage`. Raises Denied."""
    require(who, "manage", Subject(ANY, "accounts"))
    names = ("name", "title", "kind", "unit")
    return [
        {**{name: getattr(row, name) for name in names}, "active": row.is_active}
        for row in Account.objects.order_by("name")
    ]


address, titles, viewed = lookups.address, lookups.titles, lookups.viewed

# --- may

sitting = standing.sitting
"""A context in which an actor's grants are read once: one request."""


def grants(who: Actor) -> tuple[Grant, ...]:
    """The actor's grants that still run, and the public's."""
    if who.kind == OPERATOR:
        return (Grant(OPERATOR, OPERATOR, ANY, ANY, ANY, Level.PERSONAL),)
    return standing.running(who)


def require(who: Actor, action: str, subject: Subject, *, offered: bool = False) -> Scope:
    """Before an act or a look; traces it; raises Denied.

    `offered`: nobody asked for this, a page tries all it could show: what it may not is then no refusal to trace.
    """
    try:
        scope = _decide(grants(who), who, action, subject)
    except Denied:
        if not offered:
            trace.look(who, action, subject, outcome="denied")
        raise
    trace.look(who, action, subject, outcome="allowed", because=scope.because)
    return scope


def may(who: Actor, action: str, subject: Subject) -> bool:
    """Whether `require` would allow it; not traced (to show or leave out a link, never in place of `require`)."""
    return sees(who, action)(subject)


def sees(who: Actor, action: str = "read") -> Callable[[Subject], bool]:
    """`may` for many subjects, reading the grants once."""
    given = grants(who)

    def allowed(subject: Subject) -> bool:
        try:
            _decide(given, who, action, subject)
        except Denied:
            return False
        return True

    return allowed


def _decide(given: tuple[Grant, ...], who: Actor, action: str, subject: Subject) -> Scope:
    return decide(given, who, action, subject, timezone.now(), territory=inside, floor=settings.FLOOR)


def _running(who: Actor, action: str) -> tuple[Grant, ...]:
    now = timezone.now()
    return tuple(grant for grant in grants(who) if counts(grant, who, action, now))


# --- looks


def rows(
    who: Actor, dataset: str, *, as_of: date | None = None, snapshot: int | None = None, counted: bool = False
) -> Rows:
    """The dataset's facts the actor may see; raises Denied, or Absent('no-such-table') when nothing has landed.

    `snapshot`: the very one of another look, in place of `as_of`. Personal columns stand in clear only for whoever
    reaches their level and says a purpose. Such a look is traced at once; `counted`: the caller does it itself by
    `shown`, with how many rows and which.
    """
    noun = declared().dataset(dataset)
    scope = require(who, "read", Subject(noun.pack, noun.key, noun.level))
    past = as_of is not None or snapshot is not None
    table, snapshot = _table(noun.table, as_of, snapshot)
    table = erased.facts(table, noun, snapshot) if past else table
    seen = cut.facts(table, noun, scope, purpose=purposed(who, noun.pack))
    if seen.clear and not counted:
        shown(who, noun.key, "rows=all")
    return Rows(seen.table, scope, snapshot, clear=seen.clear, covered=seen.covered)


def beneath(who: Actor, dataset: str, *, snapshot: int | None = None) -> Rows:
    """The same facts for counting only: personal columns stand whole whatever the level, since no cell is shown.

    Only indicators ask for it, and only for aggregates (a house test).
    """
    noun = declared().dataset(dataset)
    scope = require(who, "read", Subject(noun.pack, noun.key, noun.level))
    table, snapshot = _table(noun.table, None, snapshot)
    return Rows(cut.counting(table, noun, scope), scope, snapshot)


def of_subject(who: Actor, dataset: str, digest: str) -> ir.Table:
    """Rows of the person an identifier's digest stands for, whole, where the actor answers data subjects.

    Raises Denied, Absent('no-such-table'). The caller calls `shown`.
    """
    noun = declared().dataset(dataset)
    scope = require(who, "personal", Subject(noun.pack, noun.key, Level.PERSONAL))
    table, _ = _table(noun.table, None)
    return cut.of_person(table, noun, scope, digest)


def purposed(who: Actor, pack: str) -> bool:
    """Whether the actor has said what personal data of a pack is looked at for."""
    return bool(who.purpose) and (not who.purpose_packs or pack in who.purpose_packs)


def shown(who: Actor, dataset: str, about: str) -> None:
    """Trace one look at personal data in clear: how many rows and which (`rows=12 place=20 …`). Never folded away."""
    trace.note(who, "look-personal", f"{dataset.replace('.', '/', 1)} {about}", outcome="shown")


def observations(who: Actor, *, as_of: date | None = None, snapshot: int | None = None) -> Rows:
    """The observations the actor may see.

    Cut by pack × place × level, row by row. Not traced: whoever asks requires the indicator. `snapshot`: the very one
    of another look, in place of `as_of`.

    The scope's `floor` holds above the open level; `require` on a pack and its places gives the exact one.
    """
    given = _running(who, "read")
    if not given:
        raise Denied("no-grant")
    table, snapshot = _table("observations", as_of, snapshot)
    reached = cut.reach(given, inside)
    key = (lake().token, frozenset(reached.items()))
    return Rows(cut.observed(table, reached), _sum(given), snapshot, key)


def ledger(
    who: Actor, table: str, *, as_of: date | None = None, snapshot: int | None = None, clear: bool = False
) -> Rows:
    """`runs` or `rejects`, cut to the packs the actor may see (raw values of rejects only with `mend`).

    `snapshot`: the very one of another look, in place of `as_of`. Cells of columns above the dataset's level are left
    out where one does not mend at theirs; what is of people also unless `clear` is asked for by one who said a
    purpose: then the caller calls `shown`.
    """
    given, mending = _running(who, "read"), _running(who, "mend")
    seen = _seen(given)
    if not seen:
        raise Denied("no-grant")
    past = table == "rejects" and (as_of is not None or snapshot is not None)
    found, snapshot = _table(table, as_of, snapshot)
    found = erased.rejects(found, snapshot) if past else found
    visible = found.filter(cut.of_datasets(found, seen))
    kept = cut.emptied(visible, RAW, cut.of_datasets(visible, _seen(mending)))
    if table == "rejects":
        every = (dataset for pack in declared().packs for dataset in pack.datasets)
        kept = rejected.covered(kept, {one: found for one in every if (found := _above(who, one, mending, clear))})
    return Rows(kept, _sum(given), snapshot)


def mends_people(who: Actor, dataset: str) -> Callable[[str], bool]:
    """Whether the actor may see what set-aside rows of a dataset hold of people, by their unit ("" when not known)."""
    noun = declared().dataset(dataset)
    where = _mended(who, noun, _running(who, "mend")) if noun.personal else None
    return lambda unit: where is None or unit in where


def unmended(who: Actor, dataset: str) -> Callable[[str], frozenset[str]]:
    """Columns of set-aside rows of a dataset the actor may not see, by their unit ("" when not known)."""
    above = _above(who, declared().dataset(dataset), _running(who, "mend"), True)
    return lambda unit: frozenset(name for name, where in above.items() if where is not None and unit not in where)


def _above(who: Actor, dataset: Dataset, mending: tuple[Grant, ...], clear: bool) -> dict[str, Units]:
    """Columns above the dataset's level (personal ones always) → where the actor mends at theirs."""
    given = [grant for grant in mending if grant.pack in (dataset.pack, ANY)]
    where: dict[Level, Units] = {Level.PERSONAL: _mended(who, dataset, mending) if clear else frozenset()}
    found = {}
    for column in dataset.columns:
        level = max(column.level, dataset.level)
        if level > dataset.level or level is Level.PERSONAL:
            if level not in where:
                where[level] = places(given, level, inside)
            found[column.name] = where[level]
    return found


def _mended(who: Actor, dataset: Dataset, mending: tuple[Grant, ...]) -> Units:
    """Where the actor mends rows of a dataset at the personal level, for a purpose."""
    if not purposed(who, dataset.pack):
        return frozenset()
    return places((grant for grant in mending if grant.pack in (dataset.pack, ANY)), Level.PERSONAL, inside)


def objects(who: Actor, action: str, queryset: Any) -> Any:
    """The same for Django rows, by their field `pack` and, where they have them, `unit` and `level`.

    Rows without `pack` go by `dataset` (those whose level the actor reaches anywhere); without either: none. What one
    handles or approves (`OF_OFFICE`) is, of rows that have an `office`, that of one's own and of those below it.
    """
    return queryset.filter(allowing(who, action, queryset.model))


def allowing(who: Actor, action: str, model: Any, *, least: Level = Level.PUBLIC, ours: bool = False) -> Q:
    """The condition `objects` filters by; one that nothing fulfils when nothing is allowed.

    `least`: grants below that level do not count, whatever the level of a row (of rows that are more than what of
    them is open). `ours`: the rows are all of this centre: a grant for all of it needs no list of its places.
    """
    given = tuple(grant for grant in _running(who, action) if grant.level >= least)
    names = {field.name for field in model._meta.get_fields()}
    reached = cut.reach(given, inside)
    if ours:
        every = inside(home())
        reached = {key: None if units is not None and units >= every else units for key, units in reached.items()}
    allowed = cut.django_rows(model, reached, _seen(given) if "dataset" in names else ())
    if allowed is None:
        return Q(pk__in=[])
    if action in OF_OFFICE and "office" in names:
        allowed &= Q(office__in=standing.offices(who))
    return allowed


def fetch(expression: ir.Expr) -> list[dict[str, Any]]:
    """Run an expression built on Rows.table; plain Python rows."""
    return lake().rows(expression)


def columns(expression: ir.Expr) -> dict[str, list[Any]]:
    """The same as plain columns, for many rows."""
    return lake().columns(expression)


def newest() -> int:
    """The store's newest snapshot: what a live screen compares, never shown."""
    return lake().snapshot()


def versions(snapshot: int) -> Mapping[str, int]:
    """Dataset key → the snapshot at which it last landed, as of a snapshot: for keys of what is kept, never shown."""
    return lake().versions(snapshot)


def queries() -> int:
    """How many queries this process has sent to the store (benches and tests)."""
    return lake().queries


def _seen(given: tuple[Grant, ...]) -> dict[str, Units]:
    """Dataset key → where its level is reached; datasets reached nowhere are left out."""
    every = (dataset for pack in declared().packs for dataset in pack.datasets)
    return {dataset.key: units for dataset in every if (units := _where(given, dataset)) != frozenset()}


def _where(given: tuple[Grant, ...], dataset: Dataset) -> Units:
    return places((g for g in given if g.pack in (dataset.pack, ANY)), dataset.level, inside)


def _sum(given: tuple[Grant, ...]) -> Scope:
    """What grants of several packs allow together.

    For the screen and as a key of caches; the table is already cut finer.
    """
    above = [grant for grant in given if grant.level > Level.PUBLIC]
    return Scope(
        level=max(grant.level for grant in given),
        units=places(given, Level.PUBLIC, inside),
        floor=0 if above and all(grant.level >= Level.RESTRICTED for grant in above) else settings.FLOOR,
        because=tuple(sorted(grant.id for grant in given)),
        by_level=tuple((level, places(given, level, inside)) for level in Level),
    )


def _table(name: str, as_of: date | None, snapshot: int | None = None) -> tuple[ir.Table, int]:
    """A table as it was known at the end of that day in Việt Nam; raises Absent('no-such-table')."""
    found = lake()
    if snapshot is None:
        snapshot = found.snapshot() if as_of is None else found.snapshot_at(_end_of(as_of))
    if snapshot is None:
        raise Absent("no-such-table", found=name)
    return found.table(name, snapshot=snapshot), snapshot


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, timezone.get_default_timezone()).astimezone(UTC)
