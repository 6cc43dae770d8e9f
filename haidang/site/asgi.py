"""The ASGI entry for uvicorn: `haidang.site.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
application = get_asgi_application()
