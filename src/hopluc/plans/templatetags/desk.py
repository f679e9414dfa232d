"""Small words of the pages on which plans are worked."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hopluc.core.templatetags.interface import state
from hopluc.plans.desk.words import WORDS
from hopluc.plans.models import Evidence

register = template.Library()
PICTURES = (".png", ".jpg", ".jpeg")


@register.simple_tag
def work_state(key: str) -> SafeString:
    """The state of an occurrence, computed ones too: word, icon and colour."""
    return SafeString(state(key, str(WORDS[key])))


@register.filter
def is_picture(evidence: Evidence) -> bool:
    return evidence.file_id is not None and evidence.name.lower().endswith(PICTURES)
