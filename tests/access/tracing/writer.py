"""A process that writes to the trace from two threads, some of it taken back: `python writer.py NAME STEPS`."""

from __future__ import annotations

import os
import sys
import threading

os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"

import django

django.setup()


def work(name: str, steps: int) -> None:
    from django.db import connection, transaction

    from haidang.access import trace

    for step in range(steps):
        try:
            with transaction.atomic():
                trace.note(name, "grant", str(step))
                if step % 3 == 0:
                    raise RuntimeError
        except RuntimeError:
            trace.note(name, "grant", str(step), outcome="failed")
    connection.close()


threads = [threading.Thread(target=work, args=(f"{sys.argv[1]}-{at}", int(sys.argv[2]))) for at in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
