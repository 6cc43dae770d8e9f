"""E-mail by SMTP (HAIDANG_SMTP). Never: decides who is told, keeps a letter."""

from __future__ import annotations

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from haidang.network import calling
from haidang.watch.models import Notice
from haidang.watch.reads import said
from haidang.words.errors import IntakeStopped, Unavailable
from haidang.words.texts import text

WAIT_SECONDS = 20.0


def send(address: str, notice: Notice) -> None:
    """One letter, Vietnamese first, English beneath. Raises Unavailable('mail-failed'), IntakeStopped('no-address')."""
    if not address:
        raise IntakeStopped("no-address", found=notice.actor)
    try:
        with _server() as server:
            server.send_message(letter(address, notice))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unavailable("mail-failed", found=f"{type(error).__name__} {error}"[:160]) from error


def letter(address: str, notice: Notice) -> EmailMessage:
    """What is sent. A heading cannot be ended by a fact: the subject is one line."""
    told = EmailMessage()
    told["From"], told["To"] = settings.MAIL_FROM, address
    told["Subject"] = " ".join(_words(notice, "vi", ".title").split())[:150]
    told["Date"], told["Message-ID"] = formatdate(localtime=True), make_msgid(domain="hai-dang.invalid")
    told["Auto-Submitted"] = "auto-generated"
    link = f"\n{settings.ADDRESS}{notice.link}\n" if settings.ADDRESS and notice.link else ""
    told.set_content(f"{_words(notice, 'vi')}\n{link}\n--\n{_words(notice, 'en')}\n")
    return told


def _words(notice: Notice, language: str, part: str = "") -> str:
    return text(f"notice.{notice.code}{part}", language, **said(notice.facts, language))


class _Proved(smtplib.SMTP):
    """Connects to the proved number of a host; certificates are still proved by its name."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection(proved(host, port), timeout)


class _ProvedTLS(smtplib.SMTP_SSL):
    """The same, in TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(socket.create_connection(proved(host, port), timeout), server_hostname=host)


def proved(host: str, port: int) -> tuple[str, int]:
    """Where to connect; raises as network.guard: a mail server too stands in HAIDANG_NETWORKS."""
    return calling.pinned(host, port)


def _server() -> smtplib.SMTP:
    """Connected and signed in, by `smtp://user:password@host:port?tls=start|yes|no`; ValueError for another address."""
    parts = urlsplit(settings.SMTP)
    tls = parse_qs(parts.query).get("tls", ["start" if parts.port == 587 else "no"])[0]
    if parts.scheme != "smtp" or not parts.hostname or tls not in {"start", "yes", "no"}:
        raise ValueError("HAIDANG_SMTP")
    context = ssl.create_default_context()
    port = parts.port or (465 if tls == "yes" else 25)
    if tls == "yes":
        server: smtplib.SMTP = _ProvedTLS(parts.hostname, port, timeout=WAIT_SECONDS, context=context)
    else:
        server = _Proved(parts.hostname, port, timeout=WAIT_SECONDS)
    try:
        if tls == "start":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
