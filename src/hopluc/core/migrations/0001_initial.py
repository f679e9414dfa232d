"""`vn_fold` and `vn_plain` first: generated columns of every app stand on them."""

from django.db import migrations, models

VN_FOLD = r"""
create function vn_fold(t text) returns text language sql immutable strict parallel safe as
$$ select translate(lower(regexp_replace(normalize(t, NFD), U&'[\0300-\036F]', '', 'g')), U&'\0111', 'd') $$
"""

# PostgreSQL takes 1627/KH-UBND for a path and 2021-2025 for a negative number: without their marks they are words.
VN_PLAIN = r"""
create function vn_plain(t text) returns text language sql immutable strict parallel safe as
$$ select regexp_replace(normalize(t, NFC), U&'[!-/:-@[-`{-~\00A0-\00BF\00D7\00F7\2010-\203A\2212]+', ' ', 'g') $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(VN_FOLD, "drop function vn_fold"),
        migrations.RunSQL(VN_PLAIN, "drop function vn_plain"),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("data", models.FileField(upload_to="")),
                ("received_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="core_file_sha256"
                    )
                ],
            },
        ),
    ]
