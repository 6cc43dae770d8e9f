"""Rows of the desk: Cases, whoever sent them (sealed), steps of their history, files, messages, calls, channels.

Never: written by a file but the `actions` of this room and of its parts. Who sent a Case stands in `Sender` alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from haidang.cases.machine import NEW, STATES
from haidang.words.nouns import Level

CHANNELS = ("web", "app", "phone", "email", "zalo", "facebook", "sms", "open311", "desk", "import")
"""How a Case came; `desk`: written down by an officer, `import`: brought over from another program."""
KINDS = ("report", "directive", "alert", "press")


class Sender(models.Model):
    """Somebody who sends reports. Every text is sealed; digests say whether two are the same person, never who.

    `account`: the name of a citizen's account, "" without one. `zalo`, `facebook`: ids of the provider's, sealed.
    `key`: a digest of all of it. Who said the very same of themselves is one row; nobody is ever added to another's
    row, since anybody can type somebody else's telephone number. None once erased.
    """

    key = models.CharField(max_length=64, unique=True, null=True, blank=True)

    account = models.CharField(max_length=64, blank=True, default="", db_index=True)
    name = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    zalo = models.TextField(blank=True, default="")
    facebook = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    phone_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    email_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    zalo_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    facebook_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    language = models.CharField(max_length=2, default="vi")
    erased = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)


class Case(models.Model):
    """One Case. `number` (the primary key) names it in the house and among published results; `code` is the sender's.

    `text`: what was sent, cleaned of what tells who sent it (`raw`: sealed, as it came, where cleaning changed it);
    `fold`: text and address without tones, for search; `open_fold`: of what is published, for the public's, "" before
    it is. `office`: the key of who handles it.
    `unit`: the id of its place (a commune where it is known, else the province). `level`: PUBLIC once published.
    `resume`: the state before the sender was asked, `paused`: since when. `version` grows with every act.
    `once`: the key of the message it was made from; the same one sent again finds this Case.
    """

    number = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=24, unique=True)
    once = models.CharField(max_length=120, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=16, default="report", choices=[(kind, kind) for kind in KINDS])
    desk = models.CharField(max_length=128)
    pack = models.CharField(max_length=64)
    level = models.SmallIntegerField(default=Level.INTERNAL.value)
    unit = models.CharField(max_length=32, blank=True, default="")
    state = models.CharField(max_length=16, default=NEW, choices=[(state, state) for state in STATES])
    channel = models.CharField(max_length=16)
    category = models.CharField(max_length=64, blank=True, default="")
    group = models.CharField(max_length=64, blank=True, default="")
    title = models.CharField(max_length=160, blank=True, default="")
    text = models.TextField(blank=True, default="")
    raw = models.TextField(blank=True, default="")
    fold = models.TextField(blank=True, default="")
    open_fold = models.TextField(blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    public = models.BooleanField(default=True)
    anonymous = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)
    abusive = models.CharField(max_length=200, blank=True, default="")
    sender = models.ForeignKey(Sender, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    office = models.CharField(max_length=64, blank=True, default="")
    person = models.CharField(max_length=64, blank=True, default="")
    sent_at = models.DateTimeField()
    created = models.DateTimeField(default=timezone.now)
    route_due = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    national_due = models.DateTimeField(null=True, blank=True)
    publish_due = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed = models.DateTimeField(default=timezone.now)
    resume = models.CharField(max_length=16, blank=True, default="")
    paused = models.DateTimeField(null=True, blank=True)
    waited = models.PositiveIntegerField(default=0)
    extended = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    sent_back = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(blank=True, default="")
    into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_words = models.CharField(max_length=1000, blank=True, default="")
    rated_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["desk", "state", "due"], name="case_state_due"),
            models.Index(fields=["desk", "-number"], name="case_newest"),
            models.Index(fields=["office", "state", "due"], name="case_office"),
            models.Index(fields=["unit", "state"], name="case_unit"),
            models.Index(fields=["category", "sent_at"], name="case_category"),
            models.Index(fields=["sent_at"], name="case_sent"),
            models.Index(fields=["changed"], name="case_changed"),
            models.Index(fields=["lat", "lon"], name="case_where"),
            models.Index(fields=["state", "-published_at"], name="case_published"),
        ]


class Step(models.Model):
    """One act in a Case's history; never changed, never deleted.

    `words`: for the sender unless `inner`. `by`: an account's name, "" for the sender; `office`: for whom they acted.
    `facts`: what else changed, as plain values ({"due": [before, after], …}). `once`: a double click is one step.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=16)
    before = models.CharField(max_length=16, blank=True, default="")
    after = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.CharField(max_length=64, blank=True, default="")
    role = models.CharField(max_length=16, default="system")
    office = models.CharField(max_length=64, blank=True, default="")
    words = models.TextField(blank=True, default="")
    inner = models.BooleanField(default=False)
    facts = models.JSONField(default=dict, blank=True)
    once = models.CharField(max_length=80, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "once"], name="step_once")]


class File(models.Model):
    """A file of a Case under the home's `cases/`. `when`: before | after | ""; `blurred`: a second picture, no faces.

    `open`: may stand in a published result (never with a face or a plate found); `found`: what was seen on it.
    """

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="files")
    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, default="photo")
    when = models.CharField(max_length=8, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    type = models.CharField(max_length=80, blank=True, default="")
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    path = models.CharField(max_length=300)
    blurred = models.CharField(max_length=300, blank=True, default="")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict, blank=True)
    open = models.BooleanField(default=False)
    by = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)


class Message(models.Model):
    """One message from or to the sender by a channel. `way`: in | out; `state`: arrived | due | sent | failed.

    `outside`: the provider's own id, once per channel: the same one delivered again is known. `words` are sealed.
    `code`: the reply (`cases.replies`) it was made from, "" for free words.
    """

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=16)
    way = models.CharField(max_length=4)
    state = models.CharField(max_length=8, default="due", db_index=True)
    code = models.CharField(max_length=24, blank=True, default="")
    words = models.TextField(blank=True, default="")
    outside = models.CharField(max_length=200, null=True, blank=True)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "outside"], name="message_once")]


class Call(models.Model):
    """One telephone call, by the exchange's events. `state`: ringing | answered | ended | missed."""

    outside = models.CharField(max_length=120, unique=True)
    phone = models.TextField(blank=True, default="")
    phone_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    state = models.CharField(max_length=12, default="ringing", db_index=True)
    operator = models.CharField(max_length=64, blank=True, default="", db_index=True)
    line = models.CharField(max_length=32, blank=True, default="")
    rang_at = models.DateTimeField(default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    record = models.ForeignKey(File, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="calls")


class Channel(models.Model):
    """What this province says of one channel of one desk: on or off, its settings, its sealed secrets, how it fares.

    `settings`, `secrets`: by the names the channel's kind declares. `cursor`: how far a fetched channel has been read.
    """

    desk = models.CharField(max_length=128)
    kind = models.CharField(max_length=16)
    on = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)
    settings = models.JSONField(default=dict, blank=True)
    secrets = models.TextField(blank=True, default="")
    cursor = models.CharField(max_length=300, blank=True, default="")
    last_in = models.DateTimeField(null=True, blank=True)
    last_out = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")
    problem_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.CharField(max_length=64, blank=True, default="")
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "kind"], name="channel_once")]


class Device(models.Model):
    """A browser that asked to be told (Web Push) of a Case. Endpoint and keys are sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    endpoint = models.TextField()
    created = models.DateTimeField(default=timezone.now)
    failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "digest"], name="device_once")]


class Digest(models.Model):
    """The morning sheet of a desk: made once per day; `sheet` holds its lines as plain values (numbers and codes)."""

    desk = models.CharField(max_length=128)
    day = models.DateField()
    made = models.DateTimeField(default=timezone.now)
    sheet = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "day"], name="digest_once")]
