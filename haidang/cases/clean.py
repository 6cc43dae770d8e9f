"""Takes out of a report what tells who sent it: telephone numbers, addresses of e-mail, numbers of papers, own names.

What handles a Case and what is published read the cleaned text alone. Never: keeps what it took out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PHONE, EMAIL, PAPER, NAME = "[số điện thoại]", "[thư điện tử]", "[số giấy tờ]", "[họ tên]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w])(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")
_PAPER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_CALLED = re.compile(
    r"(?i:(tôi tên là|tên tôi là|tôi là|em là|cháu là|người gửi|họ và tên|họ tên)\s*:?\s+)"
    r"((?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+)"
)


def cleaned(text: str, own: Iterable[str] = ()) -> str:
    """`own`: what is known of the sender (name, telephone, …), taken out wherever it stands."""
    found = _EMAIL.sub(EMAIL, text)
    for word in sorted((one.strip() for one in own if len(one.strip()) > 3), key=len, reverse=True):
        found = re.sub(re.escape(word), NAME, found, flags=re.IGNORECASE)
    found = _PHONE.sub(PHONE, found)
    found = _PAPER.sub(PAPER, found)
    return _CALLED.sub(lambda hit: f"{hit[1]} {NAME}", found)
