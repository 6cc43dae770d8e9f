"""Run as a program: several processes at one desk in one moment; prints what became of it as JSON.

The home and the database are those of the environment.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

MANY = 6
DESK = "phan-anh.phan-anh"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0, skip_checks=True)
    from haidang.cli.demo import cast

    cast.create("Den-bien-2026!")
    print(json.dumps({name: trial() for name, trial in TRIALS.items()}))


def crowd(task: Callable[[int], Any], many: int = MANY) -> list[str]:
    """What each of `many` processes, let go together, got: "ok …" or the code of its refusal."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    gate, told = fork.Barrier(many), fork.Queue()

    def one(number: int) -> None:
        from haidang.words.errors import HaiDangError

        try:
            gate.wait(30)
            told.put(f"ok {task(number)}")
        except HaiDangError as refused:
            told.put(refused.code)
        except BaseException:
            told.put(traceback.format_exc())

    crew = [fork.Process(target=one, args=(number,)) for number in range(many)]
    for process in crew:
        process.start()
    got = [told.get(timeout=60) for _ in crew]
    for process in crew:
        process.join(30)
    return sorted(got)


def opened(number: int = 0, *, once: str = "", phone: str = "0912345699") -> int:
    from haidang.access import gate
    from haidang.cases.actions import Arrival, Person, open_case

    arrival = Arrival(DESK, "web", f"Ổ gà số {number}", Person(phone=phone), category="mat-duong", once=once)
    return int(open_case(gate.public(), arrival).pk)


def resent() -> dict[str, Any]:
    """One message sent again and again while its first sending is not over."""
    from haidang.cases.models import Case, Message, Sender

    got = crowd(lambda _: opened(once="app-1", phone="0912345601"))
    cases, senders = Case.objects.filter(once="web:app-1").count(), Sender.objects.count()
    return {"alike": len(set(got)), "got": got[0], "cases": cases, "senders": senders, "told": Message.objects.count()}


def one_person() -> dict[str, Any]:
    """Different messages of one person."""
    from haidang.cases.models import Sender

    before = Sender.objects.count()
    got = crowd(lambda number: opened(number, phone="0912345602"))
    return {"cases": len(set(got)), "senders": Sender.objects.count() - before}


def acts(*wanted: Any, who: str, number: int) -> dict[str, int]:
    from haidang.access import gate
    from haidang.cases.actions import act

    actor = gate.actor(who)
    return dict(Counter(crowd(lambda at: act(actor, number, wanted[at % len(wanted)]).state)))


def two_officers() -> dict[str, Any]:
    """Everyone saw the same version and gives the Case to an office of their own choice."""
    from haidang.cases.actions import Wanted
    from haidang.cases.models import Case, Step

    number = opened()
    wanted = [Wanted("assign", office=office, version=1) for office in ("so-xay-dung", "so-y-te")]
    got = acts(*wanted, who="truc-1022", number=number)
    last = Step.objects.filter(case=number, act="assign")
    return {"got": got, "steps": last.count(), "version": Case.objects.get(pk=number).version}


def double_click() -> dict[str, Any]:
    """The same click heard several times."""
    from haidang.cases.actions import Wanted
    from haidang.cases.models import Case, Step

    number = opened()
    got = acts(Wanted("receive", version=1, once="click-1"), who="truc-1022", number=number)
    return {
        "got": got,
        "steps": Step.objects.filter(case=number).count(),
        "version": Case.objects.get(pk=number).version,
    }


def into_each_other() -> dict[str, Any]:
    """Two Cases, each merged into the other in the same moment."""
    from haidang.access import gate
    from haidang.cases.actions import Wanted, act
    from haidang.cases.models import Case

    pair, truc = (opened(1), opened(2)), gate.actor("truc-1022")
    got = crowd(lambda at: act(truc, pair[at % 2], Wanted("merge", into=pair[1 - at % 2])).pk, 4)
    merged = Case.objects.filter(pk__in=pair, into__isnull=False).count()
    return {"merged": merged, "got": sorted({one.partition(" ")[0] for one in got})}


TRIALS = {
    "resent": resent,
    "one-person": one_person,
    "two-officers": two_officers,
    "double-click": double_click,
    "into-each-other": into_each_other,
}

if __name__ == "__main__":
    sys.exit(main())
