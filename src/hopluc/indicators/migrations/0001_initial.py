from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import hopluc.core.fields
import hopluc.core.search
import hopluc.indicators.models
from hopluc.core.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(db_collation="C", max_length=20, unique=True)),
                        ("name", models.CharField(max_length=300)),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("cooperative", "Cooperatives"),
                                    ("union", "Unions of cooperatives"),
                                    ("group", "Cooperative groups"),
                                    ("fund", "People's credit funds"),
                                    ("advanced", "Technology, chains, products"),
                                    ("economy", "Contribution to the economy"),
                                    ("support", "Support policies"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=12,
                            ),
                        ),
                        ("aliases", models.TextField(blank=True)),
                        ("measure", models.CharField(max_length=60)),
                        (
                            "breakdowns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("sector", "sector"),
                                        ("commune", "commune"),
                                        ("sex", "sex"),
                                        ("qualification", "qualification"),
                                        ("rating", "rating"),
                                        ("size", "size class"),
                                        ("money", "source of money"),
                                    ],
                                    max_length=13,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("more", "more is better"),
                                    ("less", "less is better"),
                                    ("keep", "neither more nor less is better"),
                                ],
                                default="more",
                                max_length=4,
                            ),
                        ),
                        ("additive", models.BooleanField(default=True)),
                        ("sort_key", hopluc.core.fields.SortKeyField(db_collation="C", editable=False, of="name")),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=hopluc.core.search.Lexemes(
                                    django.db.models.functions.text.Concat(
                                        django.db.models.functions.text.Lower(
                                            django.db.models.functions.text.Concat(
                                                models.F("code"),
                                                models.Value(" "),
                                                models.F("name"),
                                                models.Value(" "),
                                                models.F("aliases"),
                                                models.Value(" "),
                                                models.F("measure"),
                                                models.Value(" "),
                                                output_field=models.TextField(),
                                            )
                                        ),
                                        models.Value(" "),
                                        hopluc.core.search.VnFold(
                                            django.db.models.functions.text.Concat(
                                                models.F("code"),
                                                models.Value(" "),
                                                models.F("name"),
                                                models.Value(" "),
                                                models.F("aliases"),
                                                models.Value(" "),
                                                models.F("measure"),
                                                models.Value(" "),
                                                output_field=models.TextField(),
                                            )
                                        ),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "denominator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "numerator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("denominator", None), ("numerator", None)),
                                    models.Q(
                                        ("additive", False),
                                        ("denominator__isnull", False),
                                        ("numerator__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="indicators_indicator_ratio_of_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["more", "less", "keep"])),
                                name="indicators_indicator_direction",
                            ),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="indicators_indicator_words"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Definition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("text", models.TextField()),
                        ("source", models.TextField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("read", "read in its source"),
                                    ("recalled", "not yet checked against its source"),
                                    ("own", "set by a plan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="definitions",
                                to="indicators.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "validity"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("indicator_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("indicator_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    ("validity", "&&"),
                                ],
                                name="indicators_definition_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="indicators_definition_in_force_somewhen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["read", "recalled", "own"])),
                                name="indicators_definition_status",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Aim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "op",
                            models.CharField(
                                choices=[
                                    (">=", "at least"),
                                    ("<=", "at most"),
                                    (">", "more than"),
                                    ("<", "less than"),
                                    ("~", "about"),
                                    ("=", "exactly"),
                                    ("between", "between"),
                                    ("increase", "increase by"),
                                    ("decrease", "decrease by"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("low", hopluc.indicators.models.NumberField(decimal_places=6, max_digits=24)),
                        (
                            "high",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("per_year", models.BooleanField(default=False)),
                        ("since", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("by", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "baseline",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("words", models.TextField()),
                        ("origin", models.CharField(max_length=30)),
                        ("origin_id", models.BigIntegerField()),
                        ("whole_id", models.BigIntegerField()),
                        ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aims",
                                to="indicators.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "by", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("origin", "origin_id"), name="indicators_aim_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("high__gte", models.F("low")), ("high__isnull", False), ("op", "between")
                                    ),
                                    models.Q(models.Q(("op", "between"), _negated=True), ("high", None)),
                                    _connector="OR",
                                ),
                                name="indicators_aim_between_two",
                            ),
                        ],
                        "indexes": [models.Index(fields=["origin", "whole_id"], name="indicators__origin_58b891_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(db_collation="C", max_length=20)),
                        ("name", models.CharField(max_length=300)),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("cooperative", "Cooperatives"),
                                    ("union", "Unions of cooperatives"),
                                    ("group", "Cooperative groups"),
                                    ("fund", "People's credit funds"),
                                    ("advanced", "Technology, chains, products"),
                                    ("economy", "Contribution to the economy"),
                                    ("support", "Support policies"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=12,
                            ),
                        ),
                        ("aliases", models.TextField(blank=True)),
                        ("measure", models.CharField(max_length=60)),
                        (
                            "breakdowns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("sector", "sector"),
                                        ("commune", "commune"),
                                        ("sex", "sex"),
                                        ("qualification", "qualification"),
                                        ("rating", "rating"),
                                        ("size", "size class"),
                                        ("money", "source of money"),
                                    ],
                                    max_length=13,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("more", "more is better"),
                                    ("less", "less is better"),
                                    ("keep", "neither more nor less is better"),
                                ],
                                default="more",
                                max_length=4,
                            ),
                        ),
                        ("additive", models.BooleanField(default=True)),
                        (
                            "denominator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "numerator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Value",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("figure", hopluc.indicators.models.NumberField(decimal_places=6, max_digits=24)),
                        (
                            "numerator",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        (
                            "denominator",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("source", models.TextField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("entered", "entered on the page"),
                                    ("imported", "imported from a file"),
                                    ("computed", "computed from records"),
                                ],
                                default="entered",
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.TextField(blank=True)),
                        ("released", models.BooleanField(default=False)),
                        ("current", models.BooleanField(default=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="values",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="indicators.value",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "unit", "period", "-at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("current", True)),
                                fields=("indicator", "unit", "period", "released"),
                                name="indicators_value_one_current",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", True), _negated=True),
                                name="indicators_value_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("denominator", None), ("numerator", None)),
                                    models.Q(
                                        ("denominator__isnull", False),
                                        ("numerator__isnull", False),
                                        models.Q(("denominator", Decimal(0)), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="indicators_value_parts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("pk")), _negated=True),
                                name="indicators_value_replaces_another",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["province", "indicator", "period"], name="indicators__provinc_a6b2d7_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefinitionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("text", models.TextField()),
                        ("source", models.TextField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("read", "read in its source"),
                                    ("recalled", "not yet checked against its source"),
                                    ("own", "set by a plan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="indicators.definition",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AimEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "op",
                            models.CharField(
                                choices=[
                                    (">=", "at least"),
                                    ("<=", "at most"),
                                    (">", "more than"),
                                    ("<", "less than"),
                                    ("~", "about"),
                                    ("=", "exactly"),
                                    ("between", "between"),
                                    ("increase", "increase by"),
                                    ("decrease", "decrease by"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("low", hopluc.indicators.models.NumberField(decimal_places=6, max_digits=24)),
                        (
                            "high",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("per_year", models.BooleanField(default=False)),
                        ("since", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("by", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "baseline",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("words", models.TextField()),
                        ("origin", models.CharField(max_length=30)),
                        ("origin_id", models.BigIntegerField()),
                        ("whole_id", models.BigIntegerField()),
                        ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="indicators.aim",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.unit",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ValueEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("figure", hopluc.indicators.models.NumberField(decimal_places=6, max_digits=24)),
                        (
                            "numerator",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        (
                            "denominator",
                            hopluc.indicators.models.NumberField(
                                blank=True, decimal_places=6, max_digits=24, null=True
                            ),
                        ),
                        ("source", models.TextField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("entered", "entered on the page"),
                                    ("imported", "imported from a file"),
                                    ("computed", "computed from records"),
                                ],
                                default="entered",
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.TextField(blank=True)),
                        ("released", models.BooleanField(default=False)),
                        ("current", models.BooleanField(default=True)),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="indicators.value",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.unit",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="indicators.value",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_indicatorevent" ("additive", "aliases", "breakdowns", "code", "denominator_id", "direction", "group", "id", "measure", "name", "numerator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id") VALUES (NEW."additive", NEW."aliases", NEW."breakdowns", NEW."code", NEW."denominator_id", NEW."direction", NEW."group", NEW."id", NEW."measure", NEW."name", NEW."numerator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id"); RETURN NULL;',
                            hash="ade406a36b842dac8f586b826598942545a06782",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ab67",
                            table="indicators_indicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."additive" IS DISTINCT FROM (NEW."additive") OR OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."breakdowns" IS DISTINCT FROM (NEW."breakdowns") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."denominator_id" IS DISTINCT FROM (NEW."denominator_id") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."group" IS DISTINCT FROM (NEW."group") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."numerator_id" IS DISTINCT FROM (NEW."numerator_id") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id"))',
                            func='INSERT INTO "indicators_indicatorevent" ("additive", "aliases", "breakdowns", "code", "denominator_id", "direction", "group", "id", "measure", "name", "numerator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id") VALUES (NEW."additive", NEW."aliases", NEW."breakdowns", NEW."code", NEW."denominator_id", NEW."direction", NEW."group", NEW."id", NEW."measure", NEW."name", NEW."numerator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id"); RETURN NULL;',
                            hash="f00ad3d393719d2ea24cebb96d41b5570837c4df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4281e",
                            table="indicators_indicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="definition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_definitionevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "text", "validity") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."status", NEW."text", NEW."validity"); RETURN NULL;',
                            hash="2a73311813f59ca8731da6cce59bc43e570b6ec3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_959c2",
                            table="indicators_definition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="definition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_definitionevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "text", "validity") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."status", NEW."text", NEW."validity"); RETURN NULL;',
                            hash="7c7c56fdc70c07d18ecf2265a606f9e567056090",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d30bc",
                            table="indicators_definition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_aimevent" ("baseline", "by", "confirmed_at", "confirmed_by_id", "high", "id", "indicator_id", "low", "op", "origin", "origin_id", "per_year", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "unit_id", "whole_id", "words") VALUES (NEW."baseline", NEW."by", NEW."confirmed_at", NEW."confirmed_by_id", NEW."high", NEW."id", NEW."indicator_id", NEW."low", NEW."op", NEW."origin", NEW."origin_id", NEW."per_year", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."unit_id", NEW."whole_id", NEW."words"); RETURN NULL;',
                            hash="859718306378969d9911fc72f0eaf83bc3ba2f26",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_82569",
                            table="indicators_aim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_aimevent" ("baseline", "by", "confirmed_at", "confirmed_by_id", "high", "id", "indicator_id", "low", "op", "origin", "origin_id", "per_year", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "unit_id", "whole_id", "words") VALUES (NEW."baseline", NEW."by", NEW."confirmed_at", NEW."confirmed_by_id", NEW."high", NEW."id", NEW."indicator_id", NEW."low", NEW."op", NEW."origin", NEW."origin_id", NEW."per_year", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."unit_id", NEW."whole_id", NEW."words"); RETURN NULL;',
                            hash="955d6e281ffdee8130ad57917684a68ae9c7e7cf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2fc83",
                            table="indicators_aim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_aimevent" ("baseline", "by", "confirmed_at", "confirmed_by_id", "high", "id", "indicator_id", "low", "op", "origin", "origin_id", "per_year", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "unit_id", "whole_id", "words") VALUES (OLD."baseline", OLD."by", OLD."confirmed_at", OLD."confirmed_by_id", OLD."high", OLD."id", OLD."indicator_id", OLD."low", OLD."op", OLD."origin", OLD."origin_id", OLD."per_year", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."unit_id", OLD."whole_id", OLD."words"); RETURN NULL;',
                            hash="1eccd7cafbe3dd409ecd24d657f2b6ef5c24b6c7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e332",
                            table="indicators_aim",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="value",
                    trigger=pgtrigger.compiler.Trigger(
                        name="said_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                    IF (NEW."indicator_id", NEW."unit_id", NEW."province_id", NEW."period", NEW."figure", NEW."numerator", NEW."denominator", NEW."source", NEW."how", NEW."by_id", NEW."at", NEW."reason", NEW."replaces_id")\n                        IS DISTINCT FROM (OLD."indicator_id", OLD."unit_id", OLD."province_id", OLD."period", OLD."figure", OLD."numerator", OLD."denominator", OLD."source", OLD."how", OLD."by_id", OLD."at", OLD."reason", OLD."replaces_id") OR OLD.released AND NOT NEW.released\n                    THEN\n                        RAISE EXCEPTION \'a value is corrected by another row\' USING ERRCODE = \'check_violation\';\n                    END IF;\n                    RETURN NEW;\n                ',
                            hash="789229d6d8a8bdfdf5ba9993b571bda72c9d28a2",
                            operation="UPDATE",
                            pgid="pgtrigger_said_once_28b45",
                            table="indicators_value",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="value",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_valueevent" ("at", "by_id", "current", "denominator", "figure", "how", "id", "indicator_id", "numerator", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "released", "replaces_id", "source", "unit_id") VALUES (NEW."at", NEW."by_id", NEW."current", NEW."denominator", NEW."figure", NEW."how", NEW."id", NEW."indicator_id", NEW."numerator", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reason", NEW."released", NEW."replaces_id", NEW."source", NEW."unit_id"); RETURN NULL;',
                            hash="059d799b960fe4954a3274c23c1fe319fa255da6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f1f5",
                            table="indicators_value",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="value",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_valueevent" ("at", "by_id", "current", "denominator", "figure", "how", "id", "indicator_id", "numerator", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "released", "replaces_id", "source", "unit_id") VALUES (NEW."at", NEW."by_id", NEW."current", NEW."denominator", NEW."figure", NEW."how", NEW."id", NEW."indicator_id", NEW."numerator", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id", NEW."reason", NEW."released", NEW."replaces_id", NEW."source", NEW."unit_id"); RETURN NULL;',
                            hash="9582b10254b515c89c61062dd86b148a6b5c491f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_668d9",
                            table="indicators_value",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
