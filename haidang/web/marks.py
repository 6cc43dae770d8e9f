"""The shapes of states and the icons of the frame, drawn in line so that no font and no request stands between.

Never: decides a state.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from haidang.words.texts import text

_SHAPES = {
    "bad": '<circle cx="8" cy="8" r="6.5"/>',
    "warn": '<path d="M8 .6 15.4 8 8 15.4.6 8z"/>',
    "watch": '<path d="M8 1.4 15.4 14.6H.6z"/>',
    "good": '<path d="m1.8 8.6 4.2 4.3L14.4 3.6" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    "none": '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "up": '<path d="M8 2.2 15 13.8H1z"/>',
    "down": '<path d="M8 13.8 1 2.2h14z"/>',
    "same": '<path d="M1.5 6.4h13v3.2h-13z"/>',
}
_ICONS = {
    "overview": '<path d="M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z"/>',
    "boards": '<path d="M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"/>',
    "map": '<path d="m4 6.5 5-2 6 2 5-2v13l-5 2-6-2-5 2zM9 4.5v13M15 6.5v13"/>',
    "places": (
        '<path d="M12 21c-4.2-4.4-6.5-7.9-6.5-11a6.5 6.5 0 0 1 13 0c0 3.1-2.3 6.6-6.5 '
        '11z"/><circle cx="12" cy="10" r="2.3"/>'
    ),
    "keeping": (
        '<circle cx="9" cy="7" r="3"/><path d="M3 17c0-3.3 2.7-5 6-5 1 0 2 .2 2.8.5M16 11l3.5 1.3v2.6'
        'c0 2.2-1.5 3.7-3.5 4.6-2-.9-3.5-2.4-3.5-4.6v-2.6z"/>'
    ),
    "cases": '<path d="M4 5h16v11h-8l-4.5 4V16H4zM8 9h8M8 12h5"/>',
    "camera": '<path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.4"/>',
    "sources": (
        '<ellipse cx="12" cy="6" rx="7.5" ry="2.8"/><path d="M4.5 6v12c0 1.5 3.4 2.8 7.5 '
        '2.8s7.5-1.3 7.5-2.8V6M4.5 12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8"/>'
    ),
    "account": '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.5 20c.7-3.8 3.7-5.8 7.5-5.8s6.8 2 7.5 5.8"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "left": '<path d="m15 5-7 7 7 7"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "out": '<path d="M10 5H5v14h14v-5M13 5h6v6M19 5l-9 9"/>',
    "phone": (
        '<path d="M6 3.5h3.2l1.6 4.2-2.2 1.6a11 11 0 0 0 6.1 6.1l1.6-2.2 4.2 1.6V18a2.4 2.4 0 0 1-2.6 2.4'
        'C10.4 19.8 4.2 13.6 3.6 6.1A2.4 2.4 0 0 1 6 3.5z"/>'
    ),
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0"/>',
    "people": (
        '<circle cx="9" cy="9" r="3.2"/><path d="M3 19c.6-3.3 3-5 6-5s5.4 1.7 6 5M16 6.2a3 3 0 0 1 '
        '0 5.6M17.5 14.4c2 .6 3.2 2.1 3.6 4.6"/>'
    ),
}


def mark(state: str, language: str = "vi", *, said: bool = True) -> SafeString:
    """The shape of a state or of a direction; `said` adds its name for those who listen."""
    shape = mark_safe(_SHAPES.get(state, _SHAPES["none"]))
    drawing = format_html('<svg class="mark {}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', state, shape)
    if not said or state not in ("good", "watch", "warn", "bad", "none"):
        return drawing
    return drawing + format_html('<span class="hidden-visually">{}: </span>', text(f"state.{state}", language))


def icon(name: str) -> SafeString:
    shape = mark_safe(_ICONS.get(name, _ICONS["boards"]))
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shape)
