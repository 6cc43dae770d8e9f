"""A mailbox against a real IMAP server."""

from __future__ import annotations

import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from haidang.intake import connectors
from haidang.intake.connectors import _imap_box, _imap_mail
from haidang.words.errors import IntakeStopped, Unavailable

from .conftest import Make, take
from .databases import free_port
from .test_tls import certificate

imap = connectors.kind("imap")
USER, PASSWORD = "ioc", "mat-khau"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("imap"), "--no-tls") as number:
        yield number


@contextmanager
def serving(tmp_path: Path, *options: str) -> Iterator[int]:
    """A server that keeps its mailboxes in memory."""
    program = Path(sys.executable).parent / "pymap"
    if not program.exists():
        pytest.skip("no IMAP server here (pymap)")
    number = free_port()
    log = (tmp_path / "pymap.log").open("wb")
    process = subprocess.Popen(
        [program, "--host", "127.0.0.1", "--port", str(number), *options, "--no-service", "admin", "--no-service", "managesieve",
         "dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD], stdout=log, stderr=log,
    )  # fmt: skip
    try:
        for _ in range(100):
            assert process.poll() is None, (tmp_path / "pymap.log").read_text()[-1500:]
            try:
                imaplib.IMAP4("127.0.0.1", number, timeout=2).logout()
                break
            except OSError:
                time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


@pytest.fixture
def client(port: int) -> Iterator[imaplib.IMAP4]:
    found = imaplib.IMAP4("127.0.0.1", port)
    found.login(USER, PASSWORD)
    found.delete("SoLieu")  # every test has an empty mailbox
    found.create("SoLieu")
    yield found
    found.logout()


def put(
    client: imaplib.IMAP4, sender: str, *files: tuple[str, bytes], subject: str = "Số liệu", **headers: str
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "ioc@langson.gov.vn", subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Kính gửi")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    assert client.append("SoLieu", None, None, mail.as_bytes())[0] == "OK"


def own(port: int) -> dict[str, str]:
    return {
        "address": f"127.0.0.1:{port}", "security": "none", "username": USER, "password": PASSWORD, "mailbox": "SoLieu",
        "senders": "van-thu@syt.langson.gov.vn\n@tinh.gov.vn",
    }  # fmt: skip


def flags(client: imaplib.IMAP4) -> list[bool]:
    client.select("SoLieu", readonly=True)
    seen = client.search(None, "SEEN")[1][0].split()
    return [number in seen for number in client.search(None, "ALL")[1][0].split()]


def test_attachments_of_allowed_senders(port: int, client: imaplib.IMAP4, make: Make) -> None:
    put(
        client,
        "Văn thư <van-thu@syt.langson.gov.vn>",
        ("Báo cáo tháng 3.xlsx", b"PK1"),
        ("ghi chú.docx", b"x"),
        ("b.csv", b"a;b"),
    )
    put(client, "ai-do@la.com", ("bay.xlsx", b"evil"))
    put(client, '"van-thu@syt.langson.gov.vn" <gia-mao@la.com>', ("bay.xlsx", b"evil"))
    put(client, "x@tinh.gov.vn.la.com", ("bay.xlsx", b"evil"))
    put(client, '"Phòng@Nghiệp vụ" <PNV@tinh.gov.vn>', ("c.xml", b"<a/>"))
    taken = take(imap.fetch(make("imap", own(port))))
    assert taken.names == ["Báo cáo tháng 3.xlsx", "b.csv", "c.xml"]
    assert taken.contents == [b"PK1", b"a;b", b"<a/>"]
    assert flags(client) == [True, False, False, False, True]
    assert take(imap.fetch(make("imap", own(port), cursor=taken.cursor))).names == []
    put(client, "a@tinh.gov.vn", ("d.csv", b"d"))
    client.select("SoLieu")
    client.store("6", "+FLAGS", "\\Seen")  # somebody opened it before us
    assert take(imap.fetch(make("imap", own(port), cursor=taken.cursor))).names == ["d.csv"]


@pytest.mark.parametrize("killed_after", [1, 2, 3])
def test_a_kill_between_attachments(port: int, client: imaplib.IMAP4, make: Make, killed_after: int) -> None:
    put(client, "a@tinh.gov.vn", ("1.csv", b"1"), ("2.csv", b"2"))
    put(client, "a@tinh.gov.vn", ("3.csv", b"3"), ("4.csv", b"4"))
    whole = take(imap.fetch(make("imap", {**own(port), "after": "leave"})))
    assert whole.names == ["1.csv", "2.csv", "3.csv", "4.csv"]
    cut = take(imap.fetch(make("imap", own(port))), most=killed_after, done=False)
    rest = take(imap.fetch(make("imap", own(port), cursor=cut.cursor)))
    assert cut.contents + rest.contents == whole.contents
    assert rest.cursor == whole.cursor


def test_mails_are_moved(port: int, client: imaplib.IMAP4, make: Make) -> None:
    put(client, "a@tinh.gov.vn", ("1.csv", b"1"))
    put(client, "b@la.com", ("2.csv", b"2"))
    take(imap.fetch(make("imap", {**own(port), "after": "move", "move_to": "Đã nhận"})))
    assert client.select(_imap_box.quoted("Đã nhận"))[1] == [b"1"]
    assert client.select("SoLieu")[1] == [b"1"]


def test_whole_mails_and_proof(port: int, client: imaplib.IMAP4, make: Make) -> None:
    put(client, "a@tinh.gov.vn", Authentication_Results="mail.langson.gov.vn; dkim=fail")
    put(client, "a@tinh.gov.vn", Authentication_Results="mail.langson.gov.vn; dkim=pass")
    taken = take(imap.fetch(make("imap", {**own(port), "take": "mail", "proof": "mail.langson.gov.vn, dkim=pass"})))
    assert taken.names == ["mail-102.eml"] or taken.names == [f"mail-{taken.cursor['uid']}.eml"]
    assert b"dkim=pass" in taken.contents[0]


def test_a_large_mail_comes_in_pieces_and_a_larger_one_is_refused(
    port: int, client: imaplib.IMAP4, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(range(256)) * 12_000
    put(client, "a@tinh.gov.vn", ("1.csv", content))
    put(client, "a@tinh.gov.vn", ("2.csv", b"small"))
    taken = take(imap.fetch(make("imap", {**own(port), "after": "leave"})))
    assert taken.contents == [content, b"small"]
    monkeypatch.setattr(_imap_mail, "LARGEST", 100_000)
    parcels = imap.fetch(make("imap", own(port)))
    assert next(parcels).name == "2.csv"
    with pytest.raises(IntakeStopped, match="too-large"):
        next(parcels)


def test_refusals(port: int, client: imaplib.IMAP4, make: Make) -> None:
    for change, error, code in [
        ({"password": "sai"}, IntakeStopped, "login-refused"),
        ({"password": "mật khẩu"}, IntakeStopped, "login-not-ascii"),
        ({"mailbox": "Không có"}, IntakeStopped, "mailbox-missing"),
        ({"senders": " "}, IntakeStopped, "senders-unreadable"),
        ({"senders": 'a" OR ALL "@x.vn'}, IntakeStopped, "senders-unreadable"),
        ({"security": "tls"}, IntakeStopped, "tls-failed"),
        ({"security": "starttls"}, IntakeStopped, "tls-failed"),
        ({"address": "127.0.0.1:1"}, Unavailable, "source-refuses"),
        ({"address": "169.254.169.254:143"}, IntakeStopped, "address-not-allowed"),
    ]:
        with pytest.raises(error, match=code):
            take(imap.fetch(make("imap", {**own(port), **change})))


def test_a_trial_changes_nothing(port: int, client: imaplib.IMAP4, make: Make) -> None:
    put(client, "a@tinh.gov.vn", ("1.csv", b"1"), ("2.csv", b"2"))
    assert take(imap.fetch(make("imap", own(port), trial=True))).names == ["1.csv"]
    assert flags(client) == [False]


def test_names_of_mailboxes() -> None:
    assert _imap_box.quoted("INBOX") == '"INBOX"'
    assert _imap_box.quoted('A&B "x"') == '"A&-B \\"x\\""'
    assert _imap_box.quoted("Đã nhận") == '"&ARAA4w- nh&Hq0-n"'


def test_starttls_proves_the_certificate(make: Make, tmp_path: Path) -> None:
    public, private = certificate(tmp_path)
    with serving(tmp_path, "--cert", str(public), "--key", str(private)) as number:
        values = {**own(number), "security": "starttls", "mailbox": "INBOX"}
        assert take(imap.fetch(make("imap", {**values, "ca": str(public)}))).names == []
        with pytest.raises(IntakeStopped, match="certificate-wrong"):
            take(imap.fetch(make("imap", values)))
