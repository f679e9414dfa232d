from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hopluc.reports"

    def ready(self) -> None:
        import_module("hopluc.forms.loading").PACKAGES.append(self.name)  # forms that reports ship
        import_module("hopluc.reports.selectors")  # says which rounds are closed
        import_module("hopluc.reports.linking")  # from plans to rounds
