"""HTTP: asks another system's API or file address, page by page (docs/connectors.md). Never: reads what a row means.

The pack says how the API is asked (path, body, paging, cursor), the province where it is and who asks.
Modules beside it: `_http_client` one request; `_http_talk` logging in and what an answer means; `_http_pages` the pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from haidang.intake.connectors import Order, Parcel, Setting
from haidang.intake.connectors._http_pages import Pass
from haidang.intake.connectors._http_talk import Talk

MODE = "pull"
SETTINGS = (
    Setting("address", required=True, kind="address"),
    Setting("path", home="either"),
    Setting("method", home="pack", default="GET", choices=("GET", "POST")),
    Setting("params", home="pack", kind="long"),
    Setting("headers", home="pack", kind="long"),
    Setting("body", home="pack", kind="long"),
    Setting("content_type", home="pack"),
    Setting("unit", home="either"),
    Setting("auth", home="either", default="none", choices=("none", "basic", "bearer", "key")),
    Setting("key_header", home="either", default="X-API-Key"),
    Setting("username"),
    Setting("password", secret=True),
    Setting("token", secret=True),
    Setting("login_address", kind="address"),
    Setting("login_path", home="either"),
    Setting("login_body", home="pack", kind="long"),
    Setting("login_type", home="pack"),
    Setting("session_field", home="pack", default="session"),
    Setting("session_seconds", home="pack", default="900", kind="integer"),
    Setting("error_field", home="pack"),
    Setting("error_ok", home="pack", default="0"),
    Setting("error_text", home="pack", default="message"),
    Setting("expired_codes", home="pack"),
    Setting("busy_codes", home="pack"),
    Setting("rows", home="pack"),
    Setting("paging", home="pack", default="none", choices=("none", "page", "offset", "cursor", "link")),
    Setting("page_size", home="either", default="100", kind="integer"),
    Setting("first_page", home="pack", default="1", kind="integer"),
    Setting("next_field", home="pack", default="next"),
    Setting("most_pages", home="either", default="1000", kind="integer"),
    Setting("cursor_field", home="pack"),
    Setting("since_first", home="either"),
    Setting("overlap", home="either", default="0", kind="integer"),
    Setting("ahead", home="either", default="86400", kind="integer"),
    Setting("time_format", home="pack", default="iso"),
    Setting("first_days", home="either", default="30", kind="integer"),
    Setting("unchanged", home="pack", default="skip", choices=("skip", "take")),
    Setting("ca", kind="long"),
    Setting("timeout", home="either", default="30", kind="integer"),
    Setting("whole_timeout", home="either", default="600", kind="integer"),
)


def fetch(order: Order) -> Iterator[Parcel]:
    """One parcel a page, in order; the pass may be cut after each. Raises Unavailable, IntakeStopped."""
    with Talk(order) as talk:
        yield from Pass(order, talk).parcels()
