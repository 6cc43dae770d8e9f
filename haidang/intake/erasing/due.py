"""Whether anything of a dataset is older than it may be kept. Never: writes."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

import ibis

from haidang.catalog.declared import Dataset
from haidang.intake.models import LANDED, RETAIN, STOPPED, Run
from haidang.store.tables import lake
from haidang.words.errors import Absent


def anything(dataset: Dataset, *, personal: date | None, rows: date | None) -> bool:
    """Rows older than `rows`, or older than `personal` with something personal in them; False while an order waits."""
    if Run.objects.filter(dataset=dataset.key, kind=RETAIN).exclude(state__in=(LANDED, STOPPED)).exists():
        return False
    try:
        table = lake().table(dataset.table, snapshot=lake().snapshot())
    except Absent:
        return False
    old = ibis.literal(False)
    held = [table[column.name].notnull() for column in dataset.personal if column.name in table.columns]
    if personal and held:
        old |= (table["_end"] < personal) & reduce(or_, held)
    if rows:
        old |= table["_end"] < rows
    return bool(lake().rows(table.filter(old).limit(1).select("_run")))
