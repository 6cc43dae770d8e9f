"""What packs say how long it is kept (`retain`): orders for the worker to empty what is older, once a day.

An order is only given where something is due, and not while an earlier one waits. Never: lands a row, decides a law.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

EVERY = timedelta(days=1)


def run(now: datetime) -> None:
    """Give the orders that are due; given twice they find nothing more to empty."""
    from haidang.access import gate
    from haidang.access.personal.subjects import actions as subjects
    from haidang.cases.erasing import actions as senders
    from haidang.catalog.declared import declared
    from haidang.intake import reads
    from haidang.intake.erasing import actions, due

    subjects.settle(reads.landed)
    senders.let_go(now)
    for dataset in (
        one for pack in declared().packs for one in pack.datasets if one.retain.personal or one.retain.rows
    ):
        personal, rows = (before(now.date(), months) for months in (dataset.retain.personal, dataset.retain.rows))
        if due.anything(dataset, personal=personal, rows=rows):
            actions.retain(gate.operator(), dataset.key, personal=personal, rows=rows)


def before(today: date, months: int) -> date | None:
    """The first day that is not yet too old; None when it is kept for ever."""
    if not months:
        return None
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
