"""Whoever set a channel is told when it fails; what is noted of it holds nothing of a sender."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from haidang.cases.channels import lines, reads
from haidang.cases.channels.lines import Line
from haidang.cases.models import Channel
from haidang.jobs.duties import desk_channels
from haidang.watch.models import Notice
from haidang.words.errors import IntakeStopped

DESK = "phan-anh.phan-anh"


def test_the_keeper_is_told_once_a_day(people: dict[str, Any]) -> None:
    Channel.objects.create(desk=DESK, kind="zalo", on=True, changed_by="quan-tri")
    line = Line(DESK, "zalo")
    wrong = IntakeStopped("zalo-refuses", found="-201", said="user 8309393969855402319 or a@b.vn is unknown")
    lines.failed(line, wrong)
    (face,) = (one for one in reads.every(_keeper()) if one.kind == "zalo")
    assert face.problem == {"code": "zalo-refuses", "found": "-201", "said": "user … or … is unknown"}
    now = timezone.now()
    desk_channels.run(now)
    assert not Notice.objects.exists(), "it may pass by itself"
    for minutes in (11, 12):
        desk_channels.run(now + timedelta(minutes=minutes))
    (told,) = Notice.objects.all()
    assert (told.actor, told.link) == ("quan-tri", f"/cases/channels/{DESK}/zalo")
    lines.went(line)
    desk_channels.run(now + timedelta(days=1, minutes=11))
    assert Notice.objects.count() == 1


def test_what_the_operator_set_is_told_to_nobody(people: dict[str, Any]) -> None:
    Channel.objects.create(desk=DESK, kind="sms", on=True, changed_by="operator")
    lines.failed(Line(DESK, "sms"), IntakeStopped("sms-refuses", found="500"))
    desk_channels.run(timezone.now() + timedelta(hours=1))
    assert not Notice.objects.exists()


def _keeper() -> Any:
    from haidang.access import gate

    return gate.operator()
