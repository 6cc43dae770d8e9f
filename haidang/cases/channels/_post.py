"""Letters out by SMTP, to the number the guard proved. Never: writes a letter's words, keeps a letter."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from haidang.cases.channels import Line, Unsure
from haidang.network import calling, guard
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

SECONDS = 20.0


class _Proved(smtplib.SMTP):
    """Connects to the proved number of a host; certificates are still proved by its name."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection(calling.pinned(host, port), timeout)


class _ProvedTLS(smtplib.SMTP_SSL):
    """The same, in TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(
            socket.create_connection(calling.pinned(host, port), timeout), server_hostname=host
        )


def send(line: Line, letter: EmailMessage) -> None:
    """One letter. Raises Unavailable('mail-unreachable'), Unsure, IntakeStopped('mail-refused' | 'smtp-unreadable')."""
    with server(line) as found:
        try:
            found.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code = max((answer[0] for answer in error.recipients.values()), default=550)
            raise _refused(code) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(int(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure("channel-unsure", found="smtp", why=type(error).__name__, retry=120) from error


@contextmanager
def server(line: Line) -> Iterator[smtplib.SMTP]:
    """Connected and signed in, by the channel's own settings or else the machine's (HAIDANG_SMTP)."""
    try:
        found = _connected(line)
    except HaiDangError:
        raise
    except smtplib.SMTPAuthenticationError as error:
        raise IntakeStopped("smtp-login-refused", found=str(error.smtp_code)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable("mail-unreachable", found=type(error).__name__, retry=120) from error
    try:
        yield found
    finally:
        found.close()


def there(line: Line) -> bool:
    """Whether letters can go out at all."""
    return bool(line.value("smtp") or settings.SMTP)


def _connected(line: Line) -> smtplib.SMTP:
    address = line.value("smtp") or settings.SMTP
    parts = urlsplit(address if "//" in address else f"smtp://{address}")
    tls = parse_qs(parts.query).get("tls", ["start" if parts.port == 587 else "no"])[0]
    if parts.scheme != "smtp" or not parts.hostname or tls not in {"start", "yes", "no"}:
        raise IntakeStopped("smtp-unreadable", found=guard.shown(address))
    context, port = ssl.create_default_context(), parts.port or (465 if tls == "yes" else 25)
    found = (
        _ProvedTLS(parts.hostname, port, timeout=SECONDS, context=context)
        if tls == "yes"
        else _Proved(parts.hostname, port, timeout=SECONDS)
    )
    try:
        if tls == "start":
            found.starttls(context=context)
        name, password = _login(line, unquote(parts.username or ""), unquote(parts.password or ""))
        if name:
            found.login(name, password)
    except BaseException:
        found.close()
        raise
    return found


def _login(line: Line, name: str, password: str) -> tuple[str, str]:
    own = line.value("smtp_username")
    return (own, line.value("smtp_password")) if own else (name, password)


def _refused(code: int) -> HaiDangError:
    """4xx: come again; 5xx: no such person, or not from here."""
    if 400 <= code < 500:
        return Unavailable("channel-busy", found=f"smtp {code}", retry=600)
    return IntakeStopped("mail-refused", found=str(code))
