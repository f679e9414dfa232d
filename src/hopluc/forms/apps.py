from importlib import import_module

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "hopluc.forms"

    def ready(self) -> None:
        import_module("hopluc.forms.due")  # registers what forms and cases are due
