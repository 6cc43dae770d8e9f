"""Brings the requests of Chicago into an empty home and tells what became of them, as JSON; run by test_chicago.

`python walk.py HOME FILE`: a process of its own, since places, packs and the home are those of a process.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "tests" / "packs_of_tests"
HOME, FILE = Path(sys.argv[1]), Path(sys.argv[2])
os.environ |= {
    "HAIDANG_HOME": str(HOME),
    "HAIDANG_PACKS": str(OWN / "chicago-311"),
    "HAIDANG_PLACE": "97",
    "DJANGO_SETTINGS_MODULE": "haidang.site.settings",
}

import django  # noqa: E402  (its settings are read from the environment above)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from haidang.access import gate  # noqa: E402
from haidang.cases import importing, reads  # noqa: E402
from haidang.cases.models import Case, Step  # noqa: E402
from haidang.catalog.places import import_update  # noqa: E402
from haidang.indicators import answer  # noqa: E402
from haidang.intake import actions as intake  # noqa: E402
from haidang.intake.own import actions as own  # noqa: E402
from haidang.words.nouns import Question  # noqa: E402

DESK, PACK = "chicago-311.chicago-311", "chicago-311"
WHO = gate.operator()


def brought() -> dict[str, object]:
    unread: list[importing.Aside] = []
    how, began = importing.mapping(OWN / "chicago-311.map.yaml"), perf_counter()
    done = importing.bring(WHO, DESK, importing.rows(FILE, how, unread.append))
    seconds = perf_counter() - began
    counts = {"read": done.read, "landed": done.landed, "unchanged": done.unchanged, "unread": len(unread)}
    aside = [(one.outside, one.code) for one in (*unread, *done.set_aside)]
    return {**counts, "aside": aside, "seconds": seconds}


def asked(indicator: str, by: str = "", period: str = "2000..2012") -> dict[str, float | None]:
    """The value, or those of each commune or item."""
    found = answer.answer(Question(f"{PACK}.{indicator}", place="97", period=period, by=by), WHO)
    cells = found.parts if by == "place" else found.cells
    return {cell.key: cell.value for cell in cells} if by else {"": found.value}


def tallied(name: str) -> dict[str, int]:
    return dict(Case.objects.order_by().values_list(name).annotate(many=Count("number")))


def _board() -> str:
    """The page of the pack's board, as the operator's leader would open it."""
    from django.test import Client

    from haidang.access import actions
    from haidang.access.models import Account
    from haidang.words.nouns import Grant, Level

    account = Account.objects.create(name="lanh-dao", kind="officer", title="Lãnh đạo")
    actions.give(WHO, Grant(0, account.name, "read", "*", "*", Level.RESTRICTED), "thử")
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(f"/boards/{PACK}?place=97&period=2012").content.decode()


def main() -> None:
    call_command("migrate", verbosity=0)
    import_update(OWN / "chicago-places.csv", HOME)
    told: dict[str, object] = {"first": brought(), "again": brought()}
    told["states"], told["categories"], told["units"] = tallied("state"), tallied("category"), tallied("unit")
    told["acts"] = dict(Step.objects.order_by().values_list("act").annotate(many=Count("id")))
    told["found"] = reads.count(WHO, reads.Sought(q="kostner", states=("resolved",)))
    told["late"] = reads.by_state(WHO).get("late", 0)
    for run in own.refresh(timezone.now()):
        intake.land(run)
    told["answers"] = {name: asked(name) for name in ("gui", "trung", "dung-han", "gio")}
    told["parts"] = {by: asked("gui", by) for by in ("loai", "trang_thai", "place")}
    told["years"] = {year: asked("gui", period=year)[""] for year in ("2000", "2010", "2011", "2012")}
    told["board"] = _board()
    json.dump(told, sys.stdout)


main()
