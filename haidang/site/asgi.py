"""The ASGI entry for uvicorn: `haidang.site.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from haidang.api.bounds import bounded

os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
application = bounded(get_asgi_application())  # type: ignore[arg-type]  # Django types its messages as read-only mappings
