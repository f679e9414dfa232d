"""`vn_fold` first: generated columns of every app stand on it."""

from django.db import migrations, models

VN_FOLD = r"""
create function vn_fold(t text) returns text language sql immutable strict parallel safe as
$$ select translate(lower(regexp_replace(normalize(t, NFD), U&'[\0300-\036F]', '', 'g')), U&'\0111', 'd') $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(VN_FOLD, "drop function vn_fold"),
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
