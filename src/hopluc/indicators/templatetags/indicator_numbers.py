"""Exact numbers in templates."""

from __future__ import annotations

from django import template

from hopluc.indicators.numbers import shown
from hopluc.indicators.periods import period_words

register = template.Library()
register.filter("number", shown)
register.filter("period", period_words)
