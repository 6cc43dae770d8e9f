"""The methods of GeoReport v2, each parses, calls `cases.georeport`, writes XML or JSON.

No cookie counts here: a caller is whoever the `api_key` (or bearer token) stands for, else the public. Errors bear the
standard's status and form. Never: decides what may be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from haidang.access import gate
from haidang.api.open311 import asking
from haidang.api.open311.pace import pace
from haidang.api.open311.writing import TYPES, Tree, moment, refused, written
from haidang.cases.files import actions as files
from haidang.cases.georeport import actions, reads, services
from haidang.cases.georeport.reads import Found
from haidang.network import remote
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError, NotNow, Unavailable
from haidang.words.nouns import Actor, Label
from haidang.words.texts import say, text

View = Callable[..., HttpResponse]
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
OPTIONAL = ("zipcode", "media_url", "service_notice")
"""Fields the standard has that say nothing here."""
CODES = {"open311-only": 405, "open311-off": 503}
"""Status of what its kind of error does not tell."""


def door(*methods: str) -> Callable[[View], View]:
    """A method of the standard: its format known, its jurisdiction ours, its errors in the standard's form."""

    def made(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, kind: str, **named: str) -> HttpResponse:
            if kind not in TYPES:
                return _open(refused(404, text("error.absent", _language()), "xml"))
            try:
                if request.method not in (*methods, "HEAD" if "GET" in methods else ""):
                    raise BadQuestion("open311-only", expected=", ".join(methods))
                _here(request)
                return _open(view(request, kind=kind, **named))
            except (BadRequest, SuspiciousOperation, MultiPartParserError, UnicodeDecodeError):
                return _open(_error(BadQuestion("open311-bad-body"), kind))
            except HaiDangError as error:
                return _open(_error(error, kind))
            except Error:
                return _open(_error(Unavailable("database-busy", found="", retry=5), kind))

        return guarded

    return made


def _open(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it: there is nothing in it that a cookie opens."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _error(error: HaiDangError, kind: str) -> HttpResponse:
    kinds = {Absent: 404, Denied: 403, BadQuestion: 400, NotNow: 429, Unavailable: 503}
    status = CODES.get(error.code) or next((code for one, code in kinds.items() if isinstance(error, one)), 400)
    if error.code in ("bad-token", "no-grant"):
        error = Denied("open311-bad-key")
    response = refused(status, say(error, _language()), kind)
    if status in (429, 503):
        response["Retry-After"] = str(error.facts.get("retry", 60))
    return response


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "vi"


def _said(label: Label) -> str:
    return label.in_(_language())


def _posted(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _here(request: HttpRequest) -> None:
    """Raises Absent('open311-no-jurisdiction') for one we do not serve; it may be left out."""
    said = (request.GET.get("jurisdiction_id") or _posted(request).get("jurisdiction_id", "")).strip().lower()
    if said and said.removeprefix("www.") not in services.jurisdictions(request.get_host()):
        raise Absent("open311-no-jurisdiction", found=said[:64])


def _caller(request: HttpRequest) -> Actor:
    """Whom the key stands for; raises Denied('bad-token')."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    key = request.GET.get("api_key") or _posted(request).get("api_key", "") or (bearer if scheme == "Bearer" else "")
    return gate.of_token(key.strip()) if key.strip() else gate.public()


@door("GET")
def discovery(request: HttpRequest, kind: str) -> HttpResponse:
    """Where the endpoints are, what they speak, when the list of services changed last."""
    address = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    changed = moment(services.changed())
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{address}/open311/v2",
        "changeset": changed,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    row = {
        "changeset": changed,
        "contact": text("open311.contact", _language(), address=address),
        "key_service": text("open311.key-service", _language(), address=address),
        "endpoints": [endpoint],
    }
    return written(Tree("discovery", "", [row]), kind)


@door("GET")
def listed(request: HttpRequest, kind: str) -> HttpResponse:
    """GET Service List."""
    every = services.services()
    batch = {one.desk.key: actions.batch(one) for one in {one.desk.key: one for one in every}.values()}
    return written(Tree("services", "service", [_service(one, batch[one.desk.key]) for one in every]), kind)


def _service(one: services.Service, batch: bool) -> dict[str, Any]:
    return {
        "service_code": one.code,
        "service_name": _said(one.category.title),
        "description": f"{_said(one.group)}: {_said(one.category.title)}",
        "metadata": True,
        "type": "batch" if batch else "realtime",
        "keywords": ", ".join(one.category.keywords),
        "group": _said(one.group),
    }


@door("GET")
def definition(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """GET Service Definition."""
    rows = [_attribute(one) for one in services.attributes()]
    row = {"service_code": services.service(code).code, "attributes": rows}
    return written(Tree("service_definition", "", [row]), kind)


def _attribute(one: services.Attribute) -> dict[str, Any]:
    return {
        "variable": True,
        "code": one.code,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": text("open311.choose", _language()),
        "order": one.order,
        "description": _said(one.description),
        "values": [{"key": key, "name": _said(name)} for key, name in one.values],
    }


@door("GET", "POST")
def requests(request: HttpRequest, kind: str) -> HttpResponse:
    """GET Service Requests and POST Service Request."""
    return _create(request, kind) if request.method == "POST" else _query(request, kind)


def _query(request: HttpRequest, kind: str) -> HttpResponse:
    who, asked = _caller(request), asking.asked(request.GET, timezone.now())
    response = written(_tree(reads.requests(who, asked)), kind)
    response["X-Total-Count"] = str(reads.count(who, asked))
    return response


@door("GET")
def one(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """GET Service Request."""
    return written(_tree((reads.request(_caller(request), key),)), kind)


def _tree(found: tuple[Found, ...]) -> Tree:
    return Tree("service_requests", "request", [_request(each) for each in found])


def _request(found: Found) -> dict[str, Any]:
    return {
        "service_request_id": found.id,
        "status": found.status,
        "status_notes": _said(found.notes),
        "service_name": _said(found.service),
        "service_code": found.code,
        "description": found.description,
        "agency_responsible": _said(found.agency),
        "requested_datetime": moment(found.requested),
        "updated_datetime": moment(found.updated),
        "expected_datetime": moment(found.expected),
        "address": found.address,
        "address_id": found.place,
        "lat": found.lat,
        "long": found.lon,
        **dict.fromkeys(OPTIONAL),
    }


@door("GET")
def token(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """GET service_request_id from a token."""
    if key.isdecimal():
        raise Absent("open311-no-token", found=key[:24])
    try:
        found = reads.request(_caller(request), key)
    except Absent:
        raise Absent("open311-no-token", found=key[:24]) from None
    row = {"service_request_id": found.id, "token": key.upper()}
    return written(Tree("service_requests", "request", [row]), kind)


def _create(request: HttpRequest, kind: str) -> HttpResponse:
    who = _caller(request)
    address = remote.of_request(request.META)
    if who.kind == "public" and (wait := pace.wait(str(address))):
        raise NotNow("open311-too-often", retry=wait)
    key = request.headers.get("Idempotency-Key", "")
    form = asking.report(request.POST, language=_language(), key=key)
    pictures: list[tuple[str, IO[bytes]]] = [
        (each.name or "", each) for name in ("media", "media[]") for each in request.FILES.getlist(name)
    ]
    kept = files.keep_all(who, pictures, kind="photo") if pictures else ()
    report = asking.report(request.POST, language=_language(), key=key, files=kept) if kept else form
    taken = actions.create(who, report)
    until = f"{timezone.localtime(taken.expected):%H:%M %d/%m/%Y}" if taken.expected else "–"
    notice = text("open311.notice", _language(), service=_said(taken.category), due=until)
    row = {"token": taken.token} if taken.token else {"service_request_id": taken.id}
    rows = [{**row, "service_notice": notice, "account_id": None}]
    return written(Tree("service_requests", "request", rows), kind)
