from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "hopluc.registry"

    def ready(self) -> None:
        import_module("hopluc.registry.persons")  # where its persons are
