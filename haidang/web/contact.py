"""Whom to tell of a weakness: the lines of security.txt out of the settings. Never: makes up a contact."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

LONGEST = timedelta(days=365)
RENEWED = timedelta(days=180)


def lines(now: datetime) -> tuple[str, ...]:
    """The file's lines; none without a contact, or when the day it holds until has passed."""
    until = expires(now)
    if not settings.SECURITY_CONTACT or until is None or until <= now:
        return ()
    canonical = f"{settings.ADDRESS}{reverse('security-txt')}" if settings.ADDRESS.startswith("https://") else ""
    return (
        *(f"Contact: {uri(one)}" for one in settings.SECURITY_CONTACT),
        f"Expires: {until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        *((f"Canonical: {canonical}",) if canonical else ()),
    )


def expires(now: datetime) -> datetime | None:
    """Until when it holds: HAIDANG_SECURITY_EXPIRES (a day), else half a year from the day it is asked for.

    None for a day that cannot be read, or lies more than a year ahead.
    """
    if not settings.SECURITY_EXPIRES:
        return datetime.combine((now + RENEWED).astimezone(UTC).date(), time(), UTC)
    try:
        until = datetime.combine(datetime.fromisoformat(settings.SECURITY_EXPIRES).date(), time(), UTC)
    except ValueError:
        return None
    return until if until <= now + LONGEST else None


def uri(contact: str) -> str:
    """An e-mail address becomes a `mailto:`, a number a `tel:`; an address of the web stays."""
    if contact.startswith(("https://", "mailto:", "tel:")):
        return contact
    return f"mailto:{contact}" if "@" in contact else f"tel:{contact.replace(' ', '-')}"
