"""The bytes as they came, of Runs that held what was emptied: they go, the Run stays and says so.

Whoever stands in a full file of today stood in yesterday's too, unchanged and so under no Run's name in the store:
from the first Run that held them on, all raw bytes of the dataset go. Never: touches another dataset's Run that has not
the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from haidang.catalog.declared import Dataset
from haidang.intake import clock
from haidang.intake.models import ERASE, LANDED, RETAIN, STOPPED, MendRule, Run
from haidang.store.landing import home
from haidang.words import people


def refuse(row: Run) -> None:
    """Let go of the bytes of a Run that brought state secrets; the Run in hand says so (its lander saves it)."""
    if not row.path:
        return
    (home() / row.path).unlink(missing_ok=True)
    note = {"code": "secret-refused", "at": clock.now().isoformat()}
    for other in Run.objects.filter(path=row.path).exclude(pk=row.pk):
        other.path, other.log = "", [*other.log, note]
        other.save(update_fields=["path", "log"])
    row.path, row.log = "", [*row.log, note]


def bury(dataset: Dataset, runs: set[str], *, by: str) -> int:
    """Delete the bytes of the dataset's Runs from the first of these on; how many Runs."""
    if not runs:
        return 0
    held = Q(id__in=runs) | Q(id__gte=min(runs), state__in=(LANDED, STOPPED))
    later = Run.objects.filter(held, dataset=dataset.key).exclude(kind__in=(ERASE, RETAIN)).exclude(path="")
    paths = set(later.values_list("path", flat=True))
    count = 0
    for path in sorted(paths):
        (home() / path).unlink(missing_ok=True)
        with transaction.atomic():
            for row in Run.objects.select_for_update().filter(path=path):
                note = {"code": "raw-erased", "by": by, "at": clock.now().isoformat()}
                row.path, row.log = "", [*row.log, note]
                row.save(update_fields=["path", "log"])
                count += 1
    return count


def unsay(dataset: Dataset, digests: Iterable[str]) -> None:
    """Mending rules and problems of Runs that quote the person lose the quotation."""
    wanted, key = set(digests), people.key_of(settings.SECRET_KEY)
    if not wanted:
        return
    for rule in MendRule.objects.filter(dataset=dataset.key, column__in=[c.name for c in dataset.personal]):
        if {people.digest(rule.found, key), people.digest(rule.becomes, key)} & wanted:
            rule.delete()
    for run in Run.objects.filter(dataset=dataset.key).exclude(problem={}):
        if people.digest(str(run.problem.get("found", "")), key) in wanted:
            run.problem = {**run.problem, "found": ""}
            run.save(update_fields=["problem"])
