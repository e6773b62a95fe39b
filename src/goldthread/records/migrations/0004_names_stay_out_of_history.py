import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_kept_apart"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="settings",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="settings",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="settings",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="invitationhistory",
            name="email",
        ),
        migrations.RemoveField(
            model_name="invitationhistory",
            name="name",
        ),
        migrations.RemoveField(
            model_name="settingshistory",
            name="contact",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_invitationhistory" ("agency", "authority_id", "expires_at", "id", "invited_by_id", "made_at", "member_until", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "team", "used_at", "withdrawn_at") VALUES (NEW."agency", NEW."authority_id", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."made_at", NEW."member_until", NOW(), \'insert\', NEW."id", NEW."profession", NEW."roles", NEW."team", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                    hash="154f9975c286d617d827b6c55683cdaab88b637f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_304ca",
                    table="records_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agency" IS DISTINCT FROM (NEW."agency") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."member_until" IS DISTINCT FROM (NEW."member_until") OR OLD."profession" IS DISTINCT FROM (NEW."profession") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."team" IS DISTINCT FROM (NEW."team") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "records_invitationhistory" ("agency", "authority_id", "expires_at", "id", "invited_by_id", "made_at", "member_until", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "team", "used_at", "withdrawn_at") VALUES (NEW."agency", NEW."authority_id", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."made_at", NEW."member_until", NOW(), \'update\', NEW."id", NEW."profession", NEW."roles", NEW."team", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                    hash="80be84812376a0aaaec0fbf0a0fb2e1bfbd68eee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b25df",
                    table="records_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_invitationhistory" ("agency", "authority_id", "expires_at", "id", "invited_by_id", "made_at", "member_until", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "team", "used_at", "withdrawn_at") VALUES (OLD."agency", OLD."authority_id", OLD."expires_at", OLD."id", OLD."invited_by_id", OLD."made_at", OLD."member_until", NOW(), \'delete\', OLD."id", OLD."profession", OLD."roles", OLD."team", OLD."used_at", OLD."withdrawn_at"); RETURN NULL;',
                    hash="5c8128bbf5bf0a5a16333532a4112499d8e863a8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_49362",
                    table="records_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settings",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "salt", "staff_months", "words_months", "yearly_target") VALUES (NEW."authority_id", NEW."blind", NEW."document_months", NEW."framework", NEW."id", NEW."identity_months", NEW."keeps_documents", NEW."keeps_identity", NEW."local_sign_in", NOW(), \'insert\', NEW."id", NEW."salt", NEW."staff_months", NEW."words_months", NEW."yearly_target"); RETURN NULL;',
                    hash="2265b6e1b51532b5bcb5864b387a1b3f612404cd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3f507",
                    table="records_settings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."blind" IS DISTINCT FROM (NEW."blind") OR OLD."document_months" IS DISTINCT FROM (NEW."document_months") OR OLD."framework" IS DISTINCT FROM (NEW."framework") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identity_months" IS DISTINCT FROM (NEW."identity_months") OR OLD."keeps_documents" IS DISTINCT FROM (NEW."keeps_documents") OR OLD."keeps_identity" IS DISTINCT FROM (NEW."keeps_identity") OR OLD."local_sign_in" IS DISTINCT FROM (NEW."local_sign_in") OR OLD."salt" IS DISTINCT FROM (NEW."salt") OR OLD."staff_months" IS DISTINCT FROM (NEW."staff_months") OR OLD."words_months" IS DISTINCT FROM (NEW."words_months") OR OLD."yearly_target" IS DISTINCT FROM (NEW."yearly_target"))',
                    func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "salt", "staff_months", "words_months", "yearly_target") VALUES (NEW."authority_id", NEW."blind", NEW."document_months", NEW."framework", NEW."id", NEW."identity_months", NEW."keeps_documents", NEW."keeps_identity", NEW."local_sign_in", NOW(), \'update\', NEW."id", NEW."salt", NEW."staff_months", NEW."words_months", NEW."yearly_target"); RETURN NULL;',
                    hash="238477afc197cd060dd0a1bed4f3652de7313bf2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5e06f",
                    table="records_settings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "salt", "staff_months", "words_months", "yearly_target") VALUES (OLD."authority_id", OLD."blind", OLD."document_months", OLD."framework", OLD."id", OLD."identity_months", OLD."keeps_documents", OLD."keeps_identity", OLD."local_sign_in", NOW(), \'delete\', OLD."id", OLD."salt", OLD."staff_months", OLD."words_months", OLD."yearly_target"); RETURN NULL;',
                    hash="c073048a248b08d92b3ea25aa2bfab8833a6d84f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_23e78",
                    table="records_settings",
                    when="AFTER",
                ),
            ),
        ),
    ]
