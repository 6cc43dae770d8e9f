"""The ASGI entry for uvicorn: `haidang.site.asgi:application`."""

from __future__ import annotations

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
django.setup(set_prefix=False)  # first: what follows reads the settings

from haidang.site.entry import entry  # noqa: E402  (Django must be set up first)
from haidang.site.handler import Handler  # noqa: E402  (Django must be set up first)
from haidang.site.headers import dressed  # noqa: E402  (Django must be set up first)

application = dressed(entry(Handler()))
