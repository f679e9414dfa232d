import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_initial"),
        ("plans", "0002_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="update_update",
        ),
        migrations.RemoveIndex(
            model_name="assignment",
            name="plans_assig_body_id_66b44c_idx",
        ),
        migrations.RemoveField(
            model_name="plan",
            name="sort_key",
        ),
        migrations.AddField(
            model_name="assignment",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to="plans.plan",
            ),
        ),
        # No trigger stands on updates just now: filling a column changes nothing that people did.
        migrations.RunSQL(
            "UPDATE plans_assignment SET plan_id = plans_task.plan_id FROM plans_task WHERE plans_task.id = task_id",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="assignment",
            name="plan",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="plans.plan"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["plan", "body", "role", "position", "task"], name="plans_assig_plan_id_76f2a6_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["plan", "heading", "topic", "deadline_kind"], name="plans_task_plan_id_83ae4a_idx"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id"))',
                    func='INSERT INTO "plans_assignmentevent" ("body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "task_id") VALUES (NEW."body_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."role", NEW."task_id"); RETURN NULL;',
                    hash="633e78004aad85f644bf02f5c9098d39647ca6a6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c0858",
                    table="plans_assignment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("task", "role", "position"), name="plans_assignment_position"),
        ),
    ]
