"""Zalo Official Account: events by web hook, answers by its open API (docs/channels.md says what is proved of it).

A push is known by `X-ZEvent-Signature: mac=<sha256 of app id, body, timestamp, the OA's secret>`. The access token
lives about a day: a refused one is renewed once by the refresh token, which is good a single time and kept at once.
Never: asks Zalo who somebody is; answers what the account itself sent.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from haidang.cases.channels import Incoming, Line, Outgoing, Posted, Sent, Setting, _pushed, _wire
from haidang.cases.senders import Person
from haidang.words.errors import Denied, IntakeStopped, Unavailable

MODE = "hook"
ONGOING = True
AGAIN = False
SETTINGS = (
    Setting("app_id", required=True),
    Setting("oa_secret", required=True, secret=True),
    Setting("app_secret", secret=True),
    Setting("access_token", secret=True),
    Setting("refresh_token", secret=True),
    Setting("oa_id"),
    Setting("api", default="https://openapi.zalo.me", kind="address"),
    Setting("oauth", default="https://oauth.zaloapp.com", kind="address"),
)
LONGEST = 2000
_EVENTS = frozenset(f"user_send_{kind}" for kind in ("text", "image", "gif", "video", "audio", "file", "location"))
_EXPIRED = frozenset({-216, -220})
_LATER = frozenset({-32, -234})
"""Too many calls; not at night (22:00 to 6:00)."""


def prove(line: Line, posted: Posted, now: object = None) -> None:
    """Raises Denied('hook-unsigned' | 'hook-signature'), BadQuestion. A late delivery is known by its message's id."""
    given = posted.headers.get("x-zevent-signature", "").strip()
    secret = line.value("oa_secret")
    if not given or not secret:
        raise Denied("hook-unsigned")
    stamp = _pushed.text(_pushed.told(posted), "timestamp", 20)
    signed = line.value("app_id").encode() + posted.body + stamp.encode() + secret.encode()
    right = f"mac={sha256(signed).hexdigest()}"
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise Denied("hook-signature")


def read(line: Line, posted: Posted) -> tuple[Incoming, ...]:
    """What somebody wrote to the account; () for its own messages, followers and other events."""
    said = _pushed.told(posted)
    message, sender = _pushed.inner(said, "message"), _pushed.text(_pushed.inner(said, "sender"), "id", 64)
    outside = _pushed.text(message, "msg_id", 180)
    own = line.value("oa_id") and _pushed.text(_pushed.inner(said, "recipient"), "id") != line.value("oa_id")
    if _pushed.text(said, "event_name") not in _EVENTS or not sender or not outside or own:
        return ()
    where = _pushed.objects(message.get("attachments"))
    spot = _pushed.inner(where[0] if where else {}, "payload", "coordinates")
    return (
        Incoming(
            outside=outside,
            sender=Person(zalo=sender),
            text=_pushed.text(message, "text"),
            at=_pushed.moment(_pushed.text(said, "timestamp", 20)),
            lat=_pushed.degrees(spot.get("latitude"), 90),
            lon=_pushed.degrees(spot.get("longitude"), 180),
            files=_pushed.files(message.get("attachments")),
        ),
    )


def reaches(line: Line, to: Person) -> bool:
    return bool(to.zalo and line.value("access_token"))


def send(line: Line, outgoing: Outgoing) -> Sent:
    """One advisory message (`oa/message/cs`). Raises Unavailable, Unsure, IntakeStopped('zalo-refuses' | 'zalo-token').

    Zalo lets an account write to whoever wrote to it within its own terms; what it refuses is told with its number.
    """
    said: _pushed.Told = {"recipient": {"user_id": outgoing.to.zalo}, "message": {"text": outgoing.words[:LONGEST]}}
    token = line.value("access_token")
    number, answer = _ask(line, "/v3.0/oa/message/cs", said, token)
    if number in _EXPIRED:
        number, answer = _ask(line, "/v3.0/oa/message/cs", said, renewed(line))
    if number:
        raise IntakeStopped("zalo-refuses", found=str(number), said=_pushed.text(answer, "message", 120))
    return Sent(_pushed.text(_pushed.inner(answer, "data"), "message_id", 190))


def test(line: Line) -> None:
    """Ask the account's own name; raises as `send`."""
    reply = _wire.call(
        "GET", f"{line.value('api')}/v2.0/oa/getoa", headers={"access_token": line.value("access_token")}
    )
    number = _number(reply.json())
    if number in _EXPIRED:
        renewed(line)
    elif reply.status >= 400 or number:
        raise IntakeStopped("zalo-refuses", found=str(number or reply.status), said="getoa")


def renewed(line: Line) -> str:
    """A new access token by the refresh token, both kept at once; raises IntakeStopped('zalo-token'), Unavailable."""
    url = f"{line.value('oauth')}/v4/oa/access_token"
    said = {"refresh_token": line.value("refresh_token"), "app_id": line.value("app_id"), "grant_type": "refresh_token"}
    if not said["refresh_token"] or not line.value("app_secret"):
        raise IntakeStopped("zalo-token", found="–")
    reply = _wire.post_form(url, said, {"secret_key": line.value("app_secret")})
    _wire.busy(reply, url)
    found = reply.json()
    token = _pushed.text(found, "access_token", 4000)
    if not token:
        raise IntakeStopped("zalo-token", found=_pushed.text(found, "error", 20) or str(reply.status))
    line.keep({"access_token": token, "refresh_token": _pushed.text(found, "refresh_token", 4000)})
    return token


def _ask(line: Line, path: str, said: _pushed.Told, token: str) -> tuple[int, _pushed.Told]:
    """(Zalo's number of an error, 0 when it took it; the answer)."""
    url = f"{line.value('api')}{path}"
    reply = _wire.post_json(url, said, {"access_token": token})
    _wire.busy(reply, url)
    found = reply.json()
    number = _number(found)
    if number in _LATER:
        raise Unavailable("channel-busy", found="zalo", retry=600)
    if number is None:
        raise IntakeStopped("zalo-refuses", found=str(reply.status), said="")
    return number, found


def _number(found: _pushed.Told) -> int | None:
    value = found.get("error")
    return value if isinstance(value, int) else None
