"""Whoever sends a report, sealed at rest; known again by digests. Never: decides who may see it, writes a row."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from django.conf import settings

from haidang.cases.models import Sender
from haidang.words import sealing

PURPOSE = "haidang.cases"
SEALED = ("name", "phone", "email", "zalo", "facebook", "address")
KNOWN_BY = ("phone", "email", "zalo", "facebook")


@dataclass(frozen=True)
class Person:
    """A sender in clear. Every field may be empty; `account`: the name of a citizen's account."""

    name: str = ""
    phone: str = ""
    email: str = ""
    zalo: str = ""
    facebook: str = ""
    address: str = ""
    account: str = ""
    language: str = "vi"

    @property
    def known(self) -> bool:
        """Whether anything tells who it is."""
        return bool(self.account or any(getattr(self, name) for name in SEALED))


def seal(text: str) -> str:
    """Sealed, "" of ""."""
    return sealing.seal(text, key=settings.SECRET_KEY, purpose=PURPOSE) if text else ""


def unseal(sealed: str) -> str:
    """In clear; "" of "" and of what was sealed with another key."""
    try:
        return sealing.unseal(sealed, key=settings.SECRET_KEY, purpose=PURPOSE) if sealed else ""
    except ValueError:
        return ""


def digest(kind: str, text: str) -> str:
    """By which the same telephone, address or provider's id is known again; "" of ""."""
    plain = phone(text) if kind == "phone" else text.strip().casefold()
    return sealing.digest(f"{kind} {plain}", key=settings.SECRET_KEY, purpose=PURPOSE) if plain else ""


def phone(text: str) -> str:
    """A Vietnamese number as people write it → `0912345678`; another country's keeps its `+`."""
    digits = re.sub(r"[^0-9+]", "", text)
    for lead in ("+84", "0084", "84"):
        if digits.startswith(lead) and len(digits) - len(lead) in (9, 10):
            return f"0{digits[len(lead) :]}"
    return digits


def own(person: Person) -> tuple[str, ...]:
    """What of a sender is taken out of every text of theirs: name, telephone, e-mail, address."""
    return (person.name, person.phone, person.email, person.address)


def person(sealed: Sender) -> Person:
    """In clear."""
    kept = {name: unseal(getattr(sealed, name)) for name in SEALED}
    return Person(**kept, account=sealed.account, language=sealed.language)


def row(person: Person) -> dict[str, str]:
    """The fields of a Sender row; the same `key` for whoever says the very same of themselves."""
    plain = asdict(person)
    sealed = {name: seal(phone(plain[name]) if name == "phone" else plain[name].strip()) for name in SEALED}
    digests = {f"{name}_digest": digest(name, plain[name]) for name in KNOWN_BY}
    said = [phone(plain["phone"]), *(plain[name].strip() for name in SEALED if name != "phone")]
    key = digest("sender", json.dumps([*said, person.account, person.language]))
    return {**sealed, **digests, "account": person.account, "language": person.language, "key": key}
