"""A registry to look at: organisations and people that nobody has, and that say so wherever they are shown."""

from hopluc.registry.demo.making import demo_make

__all__ = ["demo_make"]
