"""The ASGI entry for uvicorn: `haidang.site.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
_django = get_asgi_application()  # first: what follows reads the settings

from haidang.site.entry import entry  # noqa: E402  (see above)
from haidang.site.headers import dressed  # noqa: E402  (see above)

application = dressed(entry(_django))  # type: ignore[arg-type]  # Django types its messages as read-only mappings
