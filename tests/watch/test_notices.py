"""Notices: one per account and key, read by their own, mailed through a real SMTP server, tried again when it is down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from conftest import free_port
from django.utils import timezone

from haidang.access import actions as access
from haidang.access import gate
from haidang.watch import actions, reads
from haidang.watch.models import Notice
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Actor

pytestmark = pytest.mark.usefixtures("db")
FACTS = {"title": "Số ca", "title_en": "Cases", "department": "Sở Y tế\r\nBcc: x@y.z", "owner": "so-y-te"}
WHO = Actor("so-y-te")


class Letters:
    """Takes letters; refuses them while `full`."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.full = False

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.full:
            return "452 mailbox full"
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@pytest.fixture
def letters(settings: Any) -> Iterator[Letters]:
    found = Letters()

    def known(server: object, session: object, envelope: object, mechanism: str, said: LoginPassword) -> AuthResult:
        return AuthResult(success=(said.login, said.password) == (b"ioc", b"p@ss"))

    server = Controller(
        found, hostname="127.0.0.1", port=free_port(), authenticator=known, auth_required=True, auth_require_tls=False
    )
    server.start()
    settings.SMTP = f"smtp://ioc:p%40ss@127.0.0.1:{server.port}?tls=no"
    settings.ADDRESS = "https://ioc.example.vn"
    yield found
    server.stop()


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    access.open_account(gate.operator(), access.Person("so-y-te", email="yte@example.vn"))
    access.open_account(gate.operator(), access.Person("truc-ban"))


def test_told_once_and_read_by_their_own() -> None:
    assert actions.tell("so-y-te", "source-late", FACTS, "/sources/x", key="late:1")
    assert not actions.tell("so-y-te", "source-late", FACTS, "/sources/x", key="late:1")
    assert actions.tell("truc-ban", "source-late", FACTS, "/sources/x", key="late:1")
    assert not actions.tell("khong-co", "source-late", FACTS, "", key="late:1")
    assert reads.unread_count(WHO) == 1
    notice = reads.notices(WHO, unread=True)[0]
    assert "Số ca" in notice.sentence()
    assert "Cases" in notice.sentence("en")
    actions.read(Actor("truc-ban"), notice.id)
    assert reads.unread_count(WHO) == 1, "nobody reads another's"
    actions.read(WHO, notice.id)
    assert reads.unread_count(WHO) == 0
    assert not reads.notices(WHO, unread=True)


def test_letters_are_sent_once_in_both_languages(letters: Letters) -> None:
    actions.tell("so-y-te", "source-late", FACTS, "/sources/x", key="late:1")
    actions.tell("truc-ban", "source-late", FACTS, "/sources/x", key="late:1")
    now = timezone.now()
    assert actions.mail(now) == 1
    assert actions.mail(now + timedelta(days=1)) == 0
    ((to, letter),) = letters.taken
    text = letter.get_content()
    assert (to, letter["Subject"]) == (["yte@example.vn"], "Quá hẹn: Số ca")
    assert "Cases" in text
    assert "https://ioc.example.vn/sources/x" in text
    assert "Bcc" not in letter
    notice = reads.notices(WHO)[0]
    assert (notice.mail, notice.mailed_at) == ("sent", now)
    assert reads.notices(Actor("truc-ban"))[0].mail == "", "who has no address gets none"


def test_a_server_that_is_down_is_tried_again(letters: Letters, settings: Any) -> None:
    right = settings.SMTP
    settings.SMTP = f"smtp://127.0.0.1:{free_port()}?tls=no"
    actions.tell("so-y-te", "source-late", FACTS, "", key="late:1")
    now = timezone.now()
    assert actions.mail(now) == 0
    notice = reads.notices(WHO)[0]
    assert (notice.mail, notice.mail_problem[:11]) == ("due", "mail-failed")
    settings.SMTP = right
    assert actions.mail(now) == 0, "not at once"
    letters.full = True
    assert actions.mail(now + timedelta(minutes=10)) == 0
    letters.full = False
    assert actions.mail(now + timedelta(minutes=30)) == 1
    assert reads.notices(WHO)[0].mail == "sent"


def test_it_is_given_up_in_the_end_and_the_notice_stays(letters: Letters) -> None:
    letters.full, now = True, timezone.now()
    actions.tell("so-y-te", "source-late", FACTS, "", key="late:1")
    for hour in range(60):
        actions.mail(now + timedelta(hours=hour))
    row = Notice.objects.get()
    assert (row.mail, row.mail_tries) == ("failed", actions.MOST_TRIES)
    assert reads.unread_count(WHO) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "smtp://", "smtp://127.0.0.1:25?tls=perhaps", "smtp://h:x"])
def test_a_wrong_setting_is_a_failed_letter_not_an_end(settings: Any, address: str) -> None:
    settings.SMTP = address
    actions.tell("so-y-te", "source-late", FACTS, "", key="late:1")
    assert actions.mail(timezone.now()) == 0
    assert reads.notices(WHO)[0].mail_problem


def test_an_address_is_an_address() -> None:
    with pytest.raises(BadQuestion):
        access.open_account(gate.operator(), access.Person("so-y-te", email="x\r\nBcc: y@z.vn"))
    access.open_account(gate.operator(), access.Person("so-y-te", title="Sở Y tế"))
    assert gate.address(WHO) == "yte@example.vn", "unsaid it stays"
