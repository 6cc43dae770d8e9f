"""What the whole world asks of any site: the same for everybody."""

from __future__ import annotations

ELSEWHERE = {
    ".well-known/security.txt": "tests/web/test_open.py: there when a contact is set",
    "security.txt": "tests/web/test_open.py",
    "robots.txt": "tests/web/test_open.py",
    "csp-report": "tests/web/test_open.py",
}
