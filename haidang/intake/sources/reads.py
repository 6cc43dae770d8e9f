"""What pages, the collector and the watch ask about sources. Plain values; doors ask the gate first. Never: writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q

from haidang.catalog.declared import Schedule, Source, declared
from haidang.intake import clock
from haidang.intake.models import LANDING, RECEIVED, Attempt, Run, SourceState, Window
from haidang.intake.sources import orders, seal
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Label


class Debt(NamedTuple):
    """What a source owes: deliveries owed and not come, the oldest's due moment, how many of them are late."""

    owed: int = 0
    first: datetime | None = None
    missed: int = 0


Owed = Mapping[str, Debt]


@dataclass(frozen=True)
class SourceFace:
    """One declared source as the province runs it.

    state: `file` (shipped or by hand; no connection is needed) | `unconnected` | `paused` | `waiting` (nothing came
    yet) | `alive` | `late` | `failing`. `problem`: fields of words.errors.Problem of the last failure, {} when none.
    `values`: settings without secrets; `secrets`: the names of the secrets that are kept.
    """

    source: str
    dataset: str
    pack: str
    title: Label
    department: Label
    connector: str
    format: str
    schedule: Schedule | None
    link: str
    state: str
    simulated: bool
    owner: str
    duty: str
    values: dict[str, str]
    secrets: tuple[str, ...]
    problem: dict[str, Any]
    failures: int
    tried_at: datetime | None
    arrived_at: datetime | None
    next_at: datetime | None
    due_at: datetime | None  # the oldest delivery still owed
    owed: int  # deliveries owed and not come
    running: bool
    reached_at: datetime | None = None  # when the other side last answered, with or without something new
    told_at: datetime | None = None  # when its people were told that it is late or failing; None: they were not
    connected: bool = False
    paused: bool = False
    mode: str = ""  # pull | stream | push; "" for what comes by hand, is shipped or made here


@dataclass(frozen=True)
class AttemptFace:
    """One try to fetch. outcome: arrived | nothing | failed | refused; `code`, `facts`: why it failed."""

    at: datetime
    seconds: float
    outcome: str
    parcels: int
    size: int
    code: str
    facts: dict[str, str]


@dataclass(frozen=True)
class WindowFace:
    """One delivery owed. state: due | met | late | missed | paused (not owed: a person had paused the source)."""

    start: datetime
    end: datetime
    due_at: datetime
    state: str
    run: str
    met_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """What /metrics tells of all sources. `attempts`: (outcome, code) → how many in the last day."""

    attempts: dict[tuple[str, str], int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    unlanded: int = 0
    owed: int = 0
    late: int = 0  # sources with a delivery that is missed
    arrivals: int = 0  # runs that came from sources, ever


def sources(packs: Iterable[str] | None = None) -> tuple[SourceFace, ...]:
    """Every declared source, in the packs' order; `packs`: only of these."""
    wanted = None if packs is None else set(packs)
    found = [s for s in declared().sources() if wanted is None or s.pack in wanted]
    states = {row.source: row for row in SourceState.objects.all()}
    owed = _owed()
    return tuple(_face(s, states.get(s.key) or SourceState(source=s.key), owed) for s in found)


def source(key: str) -> SourceFace:
    """Raises Absent('unknown-source')."""
    noun = declared().source(key)
    state = SourceState.objects.filter(pk=key).first() or SourceState(source=key)
    return _face(noun, state, _owed(key))


def attempts(key: str, limit: int = 50) -> tuple[AttemptFace, ...]:
    """Newest first."""
    names = ("at", "seconds", "outcome", "parcels", "size", "code", "facts")
    rows = Attempt.objects.filter(source=key).order_by("-at", "-id")[:limit]
    return tuple(AttemptFace(**{name: getattr(row, name) for name in names}) for row in rows)


def windows(key: str, since: datetime | None = None) -> tuple[WindowFace, ...]:
    """Deliveries due since then (None: all that are kept), oldest first."""
    rows = Window.objects.filter(source=key).order_by("due_at")
    if since is not None:
        rows = rows.filter(due_at__gte=since)
    names = ("start", "end", "due_at", "state", "run", "met_at")
    return tuple(WindowFace(**{name: getattr(row, name) for name in names}) for row in rows)


def networks() -> tuple[str, ...]:
    """The networks (CIDR) a source's address may lead to."""
    return tuple(settings.NETWORKS)


def counts() -> Counts:
    """For /metrics: a few grouped queries, nothing of any row's content."""
    faces = sources()
    states: dict[str, int] = {}
    for face in faces:
        states[face.state] = states.get(face.state, 0) + 1
    since = clock.now().timestamp() - 86_400
    rows = Attempt.objects.filter(at__gte=datetime.fromtimestamp(since, tz=clock.now().tzinfo))
    tried = rows.values_list("outcome", "code").annotate(n=Count("id")).order_by()
    return Counts(
        {(outcome, code): count for outcome, code, count in tried},
        states,
        unlanded=Run.objects.filter(state__in=(RECEIVED, LANDING)).count(),
        owed=sum(face.owed for face in faces),
        late=Window.objects.filter(state="missed").values("source").distinct().count(),
        arrivals=Run.objects.exclude(source="").count(),
    )


def _owed(key: str = "") -> Owed:
    """Source → what it owes, in one query."""
    rows = Window.objects.filter(state__in=("due", "missed"), due_at__lte=clock.now())
    if key:
        rows = rows.filter(source=key)
    late = Count("id", filter=Q(state="missed"))
    found = rows.values("source").annotate(n=Count("id"), first=Min("due_at"), late=late).order_by()
    return {row["source"]: Debt(row["n"], row["first"], row["late"]) for row in found}


def _face(source: Source, state: SourceState, owed: Owed) -> SourceFace:
    debt = owed.get(source.key, Debt())
    busy = state.busy_until is not None and state.busy_until > clock.now()
    own = ("simulated", "owner", "duty", "failures", "tried_at", "arrived_at", "next_at", "reached_at", "connected")
    same = ("dataset", "pack", "title", "connector", "format", "schedule", "link")
    return SourceFace(
        source=source.key,
        department=source.owner,
        state=_state(source, state, debt),
        values=dict(state.values),
        secrets=_secret_names(state),
        problem=dict(state.problem),
        due_at=debt.first,
        owed=debt.owed,
        running=busy,
        told_at=state.late_told_at,
        paused=state.paused,
        mode=orders.mode(source.connector),
        **{name: getattr(source, name) for name in same},
        **{name: getattr(state, name) for name in own},
    )


def _secret_names(state: SourceState) -> tuple[str, ...]:
    try:
        return tuple(sorted(seal.unseal(state.sealed)))
    except IntakeStopped:
        return ()


def _state(source: Source, state: SourceState, debt: Debt) -> str:
    by_hand = orders.mode(source.connector) == orders.BY_HAND
    if by_hand and not (state.connected and source.schedule and source.connector == "upload"):
        return "file"
    if not state.connected or state.paused:
        return "paused" if state.connected else "unconnected"
    if state.failures:
        return "failing"
    if debt.missed:
        return "late"
    return "alive" if state.arrived_at else "waiting"
