"""E-documents (QCVN 102:2016/BTTTT), layered or flat, any case, with or without prefix: a row for each receiver.

What is attached is named and measured, its content is not kept. Messages of state (received, refused, done …) come as
rows of `message` "status" about the document they answer.
Never: verifies a signature; reads the document in this process (`isolated`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from haidang.intake.formats import Arrival, RawTable, xml_rows
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.refuse import stop
from haidang.intake.formats.xml_tree import Node, tree_of
from haidang.words.errors import Problem

KIND = "edxml"
SUFFIXES = (".edxml", ".xml")
READ: tuple[str, ...] = ()
COLUMNS = (
    "message", "document_id", "code", "code_number", "code_notation", "from_organ_id", "from_organ_name",
    "to_organ_id", "to_organ_name", "place", "promulgation_date", "type", "type_name", "subject", "content", "signer",
    "position", "competence", "priority", "sphere", "due_date", "page_amount", "steering_type", "business_type",
    "business_reason", "response_for", "status_code", "status_description", "status_time", "sent_at", "traced_at",
    "attachments", "attachment_names", "attachment_sizes", "signed",
)  # fmt: skip
MARKS = re.compile(rb"edxml|qcvn_102|http://www\.go\.vn/edoc", re.IGNORECASE)
MOMENT = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
HEAVY = {"content", "contenttransferencoded", "signature", "signaturevalue", "x509certificate"}


def looks(head: bytes) -> int:
    """An envelope's names or addresses within XML; other XML perhaps."""
    found = xml_rows.looks(head)
    return 3 if found and MARKS.search(head[:4096].replace(b"\x00", b"")) else min(1, found)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_apart("edxml", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: the document once for each organ it is sent to."""
    top = tree_of(file, remarks, heavy=_heavy)
    header = top.find("messageheader", "status")
    if header is None:
        raise stop("edxml-no-header", file.name, found=top.name)
    made = Gathered(file, COLUMNS)
    # That a signature stands there is told; whether it is a good one is for who holds the certificates.
    state = _state(header)
    signed = {} if state["message"] == "status" else {"signed": "1" if top.find("signature") else "0"}
    shared = _document(header) | state | _trace(top) | _attached(top) | signed
    for receiver in header.all("to") or [Node("to")]:
        made.add(shared | {"to_organ_id": _value(receiver, "organid"), "to_organ_name": _value(receiver, "organname")})
    yield made.table()


def _heavy(names: list[str]) -> bool:
    """The content of an attachment, and whatever stands in a signature."""
    within = any("attachment" in name or name == "signature" for name in names[:-1])
    return names[-1] in HEAVY and (within or names[-1] != "content")


def _value(node: Node, *names: str) -> str:
    text = node.at(*names).text
    return "" if text.lower() == "null" else text


def _document(header: Node) -> dict[str, str]:
    number, notation = _value(header, "code", "codenumber"), _value(header, "code", "codenotation")
    issue, other, signer = header.at("promulgationinfo"), header.at("otherinfo"), header.at("signerinfo")
    return {
        "document_id": _value(header, "documentid"),
        "code": "/".join(filter(None, (number, notation))),
        "code_number": number,
        "code_notation": notation,
        "from_organ_id": _value(header, "from", "organid"),
        "from_organ_name": _value(header, "from", "organname"),
        "place": _value(issue, "place") or _value(issue, "promulgator"),
        "promulgation_date": moment(_value(issue, "promulgationdate")),
        "type": _value(header, "documenttype", "type") or _value(header, "documenttype"),
        "type_name": _value(header, "documenttype", "typename"),
        "subject": _value(header, "subject"),
        "content": _value(header, "content"),
        "signer": _value(signer, "fullname") or _value(signer, "signer"),
        "position": _value(signer, "position"),
        "competence": _value(signer, "competence"),
        "due_date": moment(_value(header, "duedate")),
        "steering_type": _value(header, "steeringtype"),
        "priority": _value(other, "priority"),
        "sphere": _value(other, "sphereofpromulgation"),
        "page_amount": _value(other, "pageamount"),
    }


def _state(header: Node) -> dict[str, str]:
    """What a message of state says, and about which document."""
    answered = header.at("responsefor")
    told = {
        "message": "status" if _value(header, "statuscode") else "document",
        "response_for": _value(answered, "documentid"),
        "status_code": _value(header, "statuscode"),
        "status_description": _value(header, "description"),
        "status_time": moment(_value(header, "timestamp")),
    }
    if told["message"] == "status" and not _value(header, "documentid"):
        told |= {"document_id": told["response_for"], "code": _value(answered, "code")}
    return told


def _trace(top: Node) -> dict[str, str]:
    """When it set out and was seen last, and what it does: new, revoked, updated, replaced."""
    list_ = top.find("traceheaderlist") or Node("traceheaderlist")
    times = [moment(_value(t, "timestamp") or _value(t, "time")) for t in list_.all("traceheader")]
    known = sorted(filter(None, times))
    business = top.find("bussiness", "business") or Node("business")
    return {
        "sent_at": known[0] if known else "",
        "traced_at": known[-1] if known else "",
        "business_type": _value(business, "bussinessdoctype") or _value(business, "businessdoctype"),
        "business_reason": _value(business, "bussinessdocreason") or _value(business, "businessdocreason"),
    }


def _attached(top: Node) -> dict[str, str]:
    """Number, names and sizes (bytes, of the decoded content) of what is attached."""
    found = [node for node in top.walk() if node.name == "attachment"] or _referred(top)
    names = [_value(a, "attachmentname") or _value(a, "filename") or _value(a, "contentid") for a in found]
    weights = [max((n.weight for n in a.walk() if n.name in HEAVY), default=0) for a in found]
    return {
        "attachments": str(len(found)),
        "attachment_names": "; ".join(names),
        "attachment_sizes": "; ".join(str(weight * 3 // 4) for weight in weights),
    }


def _referred(top: Node) -> list[Node]:
    manifest = top.find("edxmlmanifest", "manifest")
    return manifest.all("reference") if manifest else []


def moment(text: str) -> str:
    """`2018/06/20 16:35:56` as `2018-06-20T16:35:56`; what is no date stays as it is, to be judged by the contract."""
    found = MOMENT.fullmatch(text)
    if not found:
        return text
    year, month, day, *clock = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    return date if clock[0] is None else f"{date}T{int(clock[0]):02}:{clock[1]}:{clock[2] or '00'}"
