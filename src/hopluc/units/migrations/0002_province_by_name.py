"""The province of an agency becomes a unit: first its name moves aside."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="agency", name="units_agency_one_of_a_kind"),
        migrations.RenameField("agency", "province", "province_name"),
        migrations.RenameField("agencyevent", "province", "province_name"),
    ]
