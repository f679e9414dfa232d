from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0009_reports_to_judge"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                fields=["plan", "due_on"],
                include=("line", "period", "state", "touched_on", "reported_on"),
                name="plans_occurrence_counted",
            ),
        ),
        migrations.RemoveIndex(
            model_name="occurrence",
            name="plans_occur_plan_id_1409a4_idx",
        ),
    ]
