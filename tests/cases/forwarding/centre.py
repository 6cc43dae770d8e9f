"""Another centre, as a process of its own: `python centre.py HOME PORT` prints its keys as JSON, then serves."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

HOME, PORT = Path(sys.argv[1]), int(sys.argv[2])
os.environ |= {"HAIDANG_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "haidang.site.settings"}

import django  # noqa: E402  (its settings are read from the environment above)

django.setup()

import uvicorn  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from haidang.access import actions, gate  # noqa: E402
from haidang.cli.demo import cast  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
call_command("migrate", verbosity=0)
cast.create("Den-bien-2026!")
WORKING = ("peer-68", "truc-1022", "don-vi-xu-ly", "so-xay-dung")
print(json.dumps({name: actions.issue_token(gate.operator(), name) for name in WORKING}), flush=True)
uvicorn.run("haidang.site.asgi:application", host="127.0.0.1", port=PORT, log_level="error")
