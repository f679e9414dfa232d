"""Values of the registry as people read them."""

from django import template

from hopluc.registry import presenting, story

register = template.Library()
register.filter("millions", presenting.millions)
register.filter("days_of", presenting.days_of)
register.filter("event_words", story.event_words)
