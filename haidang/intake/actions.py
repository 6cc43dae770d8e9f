"""The only file of this room that writes. Doors ask the gate before they call; `who` stands here for the record."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from haidang.catalog.declared import Dataset, declared
from haidang.intake import arriving, checking, clock, flow, kept, merging, redeclared, staging, waiting
from haidang.intake.checks import not_secret
from haidang.intake.drift import actions as drift
from haidang.intake.drift import shape
from haidang.intake.erasing import actions as erasing
from haidang.intake.erasing.raw import actions as erased_bytes
from haidang.intake.formats import Arrival, open_tables
from haidang.intake.made import forgetting
from haidang.intake.mending import again, rules
from haidang.intake.merging import Counts, Job
from haidang.intake.models import ERASE, GONE, LANDED, LANDING, RECEIVED, REPLAYS, RETAIN, STOPPED, Run
from haidang.store import upkeep
from haidang.store.landing import Writer, home
from haidang.words.errors import Absent, IntakeStopped, Problem
from haidang.words.nouns import Actor

Progress = Callable[[str, int, int], None]
"""(step code, done, of how many) — `of` 0 when unknown."""


@dataclass(frozen=True)
class Landed:
    """What `haidang import` prints for one file."""

    run: str
    dataset: str
    file: str
    read: int
    landed: int
    set_aside: int
    unchanged: int
    superseded: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    repeated: bool = False  # the same bytes had landed before: nothing was done
    snapshot: int = 0


@dataclass(frozen=True)
class Origin:
    """How an arrival came: `kind` of Run, the declared source ("" when by hand), whether that source is simulated."""

    kind: str = "file"
    source: str = ""
    simulated: bool = False


BY_HAND = Origin()


def receive(who: Actor, dataset: str, file: Path, *, name: str = "", origin: Origin = BY_HAND) -> str:
    """Keep the bytes safe on disk and open a Run (state `received`); gives the run id.

    What comes by hand is looked at first (`arriving`). Raises Absent('unknown-dataset'), IntakeStopped('file-missing' |
    'empty-file' | 'file-name' | 'file-runs' | 'not-a-table-file').
    """
    declared().dataset(dataset)
    name = name or file.name
    if origin is BY_HAND and file.is_file():
        name = arriving.proved(file, name)
    bytes_kept = kept.keep_file(home(), file, name)
    return open_run(who, dataset, name, bytes_kept, origin=origin).id


def land(run: str, *, progress: Progress | None = None) -> Landed:
    """Read, check and land a received Run in one transaction; safe to call again after a kill.

    Raises Absent('unknown-run'), IntakeStopped (the Run is then `stopped`), NotNow, Unavailable.
    """
    row = Run.objects.filter(pk=run).first()
    if row is None:
        raise Absent("unknown-run", found=run)
    if row.state == LANDED:
        return _landed(row, repeated=True)
    row.state, row.started_at, row.problem = LANDING, clock.now(), {}
    row.save()
    try:
        return _through(row, _reporter(row, progress))
    except IntakeStopped as stopped:
        _stop(row, stopped)
        drift.stopped(row, stopped)
        raise


def claim(turns: dict[str, int] | None = None) -> str:
    """Take a waiting Run by a conditional update and give its id, "" when none waits: the oldest of the source (or, of
    what came by hand, the dataset) whose turn is longest ago. `turns`: who had which turn, kept by the caller.
    """
    turns = {} if turns is None else turns
    for run, state, began, name in waiting.line(turns):
        if Run.objects.filter(pk=run, state=state, started_at=began).update(state=LANDING, started_at=clock.now()):
            turns[name] = max(turns.values(), default=0) + 1
            return str(run)
    return ""


def put_back(run: str) -> None:
    """Let a claimed Run wait again: what it needed was busy or down."""
    Run.objects.filter(pk=run, state=LANDING).update(state=RECEIVED, started_at=None)


def resume() -> int:
    """Let the Runs of feeds wait again that a worker had claimed before it was killed; how many. Only for the one
    worker, as it begins: nobody else lands them.
    """
    return Run.objects.filter(state=LANDING, kind__in=waiting.FEEDS).update(state=RECEIVED, started_at=None)


def import_file(
    who: Actor, dataset: str, file: Path, *, origin: Origin = BY_HAND, progress: Progress | None = None
) -> Landed:
    """receive + land; completes an earlier Run of the same bytes that was killed.

    The same bytes once more land nothing: the answer is the earlier run's with `repeated`.
    """
    declared().dataset(dataset)
    _say(progress, "receive", 0)
    bytes_kept = kept.keep_file(home(), file, file.name)
    earlier = Run.objects.filter(dataset=dataset, digest=bytes_kept.digest).exclude(kind__in=REPLAYS).order_by("id")
    run = earlier.filter(state=LANDED).first() or earlier.first()
    run = run or open_run(who, dataset, file.name, bytes_kept, origin=origin)
    return land(run.id, progress=progress)


def mend(who: Actor, reject: str, values: dict[str, str]) -> Landed:
    """Correct one set-aside row and replay it as a Run of its own; the reject is then closed.

    A row that is still at fault closes nothing: IntakeStopped names the fault. Raises Absent('unknown-reject').
    """
    found = _open_rejects("id = ?", [reject])
    if not found:
        raise Absent("unknown-reject", found=reject)
    dataset = declared().dataset(found[0][1])
    if unknown := set(values) - {column.name for column in dataset.columns}:
        known = ", ".join(column.name for column in dataset.columns)
        raise Absent("unknown-column", found=", ".join(sorted(unknown)), expected=known)
    return replay(who, "mend", dataset.key, rejects=[reject], values=values)


def accept(who: Actor, run: str, code: str) -> Landed:
    """Replay every open set-aside row of a run with that reason, accepted with a mark (duplicates cannot be)."""
    if code.startswith("duplicate-"):
        raise IntakeStopped("cannot-accept-duplicates", found=code)
    rows = _open_rejects("run = ? AND code = ?", [run, code])
    if not rows:
        raise Absent("no-such-rejects", found=f"{run} {code}")
    return replay(who, "accept", rows[0][1], rejects=[row[0] for row in rows], mark=code)


def discard(who: Actor, reject: str, why: str) -> None:
    """Close a set-aside row without landing it; it stays on record."""
    _set_state(who, reject, why, was="open", becomes="discarded")


def reopen(who: Actor, reject: str) -> None:
    """Take back a discard: the row is open again."""
    _set_state(who, reject, "", was="discarded", becomes="open")


def keep_up(who: Actor) -> tuple[str, ...]:
    """Derive anew every dataset whose indicators are declared otherwise than when it landed; gives their keys.

    Raises NotNow while another writes.
    """
    with Writer() as writer:
        changed = redeclared.stale(writer)
        for dataset, run in changed:
            redeclared.catch_up(writer, dataset, run, who.name)
    return tuple(dataset.key for dataset, _ in changed)


def tidy() -> upkeep.Compacted:
    """Join what many small landings left behind, in bounded time; no history is lost."""
    return upkeep.tidy()


def compact() -> upkeep.Compacted:
    """Join the small files of the lake; no history is lost."""
    return upkeep.compact()


def backup(folder: Path) -> dict[str, Any]:
    """The whole home into an empty folder, while people go on reading; raises NotNow, Unavailable."""
    return upkeep.backup(folder)


def restore(folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Make the home what a backup holds; raises NotNow('home-in-use') unless `replace`, Absent('no-backup')."""
    return upkeep.restore(folder, replace=replace)


def _set_state(who: Actor, reject: str, why: str, *, was: str, becomes: str) -> None:
    with Writer() as writer, writer.transaction():
        found = writer.sql("SELECT run FROM lake.main.rejects WHERE id = ? AND state = ?", [reject, was])
        if not found:
            raise Absent("unknown-reject", found=reject)
        writer.sql("UPDATE lake.main.rejects SET state = ? WHERE id = ?", [becomes, reject])
    if run := Run.objects.filter(pk=found[0][0]).first():
        note = {"code": f"reject-{becomes}", "reject": reject, "why": why[:500], "actor": who.name}
        run.log = [*run.log, {**note, "at": clock.now().isoformat()}]
        run.save(update_fields=["log"])


def _open_rejects(condition: str, parameters: list[object]) -> list[tuple[Any, ...]]:
    with Writer() as writer:
        query = f"SELECT id, dataset FROM lake.main.rejects WHERE {condition} AND state = 'open'"
        return writer.sql(query, parameters)


def replay(who: Actor, kind: str, dataset: str, *, rejects: list[str], **order: Any) -> Landed:
    """Keep what is to be replayed as bytes of its own (a kill loses nothing), open a Run over it and land it.

    `order`: `values` laid over the rows, `mark` of accepted ones, `part` (true: the rows that stand by now land, the
    others stay as they are), `name` of the Run.
    """
    name = order.pop("name", "") or f"{kind} {order.get('mark') or rejects[0]}"
    whole = {"values": {}, "mark": "", **order, "kind": kind, "rejects": rejects}
    bytes_kept = kept.keep_bytes(home(), json.dumps(whole, ensure_ascii=False, sort_keys=True).encode(), ".replay")
    row = Run.objects.filter(dataset=dataset, digest=bytes_kept.digest).first()
    return land((row or open_run(who, dataset, name, bytes_kept, origin=Origin(kind))).id)


def open_run(who: Actor, dataset: str, name: str, bytes_kept: kept.Kept, *, origin: Origin = BY_HAND) -> Run:
    """A Run (state `received`) over bytes that are kept; for those who must write more in the same transaction."""
    moment = clock.now()
    return Run.objects.create(
        id=f"{moment:%Y%m%d-%H%M%S}-{moment.microsecond // 1000:03d}{secrets.token_hex(3)}",
        kind=origin.kind,
        source=origin.source,
        simulated=origin.simulated,
        dataset=dataset,
        file=name[:255],
        digest=bytes_kept.digest,
        path=bytes_kept.path,
        size=bytes_kept.size,
        actor=who.name,
        received_at=moment,
    )


def _through(row: Run, report: Progress) -> Landed:
    dataset = declared().dataset(row.dataset)
    with _scratch() as folder, Writer() as writer:
        # What a feed brought is looked for within the landing itself: only a kill makes it come twice.
        earlier = None if row.kind in waiting.FEEDS else merging.recorded(writer, row.id, row.dataset, _same(row))
        if earlier is None and row.kind == GONE:
            earlier = forgetting.commit(writer, _job(row, dataset), home() / row.path)
        elif earlier is None and row.kind in (ERASE, RETAIN):
            earlier = erasing.commit(writer, _job(row, dataset), home() / row.path)
        elif earlier is None:
            job, staged = _checked(writer, row, dataset, report, folder=folder)
            seen = None if row.kind in (*REPLAYS, "derived") else shape.of(writer, dataset, staged)
            earlier = flow.commit(writer, job, staged, report)
            row.log = staged.notes + (drift.landed(row, dataset, seen, rows=staged.rows) if seen else [])
    name, counts = earlier
    if counts.reasons.get(not_secret.CODE):
        erased_bytes.refuse(row)
    return _finish(row, name, counts)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for what is unpacked; rows set aside are read from it once more, so it stays until the run is landed."""
    scratch = home() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="arrival-") as folder:
        yield Path(folder)


def _job(row: Run, dataset: Dataset) -> Job:
    job = Job(row.id, dataset, row.file, _same(row), row.actor, source=row.source, simulated=row.simulated)
    return replace(job, kind=row.kind)


def _checked(
    writer: Writer, row: Run, dataset: Dataset, report: Progress, *, folder: Path
) -> tuple[Job, staging.Staged]:
    job = _job(row, dataset)
    if row.kind not in REPLAYS:
        report("read", 0, 0)
        arrival = _arrival(row, dataset, folder)
        staged = staging.stage(writer, dataset, open_tables(arrival))
        rules.apply(writer, dataset, staged)
        report("check", 0, staged.rows)
        flow.check(writer, dataset, staged)
        rules.mark(writer)
        return job, staged
    order = json.loads((home() / row.path).read_text())
    staged = again.staged(writer, dataset, order, name=row.file)
    flow.check(writer, dataset, staged, groups=False)
    if order.get("part"):
        again.part(writer, dataset, staged, marked=bool(order["values"]))
    else:
        _refuse_still_bad(writer, order["mark"])
    closes = "accepted" if order["mark"] else "mended"
    return Job(row.id, dataset, row.file, row.digest, row.actor, closes=closes, kind=row.kind), staged


def _same(row: Run) -> str:
    """By what a repeated arrival is known. A feed may rightly bring the bytes of an earlier day again (a value that
    went up and came back): only its own run is the same.
    """
    return row.digest if row.kind == "file" or row.kind in REPLAYS else f"{row.digest}@{row.id}"


def _arrival(row: Run, dataset: Dataset, folder: Path) -> Arrival:
    """The kept bytes as their source says they are read; what came by hand, or of a source no more declared, is told
    from its content.
    """
    source = next((s for s in declared().sources() if s.key == row.source), None)
    kind, read = (source.format, dict(source.read)) if source and row.kind != "file" else ("", {})
    return Arrival(home() / row.path, row.file, dataset, folder, kind, read)


def _refuse_still_bad(writer: Writer, mark: str) -> None:
    """A replayed row must stand. Accepted rows are marked with the reason they are accepted in spite of."""
    if mark:
        writer.sql("INSERT INTO marks SELECT _n, ? FROM aside WHERE code = ?", [mark, mark])
        writer.sql("DELETE FROM aside WHERE code = ?", [mark])
        writer.sql("INSERT INTO marks SELECT _n, ? FROM typed WHERE _n NOT IN (SELECT _n FROM marks)", [mark])
    checking.stop_at_first(writer, "aside")


def _finish(row: Run, name: str, counts: Counts) -> Landed:
    """Write the outcome into the Run. `name` is another run's when the same bytes had landed under it."""
    if name != row.id:
        counts = Counts(counts.read, unchanged=counts.landed + counts.unchanged, snapshot=counts.snapshot)
    for key, value in asdict(counts).items():
        setattr(row, key, value)
    row.state, row.finished_at, row.step = LANDED, clock.now(), "done"
    row.done = row.of = counts.read
    row.save()
    return _landed(row, repeated=name != row.id)


def _landed(row: Run, *, repeated: bool) -> Landed:
    counts = {"landed": row.landed, "unchanged": row.unchanged, "superseded": row.superseded}
    if repeated:
        counts = {"landed": 0, "unchanged": row.landed + row.unchanged, "superseded": 0}
    return Landed(
        row.id,
        row.dataset,
        row.file,
        read=row.read,
        set_aside=0 if repeated else row.set_aside,
        reasons={} if repeated else dict(row.reasons),
        repeated=repeated,
        snapshot=row.snapshot,
        **counts,
    )


def _stop(row: Run, stopped: IntakeStopped) -> None:
    problem: Problem = stopped.problem
    row.state, row.finished_at, row.problem = STOPPED, clock.now(), asdict(problem)
    row.save()


def _say(progress: Progress | None, step: str, done: int, of: int = 0) -> None:
    if progress:
        progress(step, done, of)


def _reporter(row: Run, progress: Progress | None) -> Progress:
    """Tell whoever waits, and note it in the Run for the pages (at most a few times a second)."""
    last = clock.now() - timedelta(days=1)

    def report(step: str, done: int, of: int) -> None:
        nonlocal last
        _say(progress, step, done, of)
        if clock.now() - last > timedelta(seconds=0.5):
            last = clock.now()
            row.step, row.done, row.of = step, done, of
            row.save(update_fields=["step", "done", "of"])

    return report
