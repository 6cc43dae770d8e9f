"""E-documents: layered and flat, any case, a row for each receiver, states, attachments measured and not kept."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.intake.formats.reading import SHARED, real, refused, rows, table

FLAT = """<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader><From><OrganId>H37.1</OrganId><OrganName>Sở Y tế</OrganName></From>
<To><OrganId>H37.2</OrganId><OrganName>UBND xã A</OrganName></To><To><OrganId>H37.3</OrganId></To>
<Code><CodeNumber>12</CodeNumber><CodeNotation>CV-SYT</CodeNotation></Code><DocumentId>d-1</DocumentId>
<PromulgationInfo><Promulgator>Lạng Sơn</Promulgator><PromulgationDate>2026/11/3</PromulgationDate></PromulgationInfo>
<DocumentType>Công văn</DocumentType><Subject>Về việc
 phòng dịch</Subject><SignerInfo><Signer>Ông B</Signer><Position>Giám đốc</Position></SignerInfo>
<OtherInfo><PageAmount>3</PageAmount><Priority>2</Priority></OtherInfo><DueDate>2026-11-30</DueDate></MessageHeader>
<TraceHeaderList><TraceHeader><Time>2026/11/03 07:01:02</Time><Path>x</Path></TraceHeader><TraceHeader><Time>2026/11/03 08:00:00</Time></TraceHeader></TraceHeaderList>
<Manifest><Attachment><Content>@</Content><FileName>a.pdf</FileName></Attachment></Manifest></EdXMLEnvelope>"""
STATE = """<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:Status>
<edXML:ResponseFor><edXML:OrganId>H37.1</edXML:OrganId><edXML:Code>12/CV-SYT</edXML:Code><edXML:DocumentId>d-1</edXML:DocumentId></edXML:ResponseFor>
<edXML:From><edXML:OrganId>H37.2</edXML:OrganId></edXML:From><edXML:StatusCode>03</edXML:StatusCode>
<edXML:Description>Đã tiếp nhận</edXML:Description><edXML:Timestamp>2026/11/03 09:00:00</edXML:Timestamp></edXML:Status></edXML:edXML>"""


def flat(content: bytes = b"abc") -> str:
    return FLAT.replace("@", base64.b64encode(content).decode())


def test_a_row_for_each_receiver(tmp_path: Path) -> None:
    first, second = rows(table(tmp_path, "d.edxml", flat(), "edxml"))
    assert (first["to_organ_id"], first["to_organ_name"], second["to_organ_id"]) == ("H37.2", "UBND xã A", "H37.3")
    assert first.items() >= {
        "message": "document", "document_id": "d-1", "code": "12/CV-SYT", "code_number": "12", "code_notation": "CV-SYT",
        "from_organ_id": "H37.1", "from_organ_name": "Sở Y tế", "place": "Lạng Sơn", "promulgation_date": "2026-11-03",
        "type": "Công văn", "subject": "Về việc phòng dịch", "signer": "Ông B", "position": "Giám đốc", "priority": "2",
        "page_amount": "3", "due_date": "2026-11-30", "sent_at": "2026-11-03T07:01:02", "traced_at": "2026-11-03T08:00:00",
        "attachments": "1", "attachment_names": "a.pdf", "attachment_sizes": "3",
    }.items()  # fmt: skip


@pytest.mark.parametrize(
    "change", [lambda s: s.replace("MessageHeader", "MESSAGEHEADER").replace("CodeNumber", "codenumber"), lambda s: s.replace("<", "<d:").replace("<d:/", "</d:").replace("xmlns=", "xmlns:d=")],
)  # fmt: skip
def test_case_and_prefix_do_not_matter(tmp_path: Path, change: object) -> None:
    assert callable(change)
    first = rows(table(tmp_path, "d.xml", change(flat()), "edxml"))[0]
    assert (first["code"], first["document_id"], first["from_organ_id"]) == ("12/CV-SYT", "d-1", "H37.1")


def test_a_message_of_state(tmp_path: Path) -> None:
    (row,) = rows(table(tmp_path, "s.edxml", STATE))
    assert row == {
        "message": "status", "document_id": "d-1", "code": "12/CV-SYT", "from_organ_id": "H37.2", "response_for": "d-1",
        "status_code": "03", "status_description": "Đã tiếp nhận", "status_time": "2026-11-03T09:00:00", "attachments": "0",
    }  # fmt: skip


def test_an_attachment_of_thirty_megabytes_is_measured_and_not_kept(tmp_path: Path) -> None:
    made = table(tmp_path, "d.edxml", flat(b"x" * 30_000_000), "edxml")
    first = rows(made)[0]
    assert (first["attachment_sizes"], first["attachments"]) == ("30000000", "1")
    assert sum(len(cell) for row in rows(made) for cell in row.values() if cell) < 2000


def test_xml_that_is_no_document(tmp_path: Path) -> None:
    assert refused(tmp_path, "d.edxml", "<edXML><a/></edXML>", "edxml")[0] == "edxml-no-header"
    assert refused(tmp_path, "d.edxml", "<ds><r/></ds>", "edxml")[0] == "not-that-kind"


@real
def test_the_real_documents(tmp_path: Path) -> None:
    """Four parse; the one with stray characters before it is refused with them named."""
    found, refusals = {}, {}
    for file in sorted((SHARED / "edxml-qcvn102").glob("*.edxml")):
        data = file.read_bytes()
        if data.lstrip().startswith(b"<"):
            found[file.name] = rows(table(tmp_path, file.name, data, "edxml"))
        else:
            refusals[file.name] = refused(tmp_path, file.name, data, "edxml")
    assert {name: len(rows) for name, rows in found.items()} == {
        "852e179c-8eca-4502-ac38-0b97321f29c3.edxml": 1, "9e272474-0603-48a2-b525-9cd1af689612.edxml": 1, "edoc.edxml": 1,
        "edoc_replacement.edxml": 3,
    }  # fmt: skip
    (code, sentence) = refusals["edoc_new.edxml"]
    assert (code, "“1212”" in sentence, "xuất lại tệp" in sentence) == ("xml-text-before", True, True)
    three = found["edoc_replacement.edxml"]
    assert [row["to_organ_id"] for row in three] == ["000.00.00.H41", "000.00.00.H14", "000.00.00.G17"]
    assert three[0].items() >= {
        "code": "7816/VPCP-TTĐT", "from_organ_id": "000.00.00.G22", "promulgation_date": "2018-09-28", "business_type": "3",
        "business_reason": "Văn bản thay thế", "attachment_names": "1896_QD-TTg_m_294779.doc", "page_amount": "22",
    }.items()  # fmt: skip
