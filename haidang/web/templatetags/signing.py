"""Tags of the gatehouse: the providers one may sign in by. Never: decides who may."""

from __future__ import annotations

from django import template

from haidang.access.identity.providers import reads
from haidang.words.nouns import Label

register = template.Library()


@register.simple_tag
def ways_in() -> tuple[tuple[str, Label], ...]:
    """(key, name) of the providers people may sign in by now."""
    return reads.offered()
