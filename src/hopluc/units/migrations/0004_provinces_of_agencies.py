"""Agencies that named their province belong to it; today's, for no other could be named."""

from django.db import migrations
from psycopg.types.range import DateRange

from hopluc.units import frozen


def place(apps, _schema_editor):
    Agency, Unit = apps.get_model("units", "Agency"), apps.get_model("units", "Unit")  # noqa: N806
    today = {f"{row.kind} {row.name}": row for row in frozen.units() if row.tier == "province" and row.end is None}
    for name in set(Agency.objects.exclude(province_name="").values_list("province_name", flat=True)):
        row = today[name]
        unit, _made = Unit.objects.get_or_create(
            key=row.key,
            defaults={
                "tier": row.tier,
                "code": row.code,
                "validity": DateRange(row.start, row.end),
                "kind": row.kind,
                "name": row.name,
            },
        )
        Agency.objects.filter(province_name=name).update(unit=unit, province=unit)
    for agency in Agency.objects.select_related("body", "unit"):
        Agency.objects.filter(pk=agency.pk).update(key=f"{agency.body.key}/{agency.unit.key if agency.unit else ''}")


class Migration(migrations.Migration):
    dependencies = [("units", "0003_places_and_agencies_through_time")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
