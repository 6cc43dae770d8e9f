"""Schedules in an officer's words: `mỗi 5 phút`, `trước 17:00 ngày làm việc`. Never: reckons when something is due."""

from __future__ import annotations

from haidang.catalog.declared import Dataset, Schedule
from haidang.intake.sources.reads import SourceFace
from haidang.words.texts import text

LENGTHS = ((86_400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


def said(face: SourceFace, dataset: Dataset, language: str) -> str:
    """How often it comes: by its schedule, by the way it comes, or by the dataset's promise."""
    if face.schedule:
        return schedule(face.schedule, language)
    if face.mode in ("stream", "push"):
        return text(f"schedule.{face.mode}", language)
    if dataset.promise_days:
        return text("feed.promise-days", language, days=dataset.promise_days)
    return text("feed.no-promise", language)


def schedule(noun: Schedule, language: str) -> str:
    if noun.every:
        return text("schedule.every", language, length=length(noun.every, language))
    kind, _, day = noun.days.partition(":")
    return text(f"schedule.at-{kind}", language, at=noun.at, day=day)


def grace(noun: Schedule, language: str) -> str:
    """How long after that it counts as late; "" when nothing was said."""
    return text("schedule.grace", language, length=length(noun.grace, language)) if noun.grace else ""


def length(seconds: int, language: str) -> str:
    """In the largest unit that divides it: `5 phút`, `2 giờ`."""
    size, unit = next((size, unit) for size, unit in LENGTHS if seconds % size == 0)
    return text(f"schedule.{unit}", language, count=seconds // size)
