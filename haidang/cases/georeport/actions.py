"""A report sent by GeoReport becomes a Case: checked as the standard says, once however often it is sent.

Never: writes a row itself (`cases.actions` does), keeps a device's id or an account's of another program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.utils import timezone

from haidang.cases import actions, forms, whereabouts
from haidang.cases.actions import Arrival
from haidang.cases.channels import Line, lines
from haidang.cases.georeport import reads, services
from haidang.cases.georeport.services import ANONYMOUS, NO, PLACE, PUBLIC, YES, Service
from haidang.cases.senders import Person
from haidang.words.errors import BadQuestion, Denied, NotNow
from haidang.words.nouns import Actor, Label

KIND = "open311"
LONGEST = 4000
"""Letters of a description, by the standard."""


@dataclass(frozen=True)
class Report:
    """A report as it was sent. `attributes`: values by the attribute's code; `key`: the caller's own of the message."""

    service: str
    description: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    address_id: str = ""
    email: str = ""
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    media_url: str = ""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    language: str = "vi"
    key: str = ""


@dataclass(frozen=True)
class Taken:
    """`id` or `token`, never both. `expected`: until when it should be handled."""

    id: str
    token: str
    category: Label
    expected: datetime | None


def create(who: Actor, report: Report) -> Taken:
    """The Case of a report, or the one the same report made that day.

    Raises Absent('open311-no-service'), Denied('open311-no-key'), NotNow('open311-off'),
    BadQuestion("open311-…" | "form-…").
    """
    service = services.service(report.service)
    line = _line(service)
    if who.kind == "public" and line.value("who") == "key":
        raise Denied("open311-no-key")
    said = _checked(report)
    if who.kind == "public":
        forms.sound(_text(report, service))
    case = actions.open_case(who, _arrival(who, report, service, said, simulated=line.simulated))
    lines.came(line)
    token = batch(service)
    expected = case.due or case.national_due
    return Taken("" if token else case.code, case.code if token else "", service.category.title, expected)


def batch(service: Service) -> bool:
    """Whether its reports are answered by a token."""
    return any(line.value("answer") == "token" for line in lines.on(KIND, service.desk.key))


def _line(service: Service) -> Line:
    found = lines.on(KIND, service.desk.key)
    if not found:
        raise NotNow("open311-off", found=service.code)
    return found[0]


def _checked(report: Report) -> dict[str, str]:
    """What the attributes say, each a key of its list; and that a place was told."""
    if len(report.description) > LONGEST:
        raise BadQuestion("words-too-long", found=str(len(report.description)), expected=str(LONGEST))
    if (report.lat is None) != (report.lon is None):
        raise BadQuestion("open311-half-position")
    known = {one.code: {key for key, _ in one.values} for one in services.attributes()}
    said = {code: _chosen(code, values, known) for code, values in report.attributes.items()}
    if report.address_id:
        said[PLACE] = said.get(PLACE) or _chosen(PLACE, (report.address_id,), known)
    if report.lat is None and not report.address and not said.get(PLACE):
        raise BadQuestion("open311-no-location")
    return said


def _chosen(code: str, values: tuple[str, ...], known: Mapping[str, set[str]]) -> str:
    """The one key that was chosen, "" of none."""
    if code not in known:
        raise BadQuestion("open311-no-attribute", found=code[:40], expected=", ".join(known))
    chosen = [value for value in values if value]
    if len(chosen) > 1 or not known[code].issuperset(chosen):
        raise BadQuestion("open311-no-value", found=", ".join(chosen)[:80], expected=code)
    return chosen[0] if chosen else ""


def _text(report: Report, service: Service) -> str:
    """Its words; of a report without any, what it is about. An address of a picture stands beneath."""
    words = report.description.strip() or service.category.title.in_(report.language)
    return f"{words}\n{report.media_url}" if report.media_url else words


def _arrival(who: Actor, report: Report, service: Service, said: Mapping[str, str], *, simulated: bool) -> Arrival:
    name = f"{report.last_name} {report.first_name}".strip()
    place = said.get(PLACE, "") if not whereabouts.unit(report.lat, report.lon) else ""
    return Arrival(
        desk=service.desk.key,
        channel=KIND,
        text=_text(report, service),
        sender=Person(name=name, phone=report.phone, email=report.email, language=report.language),
        category=service.category.key,
        address=report.address,
        place=place,
        lat=report.lat,
        lon=report.lon,
        anonymous=said.get(ANONYMOUS) == YES,
        public=said.get(PUBLIC) != NO,
        simulated=simulated,
        once=_once(who, report),
        files=report.files,
    )


def _once(who: Actor, report: Report) -> str:
    """By the caller's own key of the message, else by all it says and the day: an app that sends again is one."""
    told = {**asdict(report), "files": len(report.files)}
    plain = report.key or json.dumps(told, sort_keys=True) + timezone.localdate().isoformat()
    digest = hashlib.sha256(plain.encode()).hexdigest()[:32]
    return f"{who.name if reads.prefix(who) else '-'}:{digest}"
