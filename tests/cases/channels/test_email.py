"""E-mail against real servers: a mailbox over IMAP, letters over SMTP; from sending to rating, and what is no report."""

from __future__ import annotations

import imaplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from conftest import free_port
from django.utils import timezone

from haidang.cases.channels import _letters, actions
from haidang.cases.models import Channel, File, Message, Step

from .conftest import Desk, cases, photo

USER, PASSWORD, CHI = "phan-anh", "mat-khau", "chi.thu@example.vn"


class Letters:
    """Takes letters; refuses them while `answers` says so."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.taken.append(found)
        return "250 OK"


@pytest.fixture(scope="module")
def imap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    program, number = Path(sys.executable).parent / "pymap", free_port()
    if not program.exists():
        pytest.skip("no IMAP server here (pymap)")
    log = (tmp_path_factory.mktemp("imap") / "pymap.log").open("wb")
    words = ["--host", "127.0.0.1", "--port", str(number), "--no-tls", "--no-service", "admin"]
    words += ["--no-service", "managesieve", "dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen([program, *words], stdout=log, stderr=log)
    try:
        for _ in range(300):
            assert process.poll() is None
            try:
                imaplib.IMAP4("127.0.0.1", number, timeout=5).logout()
                break
            except OSError:
                time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture
def smtp() -> Iterator[Letters]:
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=free_port())
    server.start()
    letters.port = server.port  # type: ignore[attr-defined]  # the fixture's own note beside the handler
    yield letters
    server.stop()


@pytest.fixture
def mail(desk: Desk, on: Callable[..., None], imap: int, smtp: Letters) -> Iterator[imaplib.IMAP4]:
    """The mailbox of the desk, empty; the channel is on."""
    client = imaplib.IMAP4("127.0.0.1", imap)
    client.login(USER, PASSWORD)
    client.delete("PhanAnh")
    client.create("PhanAnh")
    port: int = smtp.port  # type: ignore[attr-defined]  # see smtp
    where = {
        "address": f"127.0.0.1:{imap}",
        "security": "none",
        "mailbox": "PhanAnh",
        "from": "phananh@tinh.example.vn",
    }
    on("email", **where, username=USER, password=PASSWORD, smtp=f"smtp://127.0.0.1:{port}")
    yield client
    client.logout()


def put(client: imaplib.IMAP4, text: str, *, sender: str = f"Chị Thử <{CHI}>", **more: Any) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "phananh@tinh.example.vn", more.pop("subject", "Phản ánh")
    made["Message-ID"] = more.pop("known_as", f"<{time.time_ns()}@example.vn>")
    files = more.pop("files", ())
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    assert client.append("PhanAnh", None, None, made.as_bytes())[0] == "OK"


def collect() -> int:
    return actions.collect(timezone.now())


def test_from_sending_to_rating(desk: Desk, mail: imaplib.IMAP4, smtp: Letters) -> None:
    put(
        mail,
        "Cột điện nghiêng ở ngõ 7.\nLiên hệ 0912 345 633.\n-- \nChị Thử",
        subject="Cột điện nghiêng",
        files=[("a.jpg", photo())],
    )
    assert collect() == 1
    assert collect() == 0
    (case,) = cases()
    assert (case.channel, case.title, case.text.splitlines()[0]) == (
        "email",
        "Cột điện nghiêng",
        "Cột điện nghiêng ở ngõ 7.",
    )
    assert CHI not in f"{case.text}{case.fold}"
    assert File.objects.get().case_id == case.pk
    desk.sent()
    (letter,) = smtp.taken
    assert letter["To"] == CHI
    assert case.code in letter["Subject"]
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["In-Reply-To"] == Message.objects.get(way="in").outside

    desk.act("truc-1022", case.pk, "ask", words="Ngõ 7 đường nào?")
    desk.sent()
    asked = smtp.taken[-1]
    quoted = "\n".join(f"> {line}" for line in asked.get_content().splitlines())
    put(
        mail,
        f"Đường Lê Lợi.\n\nOn Mon, 23 Nov 2026 at 08:00 Bàn tiếp nhận <a@b.vn> wrote:\n{quoted}",
        In_Reply_To=str(asked["Message-ID"]),
        References=str(asked["Message-ID"]),
    )
    assert collect() == 1
    case.refresh_from_db()
    assert case.state == "new"
    assert Step.objects.get(case=case, act="supply").words == "Đường Lê Lợi."

    desk.handled(case.pk, "Đã dựng lại cột")
    desk.sent()
    assert "Đã dựng lại cột" in smtp.taken[-1].get_content()
    put(mail, "3", In_Reply_To=str(smtp.taken[-1]["Message-ID"]))
    collect()
    case.refresh_from_db()
    assert (case.rating, len(cases())) == (3, 1)


def test_a_new_letter_is_a_new_report_and_a_code_names_its_own(desk: Desk, mail: imaplib.IMAP4, smtp: Letters) -> None:
    put(mail, "Cây đổ")
    put(mail, "Rác ngập")
    assert collect() == 2
    first = cases()[0]
    put(mail, "Vẫn chưa dọn", subject=f"Về [{first.code}]", sender="nguoi.khac@example.vn")
    collect()
    assert len(cases()) == 2
    assert Step.objects.get(act="add").case_id == first.pk


def test_the_same_letter_in_the_box_twice_is_one(desk: Desk, mail: imaplib.IMAP4) -> None:
    for _ in range(2):
        put(mail, "Cây đổ", known_as="<mot@example.vn>")
    assert collect() == 1
    assert len(cases()) == 1
    Channel.objects.update(cursor="")  # a restored database: the box is read again from its beginning
    mail.select("PhanAnh")
    mail.store("1:2", "-FLAGS", "\\Seen")
    assert collect() == 0
    assert len(cases()) == 1


@pytest.mark.parametrize(
    "headings",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<tin.example.vn>"},
        {"sender": "MAILER-DAEMON@example.vn"},
    ],
)
def test_robots_are_not_answered(desk: Desk, mail: imaplib.IMAP4, smtp: Letters, headings: dict[str, str]) -> None:
    put(mail, "Tôi đang đi vắng", **headings)
    assert collect() == 0
    assert not cases()
    assert desk.sent() == 0


def test_a_full_server_is_tried_again_with_the_same_id(desk: Desk, mail: imaplib.IMAP4, smtp: Letters) -> None:
    smtp.answers = ["451 later"]
    put(mail, "Cây đổ")
    collect()
    assert desk.sent() == 0
    assert desk.sent(minutes=5) == 1
    assert len(smtp.taken) == 1
    known = Message.objects.get(way="out")
    assert known.outside == smtp.taken[0]["Message-ID"]
    smtp.answers = ["550 no such user"]
    desk.act("truc-1022", cases()[0].pk, "ask", words="Ở đâu?")
    assert desk.sent() == 0
    assert Message.objects.filter(state="failed").get().problem == "mail-refused"


def test_a_mailbox_that_is_gone_is_told(desk: Desk, mail: imaplib.IMAP4, on: Callable[..., None], imap: int) -> None:
    on("email", address=f"127.0.0.1:{imap}", security="none", username=USER, password="sai")
    assert collect() == 0
    assert "login-refused" in Channel.objects.get(kind="email").problem


def test_own_words() -> None:
    assert _letters.own_words("Xin chào\n\n> cũ\nVào 23 thg 11, 2026 lúc 08:00 A <a@b.vn> đã viết:\n> x") == "Xin chào"
    assert _letters.own_words("Từ 8 giờ sáng mất nước\nđến giờ") == "Từ 8 giờ sáng mất nước\nđến giờ"
    assert _letters.plain("<p>Cây&nbsp;đổ</p><script>x</script><blockquote>cũ</blockquote>").strip() == "Cây đổ"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"From: \xff\xfe <a@b>\r\n\r\nx",
        b"From: =?bad?q?=41?= <a@b.vn>\r\nDate: never\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff",
        b"From: a@b.vn\r\nContent-Type: multipart/mixed\r\n\r\nx",
        b"From: a@b.vn\r\nMessage-ID: <" + b"x" * 900 + b"@b>\r\nSubject: a\r\n b\r\n\r\nhi",
    ],
)
def test_strange_letters_break_nothing(content: bytes) -> None:
    found = _letters.letter(content, "1.1")
    assert found is None or len(found.outside) <= 190
