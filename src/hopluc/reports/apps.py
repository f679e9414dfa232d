from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hopluc.reports"

    def ready(self) -> None:
        import_module("hopluc.forms.loading").PACKAGES.append(self.name)  # forms that reports ship
