"""How long the trace is kept: whole months older than the rule go into files and are then let go of; anchors; fullness.

A month goes only when its rows prove sound, stand in a file on disk, and (with HAIDANG_SYSLOG) have reached the SIEM.
Killed at any moment it is simply run again. Never: lets go of a row that stands nowhere else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from haidang.access.models import Trace
from haidang.access.tracing import actions, anchors, archive, chain, proving
from haidang.words.errors import Unavailable

MB = 1 << 20


@dataclass(frozen=True)
class Fullness:
    """How full things are: share of the disk of the home that is used (percent), bytes of the database."""

    disk: float
    database: int

    @property
    def near(self) -> bool:
        """Whether a threshold of the settings is passed (0: none)."""
        over = settings.FULL_DATABASE_MB and self.database >= settings.FULL_DATABASE_MB * MB
        return bool(over or (settings.FULL_PERCENT and self.disk >= settings.FULL_PERCENT))


def fullness() -> Fullness:
    disk = shutil.disk_usage(settings.HOME)
    return Fullness(100 * (disk.total - disk.free) / disk.total, _database())


def _database() -> int:
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return sum(file.stat().st_size for end in ("", "-wal") if (file := Path(name + end)).is_file())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def anchor(now: datetime) -> bool:
    """Write the head of the chain down outside, once a day; whether it was done."""
    last = anchors.last_at()
    if last is not None and timezone.localdate(last) >= timezone.localdate(now):
        return False
    head = actions.kept()
    if head.number < head.kept_from:
        return False
    anchors.write(anchors.Anchor(now.isoformat(), head.number, head.digest))
    return True


def keep(now: datetime, months: int) -> tuple[Path, ...]:
    """Put away whole months older than `months` and let go of them; the files written.

    Raises Unavailable('trace-broken') and lets nothing go when a row of them is not as it was written.
    """
    actions.let_go()  # what a run that was killed had put away already
    written = tuple(_put_away(month, first, last) for month, first, last in _old(now, months))
    return written


def _old(now: datetime, months: int) -> Iterator[tuple[str, int, int]]:
    """Stretches of numbers by month, oldest first, up to the first row that is young enough to stay."""
    until = _month_before(now, months)
    head = actions.kept()
    young = Trace.objects.filter(at__gte=until, number__gte=head.kept_from).order_by("number")
    end = (young.values_list("number", flat=True).first() or head.number + 1) - 1
    if settings.SYSLOG:
        end = min(end, head.sent)
    first = head.kept_from
    while first <= end:
        month, last = _month(first, end)
        yield month, first, last
        first = last + 1


def _month(first: int, end: int) -> tuple[str, int]:
    """The month of a row, and the last number before one of a later month."""
    row = Trace.objects.filter(number=first).first()
    if row is None:
        raise Unavailable("trace-broken", number=first, retry=0)
    at = timezone.localtime(row.at)
    later = Trace.objects.filter(number__gt=first, number__lte=end, at__gte=_month_before(at, -1)).order_by("number")
    following = later.values_list("number", flat=True).first()
    return f"{at:%Y-%m}", (following - 1 if following else end)


def _month_before(now: datetime, months: int) -> datetime:
    """Midnight of the first day of the month so many months before (Việt Nam time)."""
    local = timezone.localtime(now)
    years, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    return datetime(years, month + 1, 1, tzinfo=timezone.get_default_timezone())


def _put_away(month: str, first: int, last: int) -> Path:
    before = actions.kept().anchor
    digest = _sound(first, last, before)
    held = archive.Held(archive.KIND, first, last, before, digest)
    path = archive.write(month, proving.links(first, last), held)
    if archive.prove(path)[1] is not None:
        raise Unavailable("trace-broken", number=first, retry=0)
    actions.move_on(last + 1, digest)
    actions.let_go()
    return path


def _sound(first: int, last: int, before: str) -> str:
    """The digest of the last row, when all of them prove sound."""
    at, digest = first - 1, before
    for link, wrong in chain.prove(actions.key(), proving.links(first, last), first, before):
        if wrong:
            raise Unavailable("trace-broken", number=at + 1, retry=0)
        at, digest = link.number, link.digest
    if at != last:
        raise Unavailable("trace-broken", number=at + 1, retry=0)
    return digest
