from django.apps import AppConfig
from django.db.models.signals import post_migrate


def keep_in_step(**_: object) -> None:
    """The kinds of body are those of the installed vanban."""
    from hopluc.units.services import bodies_load  # noqa: PLC0415  models are not ready earlier

    bodies_load()


class UnitsConfig(AppConfig):
    name = "hopluc.units"

    def ready(self) -> None:
        post_migrate.connect(keep_in_step, sender=self)
