"""Tags and filters of the templates: texts by code, written numbers, marks, icons, charts, built files.

Never: compute; every number they write comes from an Answer.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from haidang.web import formats, marks
from haidang.words.nouns import Label
from haidang.words.texts import text

register = template.Library()
BUILT = Path(__file__).resolve().parents[1] / "static" / "built"


def _language(context: dict[str, Any]) -> str:
    return str(context.get("language", "vi"))


@register.simple_tag(takes_context=True)
def t(context: dict[str, Any], code: str, **facts: object) -> str:
    """{% t "overview.domains" count=3 %}: a text by code in the reader's language, whole numbers written out."""
    language = _language(context)
    written = {name: formats.number(fact, language, 0) if type(fact) is int else fact for name, fact in facts.items()}
    return text(code, language, **written)


@register.simple_tag(takes_context=True)
def label(context: dict[str, Any], words: Label) -> str:
    """{% label pack.title %}: a Label of a pack in the reader's language."""
    return words.in_(_language(context))


@register.simple_tag(takes_context=True)
def number(context: dict[str, Any], value: float | None, digits: int | None = None) -> str:
    return formats.number(value, _language(context), digits)


@register.simple_tag(takes_context=True)
def period(context: dict[str, Any], code: str) -> str:
    return formats.period(code, _language(context))


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], value: str) -> str:
    return formats.moment(value, _language(context))


@register.simple_tag(takes_context=True)
def age(context: dict[str, Any], known_at: str) -> str:
    return formats.age(known_at, context["visit"].now, _language(context))


@register.simple_tag(takes_context=True)
def mark(context: dict[str, Any], state: str) -> SafeString:
    return marks.mark(state, _language(context))


@register.simple_tag
def arrow(direction: str) -> SafeString:
    return marks.mark(direction, said=False)


@register.simple_tag
def icon(name: str) -> SafeString:
    return marks.icon(name)


@register.simple_tag(takes_context=True)
def url_with(context: dict[str, Any], path: str = "", **changes: Any) -> str:
    """{% url_with "/boards/y-te" period="2010" %}: an address that carries what was chosen."""
    return str(context["choice"].url(path, **changes))


@register.filter
def embedded(value: object) -> SafeString:
    """A value as JSON inside `<script type="application/json">`: the signs that could end the element are escaped."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@register.filter
def unit(written: str, language: str) -> str:
    """A unit in the reader's language."""
    return formats.unit_in(written, language)


@register.filter
def unlocalized(value: float) -> str:
    """A number for an attribute of a drawing: always with a point."""
    return f"{value:.2f}"


@register.simple_tag
def built(entry: str) -> SafeString:
    """The tags of a built entry (`main`, `first`): its styles and its script, with their hashed names."""
    chunk = _manifest().get(f"{entry}.js")
    if chunk is None:
        return mark_safe(f"<!-- {entry}: the browser files are not built -->")
    styles = [format_html('<link rel="stylesheet" href="{}">', _address(name)) for name in chunk.get("css", ())]
    kind = mark_safe(' type="module"') if entry != "first" else ""
    return mark_safe("".join(styles)) + format_html('<script{} src="{}"></script>', kind, _address(chunk["file"]))


@register.simple_tag
def asset(name: str) -> str:
    """{% asset "cong/icon-192.png" %}: the address of a file that is not built."""
    return static(name)


def built_files(entry: str) -> list[str]:
    """Names under `built/` of an entry's script and styles; empty when the browser files are not built."""
    chunk = _manifest().get(f"{entry}.js")
    return [chunk["file"], *chunk.get("css", ())] if chunk else []


def _address(name: str) -> str:
    return static(f"built/{name}")


def _manifest() -> dict[str, Any]:
    return _read_manifest() if settings.DEBUG is False else _read_manifest.__wrapped__()


@cache
def _read_manifest() -> dict[str, Any]:
    file = BUILT / "manifest.json"
    read: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return read
