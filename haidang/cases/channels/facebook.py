"""Facebook page: Messenger and comments by web hook, answers by the Graph API (docs/channels.md).

A push is known by `X-Hub-Signature-256: sha256=<HMAC of the body with the app's secret>`; the address itself is proved
once by `hub.challenge`. A comment stands in public, so it is answered privately: a reply bears the Case's code.
Never: answers in public; writes after the days Facebook gives for an answer.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from haidang.cases.channels import Incoming, Line, Outgoing, Posted, Sent, Setting, _pushed, _wire
from haidang.cases.senders import Person
from haidang.words.errors import Denied, IntakeStopped

MODE = "hook"
ONGOING = True
AGAIN = False
SETTINGS = (
    Setting("page_id", required=True),
    Setting("app_secret", required=True, secret=True),
    Setting("verify_token", required=True, secret=True),
    Setting("page_token", secret=True),
    Setting("comments", default="yes", choices=("yes", "no"), kind="choice"),
    Setting("api", default="https://graph.facebook.com", kind="address"),
    Setting("version", default="v23.0"),
)
LONGEST = 2000
AT_ONCE, AT_ALL = timedelta(hours=24), timedelta(days=7)
"""How long after their last message somebody may be written to: freely; by a person's answer (HUMAN_AGENT)."""
COMMENT = "comment:"


def challenge(line: Line, query: Mapping[str, str]) -> str:
    """What Facebook wants back when the address is registered; raises Denied('hook-signature')."""
    right, given = line.value("verify_token"), query.get("hub.verify_token", "")
    same = right and hmac.compare_digest(right.encode(), given.encode())
    if query.get("hub.mode") != "subscribe" or not same:
        raise Denied("hook-signature")
    return query.get("hub.challenge", "")[:200]


def prove(line: Line, posted: Posted, now: object = None) -> None:
    """Raises Denied('hook-unsigned' | 'hook-signature')."""
    way, _, given = posted.headers.get("x-hub-signature-256", "").partition("=")
    if way != "sha256" or not given:
        raise Denied("hook-unsigned")
    if not _pushed.signed(line.value("app_secret"), posted.body, given):
        raise Denied("hook-signature")


def read(line: Line, posted: Posted) -> tuple[Incoming, ...]:
    """What people wrote to the page or beneath its posts; the page's own words and all else are left out."""
    said = _pushed.told(posted)
    if said.get("object") != "page":
        return ()
    return tuple(one for entry in _pushed.objects(said.get("entry")) for one in _entry(line, entry))


def _entry(line: Line, entry: _pushed.Told) -> Iterator[Incoming]:
    if _pushed.text(entry, "id") != line.value("page_id"):
        return
    for event in _pushed.objects(entry.get("messaging")):
        if found := _message(event):
            yield found
    for change in _pushed.objects(entry.get("changes")) if line.value("comments") == "yes" else ():
        if change.get("field") == "feed" and (found := _comment(line, _pushed.inner(change, "value"))):
            yield found


def _message(event: _pushed.Told) -> Incoming | None:
    message = _pushed.inner(event, "message")
    sender, outside = _pushed.text(_pushed.inner(event, "sender"), "id", 64), _pushed.text(message, "mid", 190)
    if not sender or not outside or message.get("is_echo"):
        return None
    where = next((one for one in _pushed.objects(message.get("attachments")) if one.get("type") == "location"), {})
    spot = _pushed.inner(where, "payload", "coordinates")
    return Incoming(
        outside=outside,
        sender=Person(facebook=sender),
        text=_pushed.text(message, "text"),
        at=_pushed.moment(_pushed.text(event, "timestamp", 20)),
        lat=_pushed.degrees(spot.get("lat"), 90),
        lon=_pushed.degrees(spot.get("long"), 180),
        files=_pushed.files(message.get("attachments")),
    )


def _comment(line: Line, value: _pushed.Told) -> Incoming | None:
    who, outside = _pushed.inner(value, "from"), _pushed.text(value, "comment_id", 180)
    sender = _pushed.text(who, "id", 64)
    new = value.get("item") == "comment" and value.get("verb") == "add"
    if not new or not sender or not outside or sender == line.value("page_id"):
        return None
    return Incoming(
        outside=f"{COMMENT}{outside}",
        sender=Person(facebook=sender, name=_pushed.text(who, "name", 120)),
        text=_pushed.text(value, "message"),
        at=_pushed.moment(_pushed.text(value, "created_time", 20)),
        comment=True,
    )


def reaches(line: Line, to: Person) -> bool:
    return bool(to.facebook and line.value("page_token"))


def send(line: Line, outgoing: Outgoing) -> Sent:
    """One message by the page. Raises Unavailable, Unsure, IntakeStopped('facebook-refuses' | 'facebook-window')."""
    last = outgoing.threads[0] if outgoing.threads else ""
    to = {"comment_id": last[len(COMMENT) :]} if last.startswith(COMMENT) else {"id": outgoing.to.facebook}
    said = {"recipient": json.dumps(to), "message": json.dumps({"text": outgoing.words[:LONGEST]}, ensure_ascii=False)}
    found = _ask(line, "POST", f"{line.value('page_id')}/messages", {**said, **_kind(outgoing.at, timezone.now())})
    return Sent(_pushed.text(found, "message_id", 190))


def test(line: Line) -> None:
    """Ask the page's own name; raises as `send`."""
    _ask(line, "GET", line.value("page_id"), {})


def _kind(last: datetime | None, now: datetime) -> dict[str, str]:
    """As what Facebook is to take it, by how long ago the person wrote last."""
    if last is None or now - last <= AT_ONCE:
        return {"messaging_type": "RESPONSE"}
    if now - last <= AT_ALL:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    raise IntakeStopped("facebook-window", found=f"{(now - last).days}")


def _ask(line: Line, method: str, path: str, said: Mapping[str, str]) -> _pushed.Told:
    """The token goes in a heading, never in an address; with it the proof that the app's own server asks."""
    url, token = f"{line.value('api')}/{line.value('version')}/{path}", line.value("page_token")
    proof = hmac.new(line.value("app_secret").encode(), token.encode(), sha256).hexdigest()
    headers = {"Authorization": f"Bearer {token}"}
    if method == "GET":
        reply = _wire.call("GET", f"{url}?appsecret_proof={proof}", headers=headers)
    else:
        reply = _wire.post_form(url, {**said, "appsecret_proof": proof}, headers)
    _wire.busy(reply, url)
    found = reply.json()
    if reply.status >= 400 or "error" in found:
        wrong = _pushed.inner(found, "error")
        number = _pushed.text(wrong, "code", 20) or str(reply.status)
        raise IntakeStopped("facebook-refuses", found=number, said=_pushed.text(wrong, "message", 120))
    return found
