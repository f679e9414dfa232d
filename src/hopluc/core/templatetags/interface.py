"""Small parts of pages: icons, states, sortable columns, form controls."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hopluc.core.notices import UNDO

register = template.Library()

STATES = {  # state of anything → colour and icon; the word comes with it, always
    "not_started": ("", "circle-dashed"),
    "in_progress": ("blue", "progress"),
    "due_soon": ("amber", "clock"),
    "overdue": ("red", "clock-exclamation"),
    "reported": ("violet", "send"),
    "confirmed": ("green", "circle-check"),
    "stale": ("hatched", "player-pause"),
    "waiting": ("", "hourglass"),
    "reading": ("blue", "progress"),
    "mapping": ("amber", "columns"),
    "read": ("green", "circle-check"),
    "failed": ("red", "alert-circle"),
    "pending": ("", "circle-dashed"),
    "doubtful": ("amber", "zoom-question"),
    "accepted": ("green", "circle-check"),
    "rejected": ("red", "circle-x"),
    "replaced": ("hatched", "versions"),
    "draft": ("", "pencil"),
    "issued": ("green", "circle-check"),
    "closed": ("", "lock"),
    "returned": ("amber", "arrow-back-up"),
    "asked": ("violet", "message-2-question"),
    "granted": ("green", "circle-check"),
    "denied": ("red", "circle-x"),
}
MESSAGE_ICONS = {"success": "circle-check", "warning": "alert-triangle", "error": "alert-circle"}


@register.simple_tag
@lru_cache(maxsize=256)  # a page draws a hundred, of a few dozen kinds
def icon(name: str, classes: str = "") -> SafeString:
    """A drawing of the sprite; it says nothing to those who cannot see it, so put words beside it."""
    address = static("vendor/icons.svg")
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, address, name)


@register.simple_tag
@lru_cache(maxsize=256)
def state(key: str, word: str) -> SafeString:
    """`{% state version.state version.get_state_display %}`"""
    tone, drawing = STATES[key]
    return format_html('<span class="state {}">{}{}</span>', tone, icon(drawing, "icon-s"), word)


ARROWS = {"ascending": "arrow-up", "descending": "arrow-down", "": "arrows-sort"}


@register.simple_tag(takes_context=True)
def column(context: dict[str, Any], key: str, label: str, classes: str = "") -> SafeString:
    """The head of a column that sorts by `?sort=key`, backwards by `?sort=-key`, and says which one does now."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    now = query.get("sort", context.get("sort", ""))
    query["sort"] = f"-{key}" if now == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}{}</a></th>',
        format_html(' class="{}"', classes) if classes else "",
        format_html(' aria-sort="{}"', order) if order else "",
        query.urlencode(),
        label,
        icon(ARROWS[order], "icon-s"),
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a field, in the classes of its kind."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect):  # lists of boxes too; their frame would get the class as well
        return field.as_widget()
    kinds = {forms.CheckboxInput: "form-check-input", forms.Select: "form-select"}
    kind = next((name for cls, name in kinds.items() if isinstance(widget, cls)), "form-control")
    classes = f"{kind} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={**widget.attrs, "class": classes})


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def undo_address(message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.filter
def message_icon(message: Message) -> str:
    return MESSAGE_ICONS.get(message.level_tag, "info-circle")


@register.filter
def initials(name: str) -> str:
    """
    >>> initials("Nguyễn Thị Ánh"), initials("admin")
    ('NÁ', 'A')
    """
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def megabytes(count: int) -> int:
    """
    >>> megabytes(50_000_000)
    50
    """
    return count // 1_000_000


@register.filter
def pages_near(paginator: Paginator, number: int) -> list[int]:
    """The pages to offer round this one; 0 stands where some are left out.

    >>> pages_near(Paginator(range(5000), 50), 7)
    [1, 0, 6, 7, 8, 0, 100]
    """
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else 0 for page in pages]
