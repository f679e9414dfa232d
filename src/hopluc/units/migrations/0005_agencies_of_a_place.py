"""Agencies without the name of their province; no two of one kind in one place."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0004_provinces_of_agencies")]

    operations = [
        migrations.RemoveField(
            model_name="agency",
            name="province_name",
        ),
        migrations.RemoveField(
            model_name="agencyevent",
            name="province_name",
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("body_id"), models.Value(0), output_field=models.BigIntegerField()
                            ),
                            django.db.models.functions.comparison.Coalesce(
                                models.F("body_id"), models.Value(0), output_field=models.BigIntegerField()
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("unit_id"), models.Value(0), output_field=models.BigIntegerField()
                            ),
                            django.db.models.functions.comparison.Coalesce(
                                models.F("unit_id"), models.Value(0), output_field=models.BigIntegerField()
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("validity", "&&"),
                ],
                name="units_agency_one_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", None), ("province__isnull", False), _connector="OR"),
                name="units_agency_in_a_province",
            ),
        ),
    ]
