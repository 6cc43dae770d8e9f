"""The document axis: e-documents (edXML) between units of the province, ministries and communes, and their states.

Volume at scale 1: about 600 documents on a working day, thirty on others: a province of seventy-odd units on one axis
(the national axis reported some millions a year over a thousand units). Half the envelopes are layered as QCVN 102
says, half flat as an older program sends them; each document is followed by messages of state (arrived, taken, being
done, done). A third bears a due date; most are answered in time.
Never: a document that was sent; subjects are made of parts.
"""

from __future__ import annotations

import base64
import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._truth import tally
from sandbox.streams._when import at, days, growth, local, midnight, past

NAME = "van-ban"
SOURCES = ("van-ban.van-ban", "van-ban.trang-thai")
OWN_FAULTS: frozenset[str] = frozenset()
USUAL, IDLE = 600, 30
LONGEST = 45  # days after which nothing more happens to a document
UNITS = Path(__file__).resolve().parents[1] / "dossiers/units.csv"
SIGNED = 0.957
STATES = (("01", "Đã đến"), ("03", "Đã tiếp nhận"), ("05", "Đang xử lý"), ("06", "Hoàn thành"))
TYPES = (("CV", "Công văn", 0.44), ("BC", "Báo cáo", 0.16), ("TB", "Thông báo", 0.12), ("KH", "Kế hoạch", 0.09),
         ("QĐ", "Quyết định", 0.1), ("TTr", "Tờ trình", 0.05), ("GM", "Giấy mời", 0.04))  # fmt: skip
ACTIONS = ("V/v triển khai", "V/v báo cáo kết quả", "V/v đôn đốc", "V/v phối hợp", "V/v góp ý dự thảo", "V/v kiểm tra")
MATTERS = ("giải ngân vốn đầu tư công", "phòng, chống thiên tai", "cải cách hành chính", "chuyển đổi số",
           "thông quan hàng hóa tại cửa khẩu", "an toàn thực phẩm", "phòng, chống dịch bệnh", "cấp giấy chứng nhận đất",
           "giảm nghèo bền vững", "trật tự an toàn giao thông")  # fmt: skip


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    commune: str
    sends: float
    slow: float  # how slowly it works, 1.0 as usual


@cache
def units() -> tuple[Unit, ...]:
    """The people's committee and its office first, then departments, then communes; last the ministries."""
    with UNITS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    own = [
        Unit(r["ma"], r["ten"], r["ma_xa"], 5.0 if r["loai"] == "tinh" else 1.0, 0.7 + sum(r["ma"].encode()) % 9 / 10)
        for r in rows
    ]
    head = [
        Unit("H37.00", "UBND tỉnh Lạng Sơn", "20", 30.0, 0.8),
        Unit("H37.VP", "Văn phòng UBND tỉnh", "20", 16.0, 0.7),
    ]
    return (*head, *own, Unit("G22", "Văn phòng Chính phủ", "", 6.0, 1.0), Unit("G00", "Các bộ, ngành", "", 14.0, 1.0))


@dataclass(frozen=True)
class Plan:
    """Documents of a day in order of time. `steps`: four rows, seconds since the day began of each state reached."""

    sent: np.ndarray
    sender: np.ndarray
    receiver: np.ndarray
    kind: np.ndarray
    subject: np.ndarray
    due: np.ndarray  # days after sending, 0: none
    signed: np.ndarray
    urgent: np.ndarray
    steps: np.ndarray


@by_day(keep=LONGEST + 4)
def plan(world: World, day: date) -> Plan:
    """Every document of a day with all that becomes of it."""
    rng = world.rng(NAME, day)
    usual = USUAL * growth(day, 0.08) if world.calendar.day(day).working else IDLE
    count = int(rng.poisson(usual * world.scale))
    sends = np.array([u.sends for u in units()])
    inside = np.where([bool(u.commune) for u in units()], np.sqrt(sends), 0.6)
    sender = rng.choice(len(sends), count, p=sends / sends.sum())
    receiver = rng.choice(len(sends), count, p=inside / inside.sum())
    receiver = np.where(receiver == sender, (receiver + 1) % (len(sends) - 2), receiver)
    hour = np.where(rng.random(count) < 0.55, rng.normal(9.4, 1.1, count), rng.normal(15.2, 1.1, count)).clip(6.8, 19)
    sent = np.sort(hour * 3600)
    due = np.where(rng.random(count) < 0.34, rng.choice([3, 5, 7, 10, 15], count), 0)
    slow = np.array([u.slow for u in units()])[receiver]
    arrived = sent + rng.uniform(5, 240, count)
    taken = arrived + slow * rng.lognormal(0.6, 0.9, count) * 3600
    begun = taken + slow * rng.lognormal(1.2, 0.8, count) * 3600
    done = begun + slow * rng.lognormal(0, 0.7, count) * np.where(due, due * 0.55, 3.5) * 86_400
    return Plan(
        sent, sender, receiver, rng.choice(len(TYPES), count, p=[t[2] for t in TYPES]), rng.integers(0, 60, count),
        due, rng.random(count) < SIGNED, rng.random(count) < 0.07, np.stack([arrived, taken, begun, done]),
    )  # fmt: skip


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """Documents sent and states reached in (since, until], a file each."""
    start, end = local(since), local(until)
    for day in days(start.date() - timedelta(days=LONGEST), end.date() + timedelta(days=1)):
        made = plan(world, day)
        first, last = (start - midnight(day)).total_seconds(), (end - midnight(day)).total_seconds()
        new = np.flatnonzero((first < made.sent) & (made.sent <= last))
        for n in new:
            out.drop(NAME, f"VB-{document_id(day, int(n))}.edxml", document(made, day, int(n)))
        tally(out, SOURCES[0], day, len(new))
        for step, n in np.argwhere((first < made.steps) & (made.steps <= last)):
            name = f"TT-{document_id(day, int(n))}-{STATES[step][0]}.edxml"
            out.drop(NAME, name, state(made, day, (int(n), int(step))))
            tally(out, SOURCES[1], day, 1)


def document_id(day: date, n: int) -> str:
    return f"{day:%Y%m%d}-{n + 1:05d}"


def notation(made: Plan, n: int) -> str:
    name = units()[made.sender[n]].name
    return f"{TYPES[made.kind[n]][0]}-{''.join(w[0] for w in name.replace(',', ' ').split() if w[0].isupper())[:6]}"


def subject(made: Plan, n: int) -> str:
    return f"{ACTIONS[made.subject[n] // 10]} {MATTERS[made.subject[n] % 10]}"


def document(made: Plan, day: date, n: int) -> bytes:
    """Layered for documents of even number, flat for the others."""
    kind, sent = TYPES[made.kind[n]], at(day, float(made.sent[n]))
    due = f"<DueDate>{day + timedelta(days=int(made.due[n])):%Y/%m/%d}</DueDate>" if made.due[n] else ""
    header = (
        f"{_party('From', made.sender[n])}{_party('To', made.receiver[n])}"
        f"<DocumentId>{document_id(day, n)}</DocumentId>"
        f"<Code><CodeNumber>{n + 1}</CodeNumber><CodeNotation>{notation(made, n)}</CodeNotation></Code>"
        "<PromulgationInfo><Place>Lạng Sơn</Place>"
        f"<PromulgationDate>{day:%Y/%m/%d}</PromulgationDate></PromulgationInfo>"
        f"<DocumentType><Type>1</Type><TypeName>{kind[1]}</TypeName></DocumentType>"
        f"<Subject>{escape(subject(made, n))}</Subject>{due}<OtherInfo><Priority>{int(made.urgent[n])}</Priority>"
        "<SphereOfPromulgation>Số liệu mô phỏng (sandbox)</SphereOfPromulgation><PageAmount>2</PageAmount></OtherInfo>"
    )
    trace = (
        f"<TraceHeaderList><TraceHeader><OrganId>{units()[made.sender[n]].code}</OrganId>"
        f"<Timestamp>{sent:%Y/%m/%d %H:%M:%S}</Timestamp></TraceHeader></TraceHeaderList>"
    )
    signature = "<Signature><SignatureValue>c2ltdWxhdGVk</SignatureValue></Signature>" if made.signed[n] else ""
    return _wrapped(header, trace + signature, layered=n % 2 == 0, attached=True)


def state(made: Plan, day: date, which: tuple[int, int]) -> bytes:
    """A message of state: who received the document tells its sender."""
    n, step = which
    moment = at(day, float(made.steps[step, n]))
    header = (
        f"{_party('From', made.receiver[n])}{_party('To', made.sender[n])}"
        f"<ResponseFor><OrganId>{units()[made.sender[n]].code}</OrganId><Code>{n + 1}/{notation(made, n)}</Code>"
        f"<PromulgationDate>{day:%Y/%m/%d}</PromulgationDate>"
        f"<DocumentId>{document_id(day, n)}</DocumentId></ResponseFor>"
        f"<StatusCode>{STATES[step][0]}</StatusCode><Description>{STATES[step][1]}</Description>"
        f"<Timestamp>{moment:%Y/%m/%d %H:%M:%S}</Timestamp>"
    )
    return _wrapped(header, "", layered=n % 2 == 0, attached=False)


def _party(name: str, number: int) -> str:
    unit = units()[number]
    return f"<{name}><OrganId>{unit.code}</OrganId><OrganName>{escape(unit.name)}</OrganName></{name}>"


def _wrapped(header: str, beside: str, *, layered: bool, attached: bool) -> bytes:
    """The envelope around a header, with a small attachment for a document."""
    content = base64.b64encode("Nội dung mô phỏng".encode()).decode()
    file = f"<Attachment><AttachmentName>van-ban.pdf</AttachmentName><Content>{content}</Content></Attachment>"
    body = f"<AttachmentEncoded>{file}</AttachmentEncoded>" if attached else ""
    if layered:
        space = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
        text = (
            f'<edXML xmlns="{space}"><edXMLEnvelope><edXMLHeader><MessageHeader>{header}</MessageHeader>{beside}'
            f"</edXMLHeader></edXMLEnvelope>{body}</edXML>"
        )
    else:
        text = (
            f'<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader>{header}</MessageHeader>{beside}{body}'
            "</EdXMLEnvelope>"
        )
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode()


def history(world: World, since: date, until: date, folder: Path) -> None:
    """The register of documents, and of each the states it reached."""
    end = local(until) if isinstance(until, datetime) else midnight(until)
    with Table(folder, SOURCES[0], "van-ban") as documents, Table(folder, SOURCES[1], "trang-thai") as states:
        for day, last in past(since, until):
            made = plan(world, day)
            known = np.flatnonzero(made.sent <= last)
            documents.add(_documents(made, day, known))
            steps = np.argwhere(made.steps <= (end - midnight(day)).total_seconds())
            states.add(_states(made, day, steps))


def _documents(made: Plan, day: date, known: np.ndarray) -> dict[str, object]:
    who = units()
    return {
        "document_id": [document_id(day, int(n)) for n in known],
        "code": [f"{n + 1}/{notation(made, int(n))}" for n in known],
        "from_organ_id": [who[made.sender[n]].code for n in known],
        "to_organ_id": [who[made.receiver[n]].code for n in known],
        "type_name": [TYPES[made.kind[n]][1] for n in known], "subject": [subject(made, int(n)) for n in known],
        "priority": [int(made.urgent[n]) for n in known],
        "due_date": [(day + timedelta(days=int(made.due[n]))).isoformat() if made.due[n] else None for n in known],
        "sent_at": [at(day, float(made.sent[n])).strftime("%Y-%m-%dT%H:%M:%S") for n in known],
        "signed": made.signed[known].astype(int), "attachments": [1] * len(known),
    }  # fmt: skip


def _states(made: Plan, day: date, steps: np.ndarray) -> dict[str, object]:
    who = units()
    return {
        "document_id": [document_id(day, int(n)) for _, n in steps],
        "from_organ_id": [who[made.receiver[n]].code for _, n in steps],
        "to_organ_id": [who[made.sender[n]].code for _, n in steps],
        "status_code": [STATES[s][0] for s, _ in steps],
        "status_time": [at(day, float(made.steps[s, n])).strftime("%Y-%m-%dT%H:%M:%S") for s, n in steps],
    }
