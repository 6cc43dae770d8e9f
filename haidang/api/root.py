"""The root of /api/v1: one router per module of `routes`, found by listing. Never: holds an endpoint."""

from __future__ import annotations

import importlib
import pkgutil

from ninja import NinjaAPI

from haidang.api import errors, routes

api = NinjaAPI(
    title="Hải Đăng",
    version="1",
    description="Cùng một cửa, cùng một quyền như trên màn hình. The same gate and the same rights as on the screen.",
    openapi_url="openapi.json",
    docs_url=None,  # the page ninja has would load scripts from elsewhere
    urls_namespace="api",
)
errors.install(api)
for _module in sorted(module.name for module in pkgutil.iter_modules(routes.__path__)):
    api.add_router("", importlib.import_module(f"{routes.__name__}.{_module}").router)
