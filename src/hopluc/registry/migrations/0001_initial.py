import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import hopluc.core.fields
import hopluc.core.search
import hopluc.registry.models.batches
import hopluc.registry.models.figures
from hopluc.core.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0003_sealing"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("import", "import of a list"),
                                    ("demonstration", "demonstration, all invented"),
                                ],
                                max_length=13,
                            ),
                        ),
                        ("name", models.CharField(max_length=255)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["import", "demonstration"])),
                                name="registry_batch_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "person"),
                                    ("household", "household"),
                                    ("organisation", "organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("number", models.CharField(blank=True, db_collation="C", max_length=20)),
                        ("foreign", models.BooleanField(default=False)),
                        ("born", models.DateField(blank=True, null=True)),
                        (
                            "sex",
                            models.CharField(
                                blank=True, choices=[("female", "female"), ("male", "male")], max_length=6
                            ),
                        ),
                        ("ethnicity", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "parties",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), _negated=True),
                                    models.Q(("kind", "organisation"), _negated=True),
                                ),
                                fields=("number",),
                                name="registry_party_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["person", "household", "organisation"])),
                                name="registry_party_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("htx", "Cooperative"),
                                    ("lhhtx", "Union of cooperatives"),
                                    ("tht", "Cooperative group"),
                                    ("qtdnd", "People's credit fund"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("code", models.CharField(blank=True, db_collation="C", max_length=20)),
                        ("registered", models.BooleanField(default=True)),
                        ("founded_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("name", models.CharField(max_length=300)),
                        ("other_names", models.CharField(blank=True, max_length=400)),
                        (
                            "legal_status",
                            models.CharField(
                                choices=[
                                    ("active", "in operation"),
                                    ("suspended", "suspended"),
                                    ("revoked", "certificate withdrawn by tax enforcement"),
                                    ("closing", "being wound up, divided or merged"),
                                    ("bankruptcy", "in bankruptcy proceedings"),
                                    ("absent", "not at its registered address"),
                                    ("ended", "ended"),
                                ],
                                default="active",
                                max_length=10,
                            ),
                        ),
                        (
                            "operating",
                            models.CharField(
                                choices=[
                                    ("working", "working"),
                                    ("stopped", "stopped, waiting to be dissolved"),
                                    ("unknown", "not known"),
                                ],
                                default="working",
                                max_length=7,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("sector", models.CharField(blank=True, db_collation="C", max_length=20)),
                        ("industry", models.CharField(blank=True, db_collation="C", max_length=5)),
                        (
                            "charter_capital",
                            models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True),
                        ),
                        ("governance", models.CharField(blank=True, max_length=10)),
                        ("size", models.CharField(blank=True, max_length=8)),
                        ("members", models.PositiveIntegerField(default=0)),
                        ("official_members", models.PositiveIntegerField(default=0)),
                        ("figures_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("revenue", models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True)),
                        ("sort_key", hopluc.core.fields.SortKeyField(db_collation="C", editable=False, of="name")),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=hopluc.core.search.Lexemes(
                                    django.db.models.functions.text.Concat(
                                        django.db.models.functions.text.Lower(
                                            django.db.models.functions.text.Concat(
                                                models.F("name"),
                                                models.Value(" "),
                                                models.F("other_names"),
                                                models.Value(" "),
                                                models.F("code"),
                                                models.Value(" "),
                                                output_field=models.TextField(),
                                            )
                                        ),
                                        models.Value(" "),
                                        hopluc.core.search.VnFold(
                                            django.db.models.functions.text.Concat(
                                                models.F("name"),
                                                models.Value(" "),
                                                models.F("other_names"),
                                                models.Value(" "),
                                                models.F("code"),
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
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                            ),
                        ),
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisation",
                                to="registry.party",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_key", "pk"],
                        "indexes": [
                            models.Index(fields=["sort_key", "id"], name="registry_or_sort_ke_f08bc2_idx"),
                            models.Index(fields=["province", "sort_key", "id"], name="registry_or_provinc_be42f4_idx"),
                            models.Index(fields=["unit", "sort_key"], name="registry_or_unit_id_acf443_idx"),
                            models.Index(fields=["code"], name="registry_or_code_62c5cf_idx"),
                            models.Index(
                                fields=["province", "kind", "legal_status", "operating", "sector"],
                                name="registry_or_provinc_6d2e00_idx",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="registry_organisation_words"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("code", ""), _negated=True), ("ended_on", None)),
                                fields=("code",),
                                name="registry_organisation_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["htx", "lhhtx", "tht", "qtdnd"])),
                                name="registry_organisation_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None), ("ended_on__gte", models.F("founded_on")), _connector="OR"
                                ),
                                name="registry_organisation_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("legal_status", "ended")),
                                    models.Q(models.Q(("legal_status", "ended"), _negated=True), ("ended_on", None)),
                                    _connector="OR",
                                ),
                                name="registry_organisation_ended_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(db_collation="C", max_length=20)),
                        ("day", models.DateField()),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("filed_on", models.DateField(blank=True, null=True)),
                        ("answered_on", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("document", models.CharField(max_length=300)),
                        (
                            "status_before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in operation"),
                                    ("suspended", "suspended"),
                                    ("revoked", "certificate withdrawn by tax enforcement"),
                                    ("closing", "being wound up, divided or merged"),
                                    ("bankruptcy", "in bankruptcy proceedings"),
                                    ("absent", "not at its registered address"),
                                    ("ended", "ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status_after",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in operation"),
                                    ("suspended", "suspended"),
                                    ("revoked", "certificate withdrawn by tax enforcement"),
                                    ("closing", "being wound up, divided or merged"),
                                    ("bankruptcy", "in bankruptcy proceedings"),
                                    ("absent", "not at its registered address"),
                                    ("ended", "ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "day", "pk"],
                        "indexes": [models.Index(fields=["kind", "day"], name="registry_ev_kind_2a586d_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("document", ""), _negated=True), name="registry_event_document"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("day")), _connector="OR"),
                                name="registry_event_until",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.PositiveSmallIntegerField()),
                        ("item", models.PositiveIntegerField(default=0)),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("text", models.TextField(blank=True)),
                        ("amount", models.DecimalField(blank=True, decimal_places=4, max_digits=24, null=True)),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facts",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "what", "item", "validity"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "what", "item", "validity"), name="registry_fact_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="registry_fact_somewhen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("item__gte", 0), ("item__lt", 1000000)), name="registry_fact_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True),
                                    ("amount__isnull", False),
                                    ("unit__isnull", False),
                                    _connector="OR",
                                ),
                                name="registry_fact_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True), name="registry_fact_source"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figures",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "revenue",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "revenue_members",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "profit",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "income",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "assets",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "equity",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "indivisible_fund",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "indivisible_assets",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "tax_paid",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        ("members", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("members_new", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("members_left", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("workers", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("workers_members", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("managers", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("managers_trained", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "figures",
                        "ordering": ["organisation", "year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "year"), name="registry_figures_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", True), _negated=True),
                                name="registry_figures_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Officer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "post",
                            models.CharField(
                                choices=[
                                    ("representative", "legal representative"),
                                    ("chair", "chair of the board"),
                                    ("director", "director"),
                                    ("head", "head of the group"),
                                    ("board", "member of the board"),
                                    ("supervisor", "supervisor"),
                                    ("accountant", "chief accountant"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "qualification",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "no training"),
                                    ("primary", "primary vocational"),
                                    ("secondary", "secondary vocational"),
                                    ("college", "college"),
                                    ("university", "university or higher"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="officers",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="registry.party"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "validity", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "party", "validity"), name="registry_officer_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="registry_officer_somewhen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "official member"),
                                    ("capital", "associate with capital"),
                                    ("service", "associate without capital"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("contribution", models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True)),
                        ("promised", models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="registry.party",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "number", "validity"],
                        "indexes": [
                            models.Index(fields=["organisation", "number", "id"], name="registry_me_organis_1c4e58_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "party", "validity"), name="registry_membership_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="registry_membership_somewhen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["official", "capital", "service"])),
                                name="registry_membership_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "service"), _negated=True),
                                    ("contribution", None),
                                    ("contribution", 0),
                                    _connector="OR",
                                ),
                                name="registry_membership_service_without_capital",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FiguresEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.PositiveSmallIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "revenue",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "revenue_members",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "profit",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "income",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "assets",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "equity",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "indivisible_fund",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "indivisible_assets",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        (
                            "tax_paid",
                            hopluc.registry.models.figures.MoneyField(
                                blank=True, decimal_places=0, max_digits=18, null=True
                            ),
                        ),
                        ("members", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("members_new", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("members_left", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("workers", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("workers_members", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("managers", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("managers_trained", hopluc.registry.models.figures.CountField(blank=True, null=True)),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
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
                                to="registry.figures",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("what", models.PositiveSmallIntegerField()),
                        ("item", models.PositiveIntegerField(default=0)),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("text", models.TextField(blank=True)),
                        ("amount", models.DecimalField(blank=True, decimal_places=4, max_digits=24, null=True)),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
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
                                to="registry.fact",
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
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("kind", models.CharField(db_collation="C", max_length=20)),
                        ("day", models.DateField()),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("filed_on", models.DateField(blank=True, null=True)),
                        ("answered_on", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("document", models.CharField(max_length=300)),
                        (
                            "status_before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in operation"),
                                    ("suspended", "suspended"),
                                    ("revoked", "certificate withdrawn by tax enforcement"),
                                    ("closing", "being wound up, divided or merged"),
                                    ("bankruptcy", "in bankruptcy proceedings"),
                                    ("absent", "not at its registered address"),
                                    ("ended", "ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status_after",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in operation"),
                                    ("suspended", "suspended"),
                                    ("revoked", "certificate withdrawn by tax enforcement"),
                                    ("closing", "being wound up, divided or merged"),
                                    ("bankruptcy", "in bankruptcy proceedings"),
                                    ("absent", "not at its registered address"),
                                    ("ended", "ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="core.storedfile",
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
                                to="registry.event",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OfficerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "post",
                            models.CharField(
                                choices=[
                                    ("representative", "legal representative"),
                                    ("chair", "chair of the board"),
                                    ("director", "director"),
                                    ("head", "head of the group"),
                                    ("board", "member of the board"),
                                    ("supervisor", "supervisor"),
                                    ("accountant", "chief accountant"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "qualification",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "no training"),
                                    ("primary", "primary vocational"),
                                    ("secondary", "secondary vocational"),
                                    ("college", "college"),
                                    ("university", "university or higher"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("source", models.TextField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
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
                                to="registry.officer",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "official member"),
                                    ("capital", "associate with capital"),
                                    ("service", "associate without capital"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("contribution", models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True)),
                        ("promised", models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
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
                                to="registry.membership",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PartyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "person"),
                                    ("household", "household"),
                                    ("organisation", "organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("number", models.CharField(blank=True, db_collation="C", max_length=20)),
                        ("foreign", models.BooleanField(default=False)),
                        ("born", models.DateField(blank=True, null=True)),
                        (
                            "sex",
                            models.CharField(
                                blank=True, choices=[("female", "female"), ("male", "male")], max_length=6
                            ),
                        ),
                        ("ethnicity", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
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
                                to="registry.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successions",
                                to="registry.event",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successors",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="predecessors",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["event", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "target", "event"), name="registry_succession_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="registry_succession_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuccessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "batch",
                            hopluc.registry.models.batches.BatchField(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.batch",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.event",
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
                                to="registry.succession",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="figures",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_figuresevent" ("assets", "batch_id", "equity", "id", "income", "indivisible_assets", "indivisible_fund", "managers", "managers_trained", "members", "members_left", "members_new", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profit", "revenue", "revenue_members", "source", "tax_paid", "workers", "workers_members", "year") VALUES (NEW."assets", NEW."batch_id", NEW."equity", NEW."id", NEW."income", NEW."indivisible_assets", NEW."indivisible_fund", NEW."managers", NEW."managers_trained", NEW."members", NEW."members_left", NEW."members_new", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profit", NEW."revenue", NEW."revenue_members", NEW."source", NEW."tax_paid", NEW."workers", NEW."workers_members", NEW."year"); RETURN NULL;',
                            hash="b25da0e5a84fcd8e9e9da68aa56e3718c315d6f6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2fff1",
                            table="registry_figures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="figures",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_figuresevent" ("assets", "batch_id", "equity", "id", "income", "indivisible_assets", "indivisible_fund", "managers", "managers_trained", "members", "members_left", "members_new", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profit", "revenue", "revenue_members", "source", "tax_paid", "workers", "workers_members", "year") VALUES (NEW."assets", NEW."batch_id", NEW."equity", NEW."id", NEW."income", NEW."indivisible_assets", NEW."indivisible_fund", NEW."managers", NEW."managers_trained", NEW."members", NEW."members_left", NEW."members_new", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profit", NEW."revenue", NEW."revenue_members", NEW."source", NEW."tax_paid", NEW."workers", NEW."workers_members", NEW."year"); RETURN NULL;',
                            hash="9683294e374e86d7e3e2d446e2d6723321f7c208",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_145d7",
                            table="registry_figures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="figures",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_figuresevent" ("assets", "batch_id", "equity", "id", "income", "indivisible_assets", "indivisible_fund", "managers", "managers_trained", "members", "members_left", "members_new", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profit", "revenue", "revenue_members", "source", "tax_paid", "workers", "workers_members", "year") VALUES (OLD."assets", OLD."batch_id", OLD."equity", OLD."id", OLD."income", OLD."indivisible_assets", OLD."indivisible_fund", OLD."managers", OLD."managers_trained", OLD."members", OLD."members_left", OLD."members_new", OLD."organisation_id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profit", OLD."revenue", OLD."revenue_members", OLD."source", OLD."tax_paid", OLD."workers", OLD."workers_members", OLD."year"); RETURN NULL;',
                            hash="287a5f5959dabd70f7668d9191e1147dac6e60a8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c3b7a",
                            table="registry_figures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_fact r ON r.organisation_id = n.organisation_id\n                AND r.what = n.what AND r.item = n.item AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="c172a51b89c5246099a07858810ac667a0381901",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_one_at_a_time_insert_066f2",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_fact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_fact r ON r.organisation_id = n.organisation_id\n                AND r.what = n.what AND r.item = n.item AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="26ff489dac2b3096ff638deae6e6a10317d5c856",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_one_at_a_time_update_2a23c",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_fact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_factevent" ("amount", "batch_id", "id", "item", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "unit_id", "validity", "what") VALUES (NEW."amount", NEW."batch_id", NEW."id", NEW."item", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."text", NEW."unit_id", NEW."validity", NEW."what"); RETURN NULL;',
                            hash="05e5789504915f7c7e43b73d6a529bff8bfc4d2d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_056f3",
                            table="registry_fact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_factevent" ("amount", "batch_id", "id", "item", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "unit_id", "validity", "what") VALUES (NEW."amount", NEW."batch_id", NEW."id", NEW."item", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."text", NEW."unit_id", NEW."validity", NEW."what"); RETURN NULL;',
                            hash="0bd13e4a6d3aa5a519b00a9e20eaa5f0f7aab4e4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7b382",
                            table="registry_fact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_factevent" ("amount", "batch_id", "id", "item", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "unit_id", "validity", "what") VALUES (OLD."amount", OLD."batch_id", OLD."id", OLD."item", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."text", OLD."unit_id", OLD."validity", OLD."what"); RETURN NULL;',
                            hash="16f6413473c37986cf13a3dcbee1986dd078d1d1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_136ed",
                            table="registry_fact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_eventevent" ("answered_on", "at", "batch_id", "by_id", "day", "decided_on", "document", "file_id", "filed_on", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status_after", "status_before", "until") VALUES (NEW."answered_on", NEW."at", NEW."batch_id", NEW."by_id", NEW."day", NEW."decided_on", NEW."document", NEW."file_id", NEW."filed_on", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status_after", NEW."status_before", NEW."until"); RETURN NULL;',
                            hash="3eef305b6f16fa9e6cacc51203336f3b521636bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ae93d",
                            table="registry_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_eventevent" ("answered_on", "at", "batch_id", "by_id", "day", "decided_on", "document", "file_id", "filed_on", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status_after", "status_before", "until") VALUES (NEW."answered_on", NEW."at", NEW."batch_id", NEW."by_id", NEW."day", NEW."decided_on", NEW."document", NEW."file_id", NEW."filed_on", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status_after", NEW."status_before", NEW."until"); RETURN NULL;',
                            hash="93ac60bd1b84340b3dd1be9a1e13f2559a831995",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87d05",
                            table="registry_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_eventevent" ("answered_on", "at", "batch_id", "by_id", "day", "decided_on", "document", "file_id", "filed_on", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status_after", "status_before", "until") VALUES (OLD."answered_on", OLD."at", OLD."batch_id", OLD."by_id", OLD."day", OLD."decided_on", OLD."document", OLD."file_id", OLD."filed_on", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."status_after", OLD."status_before", OLD."until"); RETURN NULL;',
                            hash="8c5fa892de6a879bbcc3e9f77a8e6d5d2f225616",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dca6b",
                            table="registry_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_partyevent" ("address", "batch_id", "born", "ethnicity", "foreign", "id", "kind", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex") VALUES (NEW."address", NEW."batch_id", NEW."born", NEW."ethnicity", NEW."foreign", NEW."id", NEW."kind", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."sex"); RETURN NULL;',
                            hash="deb9408141b024890fefc1fc01c53067e70bde78",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_63d20",
                            table="registry_party",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_partyevent" ("address", "batch_id", "born", "ethnicity", "foreign", "id", "kind", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex") VALUES (NEW."address", NEW."batch_id", NEW."born", NEW."ethnicity", NEW."foreign", NEW."id", NEW."kind", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."sex"); RETURN NULL;',
                            hash="5fa656d02e34233938bc04aff17048e110e081d8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_db9d9",
                            table="registry_party",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_partyevent" ("address", "batch_id", "born", "ethnicity", "foreign", "id", "kind", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex") VALUES (OLD."address", OLD."batch_id", OLD."born", OLD."ethnicity", OLD."foreign", OLD."id", OLD."kind", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."sex"); RETURN NULL;',
                            hash="e913b07f83642977d887e5674a8c2cd39c0eb358",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bc69e",
                            table="registry_party",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="officer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_officer r ON r.organisation_id = n.organisation_id\n                AND r.party_id = n.party_id AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="1f54531c9e82574003fca9581eb0b6165b9a4060",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_one_at_a_time_insert_0eceb",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_officer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="officer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_officer r ON r.organisation_id = n.organisation_id\n                AND r.party_id = n.party_id AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="10b65ff7ade394b3712ae4d5bd7bbdf77966b98a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_one_at_a_time_update_7f8b0",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_officer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="officer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_officerevent" ("batch_id", "id", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification", "source", "validity") VALUES (NEW."batch_id", NEW."id", NEW."organisation_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."qualification", NEW."source", NEW."validity"); RETURN NULL;',
                            hash="af2ac977402f3483f7b5850c82fe1aedaf17b157",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_305b0",
                            table="registry_officer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="officer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_officerevent" ("batch_id", "id", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification", "source", "validity") VALUES (NEW."batch_id", NEW."id", NEW."organisation_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."qualification", NEW."source", NEW."validity"); RETURN NULL;',
                            hash="b3bf9f575f01b4e79a38f9a5365811b20f25ba20",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e505f",
                            table="registry_officer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="officer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_officerevent" ("batch_id", "id", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification", "source", "validity") VALUES (OLD."batch_id", OLD."id", OLD."organisation_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."qualification", OLD."source", OLD."validity"); RETURN NULL;',
                            hash="c004c246a39a4b40e9fd78ac9d5e200caf2d998d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7c81c",
                            table="registry_officer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_membership r ON r.organisation_id = n.organisation_id\n                AND r.party_id = n.party_id AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="29b87aebc1342f039681af4b3f89500a25a9c89d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_one_at_a_time_insert_7a437",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="one_at_a_time_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM 1 FROM registry_organisation\n            WHERE id IN (SELECT organisation_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM new_rows n JOIN registry_membership r ON r.organisation_id = n.organisation_id\n                AND r.party_id = n.party_id AND r.id <> n.id AND r.validity && n.validity\n            ) THEN\n                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="0fd4e7d53eedf6568f6daf430129f520d338d6c5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_one_at_a_time_update_99797",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="registry_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_membershipevent" ("batch_id", "contribution", "id", "kind", "number", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised", "validity") VALUES (NEW."batch_id", NEW."contribution", NEW."id", NEW."kind", NEW."number", NEW."organisation_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."promised", NEW."validity"); RETURN NULL;',
                            hash="fd1ec5dab6b9f53778c09eb6a4ae2f14c6e7ec12",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40ab0",
                            table="registry_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_membershipevent" ("batch_id", "contribution", "id", "kind", "number", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised", "validity") VALUES (NEW."batch_id", NEW."contribution", NEW."id", NEW."kind", NEW."number", NEW."organisation_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promised", NEW."validity"); RETURN NULL;',
                            hash="bd9d019a838ef5dc6392b209496bcfa5a598c0f1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2e25f",
                            table="registry_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_membershipevent" ("batch_id", "contribution", "id", "kind", "number", "organisation_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised", "validity") VALUES (OLD."batch_id", OLD."contribution", OLD."id", OLD."kind", OLD."number", OLD."organisation_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."promised", OLD."validity"); RETURN NULL;',
                            hash="5f08e525fac48cd980d0f0452248082a6e64b9f7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c1c02",
                            table="registry_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."batch_id" IS NULL)',
                            func='INSERT INTO "registry_successionevent" ("batch_id", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") VALUES (NEW."batch_id", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source_id", NEW."target_id"); RETURN NULL;',
                            hash="79bc98b8a19fc11b23d3d094cf704bf453dd3597",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9eae7",
                            table="registry_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "registry_successionevent" ("batch_id", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") VALUES (NEW."batch_id", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source_id", NEW."target_id"); RETURN NULL;',
                            hash="d90b54fc3261a5ca2d98defb34700e56107a2e2c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e885",
                            table="registry_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch_id" IS NULL)',
                            func='INSERT INTO "registry_successionevent" ("batch_id", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") VALUES (OLD."batch_id", OLD."event_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_id", OLD."target_id"); RETURN NULL;',
                            hash="f4b535f1c4c0aab5944ab25a4ac44b6bbade911f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5cc8c",
                            table="registry_succession",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
