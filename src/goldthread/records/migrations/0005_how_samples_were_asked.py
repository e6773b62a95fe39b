import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_names_stay_out_of_history"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="sample",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sample",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sample",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="sample",
            name="asked",
            field=models.TextField(
                default="", help_text="The address of the steps that it came from."
            ),
        ),
        migrations.AddField(
            model_name="samplehistory",
            name="asked",
            field=models.TextField(
                default="", help_text="The address of the steps that it came from."
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_samplehistory" ("asked", "authority_id", "blind", "drawn_at", "drawn_by_id", "due_on", "frame", "frame_digest", "framework", "id", "keys", "mode", "period", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "salt", "seed", "sizes", "state", "subject", "themes", "title", "why") VALUES (NEW."asked", NEW."authority_id", NEW."blind", NEW."drawn_at", NEW."drawn_by_id", NEW."due_on", NEW."frame", NEW."frame_digest", NEW."framework", NEW."id", NEW."keys", NEW."mode", NEW."period", NOW(), \'insert\', NEW."id", NEW."reference", NEW."salt", NEW."seed", NEW."sizes", NEW."state", NEW."subject", NEW."themes", NEW."title", NEW."why"); RETURN NULL;',
                    hash="dc6b6d5a6c201538dbe66410ce675d3e0565f13d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_81a75",
                    table="records_sample",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "records_samplehistory" ("asked", "authority_id", "blind", "drawn_at", "drawn_by_id", "due_on", "frame", "frame_digest", "framework", "id", "keys", "mode", "period", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "salt", "seed", "sizes", "state", "subject", "themes", "title", "why") VALUES (NEW."asked", NEW."authority_id", NEW."blind", NEW."drawn_at", NEW."drawn_by_id", NEW."due_on", NEW."frame", NEW."frame_digest", NEW."framework", NEW."id", NEW."keys", NEW."mode", NEW."period", NOW(), \'update\', NEW."id", NEW."reference", NEW."salt", NEW."seed", NEW."sizes", NEW."state", NEW."subject", NEW."themes", NEW."title", NEW."why"); RETURN NULL;',
                    hash="e8f751e7a2da7bfb654b2090c59d4b53997c2754",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_58024",
                    table="records_sample",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_samplehistory" ("asked", "authority_id", "blind", "drawn_at", "drawn_by_id", "due_on", "frame", "frame_digest", "framework", "id", "keys", "mode", "period", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "salt", "seed", "sizes", "state", "subject", "themes", "title", "why") VALUES (OLD."asked", OLD."authority_id", OLD."blind", OLD."drawn_at", OLD."drawn_by_id", OLD."due_on", OLD."frame", OLD."frame_digest", OLD."framework", OLD."id", OLD."keys", OLD."mode", OLD."period", NOW(), \'delete\', OLD."id", OLD."reference", OLD."salt", OLD."seed", OLD."sizes", OLD."state", OLD."subject", OLD."themes", OLD."title", OLD."why"); RETURN NULL;',
                    hash="7f8e1ed26cb588f96bc5ce052bc829558f28503b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2daab",
                    table="records_sample",
                    when="AFTER",
                ),
            ),
        ),
    ]
