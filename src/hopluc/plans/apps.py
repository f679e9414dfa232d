from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "hopluc.plans"

    def ready(self) -> None:
        import_module("hopluc.plans.moving")  # registers what hangs on the calendar
        import_module("hopluc.plans.working.following")  # listens to what becomes of agencies and people
        import_module("hopluc.plans.working.telling")  # registers what digests tell of
        import_module("hopluc.plans.aims")  # and how targets are named where indicators show them
