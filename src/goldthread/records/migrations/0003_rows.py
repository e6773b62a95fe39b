import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from goldthread.records.tenancy import InstallTriggers

TRACKED = (
    "Mapping",
    "Membership",
    "Provider",
    "Settings",
    "SupportVisit",
    "Invitation",
    "Sample",
    "Plan",
    "Conflict",
    "Document",
    "Experience",
    "SampleLine",
    "Audit",
    "GateDecision",
    "Part",
    "Answer",
)


class Migration(migrations.Migration):
    # Last of all, so that no other package's migration has all these models to think of.
    dependencies = [
        ("records", "0002_person"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="wrong, used", max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["digest", "at"], name="attempt_by_digest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "used")),
                        fields=("digest",),
                        name="attempt_used_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("authority",), name="chain_once")],
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("person", models.BigIntegerField(null=True)),
                ("via", models.CharField(max_length=20)),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(default="", max_length=80)),
                ("detail", models.JSONField(default=dict)),
                ("before", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "subject"], name="event_by_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "number"), name="event_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("columns", models.JSONField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "name"), name="mapping_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_mappinghistory" ("authority_id", "columns", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (NEW."authority_id", NEW."columns", NEW."id", NEW."name", NOW(), \'insert\', NEW."id", NEW."used_at"); RETURN NULL;',
                            hash="3f50f13368c0f313dea3365614ba4f63b1a6b094",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ed532",
                            table="records_mapping",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "records_mappinghistory" ("authority_id", "columns", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (NEW."authority_id", NEW."columns", NEW."id", NEW."name", NOW(), \'update\', NEW."id", NEW."used_at"); RETURN NULL;',
                            hash="28c239c8959940c98ed6fd7e0f27828ccb8a3f3d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08c09",
                            table="records_mapping",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_mappinghistory" ("authority_id", "columns", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (OLD."authority_id", OLD."columns", OLD."id", OLD."name", NOW(), \'delete\', OLD."id", OLD."used_at"); RETURN NULL;',
                            hash="aedfc01365630733dfe29e6b4fff23267fa73eba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f71eb",
                            table="records_mapping",
                            when="AFTER",
                        ),
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("agency", models.CharField(default="", max_length=20)),
                ("profession", models.CharField(default="", max_length=40)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(default=4, help_text="Audits a month."),
                ),
                (
                    "starts_on",
                    models.DateField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "person"), name="membership_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_membershiphistory" ("agency", "authority_id", "capacity", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "starts_on", "team") VALUES (NEW."agency", NEW."authority_id", NEW."capacity", NEW."ended_at", NEW."ends_at", NEW."id", NEW."person_id", NOW(), \'insert\', NEW."id", NEW."profession", NEW."roles", NEW."starts_on", NEW."team"); RETURN NULL;',
                            hash="d57c5c2ba96cb417ac23f66d53d0fa87c0b1ea06",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_14cb9",
                            table="records_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "records_membershiphistory" ("agency", "authority_id", "capacity", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "starts_on", "team") VALUES (NEW."agency", NEW."authority_id", NEW."capacity", NEW."ended_at", NEW."ends_at", NEW."id", NEW."person_id", NOW(), \'update\', NEW."id", NEW."profession", NEW."roles", NEW."starts_on", NEW."team"); RETURN NULL;',
                            hash="6f445b17ce7330866bff28b030118fb7474eaec2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_071ca",
                            table="records_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_membershiphistory" ("agency", "authority_id", "capacity", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "roles", "starts_on", "team") VALUES (OLD."agency", OLD."authority_id", OLD."capacity", OLD."ended_at", OLD."ends_at", OLD."id", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."profession", OLD."roles", OLD."starts_on", OLD."team"); RETURN NULL;',
                            hash="cbdbd04280782e3b94532de4f5427803f1d9aaa7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_662f8",
                            table="records_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("issuer", models.URLField(max_length=300)),
                ("client_id", models.CharField(max_length=200)),
                ("secret", models.TextField(default="", help_text="Encrypted.")),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_providerhistory" ("active", "authority_id", "client_id", "id", "issuer", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."active", NEW."authority_id", NEW."client_id", NEW."id", NEW."issuer", NEW."name", NOW(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;',
                            hash="f0ea28850ef0b4497f49f186ca797535e24f8007",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9dc61",
                            table="records_provider",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."active" IS DISTINCT FROM (NEW."active") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func='INSERT INTO "records_providerhistory" ("active", "authority_id", "client_id", "id", "issuer", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."active", NEW."authority_id", NEW."client_id", NEW."id", NEW."issuer", NEW."name", NOW(), \'update\', NEW."id", NEW."slug"); RETURN NULL;',
                            hash="672836cdc61f7f1d8933faff805db1774ec71907",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_937b5",
                            table="records_provider",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_providerhistory" ("active", "authority_id", "client_id", "id", "issuer", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."active", OLD."authority_id", OLD."client_id", OLD."id", OLD."issuer", OLD."name", NOW(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                            hash="6b2871bd07ca07386572d7728f32e2a44e5add72",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9a01",
                            table="records_provider",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("framework", models.CharField(default="ehc-ref@2026.1", max_length=60)),
                (
                    "salt",
                    models.CharField(
                        help_text="Published: with the frame it gives the draw.", max_length=64
                    ),
                ),
                ("blind", models.BooleanField(default=True)),
                ("keeps_identity", models.BooleanField(default=True)),
                ("keeps_documents", models.BooleanField(default=True)),
                ("document_months", models.PositiveSmallIntegerField(default=24)),
                ("words_months", models.PositiveSmallIntegerField(default=36)),
                ("identity_months", models.PositiveSmallIntegerField(default=72)),
                ("staff_months", models.PositiveSmallIntegerField(default=36)),
                ("local_sign_in", models.BooleanField(default=True)),
                ("yearly_target", models.PositiveIntegerField(default=120)),
                (
                    "contact",
                    models.CharField(
                        default="", help_text="Data protection contact.", max_length=200
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority",), name="settings_one_an_authority")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedIn",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "began_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "began_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_supportvisithistory" ("authority_id", "began_at", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."began_at", NEW."ended_at", NEW."ends_at", NEW."id", NEW."person_id", NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="16aea9e52b9a3528904e8fddc086bc8de2b65726",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec947",
                            table="records_supportvisit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."began_at" IS DISTINCT FROM (NEW."began_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id"))',
                            func='INSERT INTO "records_supportvisithistory" ("authority_id", "began_at", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."began_at", NEW."ended_at", NEW."ends_at", NEW."id", NEW."person_id", NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="7b916a902d392bcbe290a58f5e4087e34e8fdafc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c102",
                            table="records_supportvisit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_supportvisithistory" ("authority_id", "began_at", "ended_at", "ends_at", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."authority_id", OLD."began_at", OLD."ended_at", OLD."ends_at", OLD."id", OLD."person_id", NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="680850fdda48bbf820f2bb0491801d57670241d5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_50317",
                            table="records_supportvisit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                ("format", models.CharField(max_length=30)),
                ("file", models.CharField(help_text="The name of the file.", max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("read", models.PositiveIntegerField()),
                ("added", models.PositiveIntegerField()),
                ("updated", models.PositiveIntegerField()),
                ("refused", models.PositiveIntegerField()),
                (
                    "refusals",
                    models.JSONField(default=list, help_text="Row, field and sentence; no values."),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(default="", max_length=120)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("agency", models.CharField(default="", max_length=20)),
                ("profession", models.CharField(default="", max_length=40)),
                ("team", models.CharField(default="", max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                ("member_until", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.mapping",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("columns", models.JSONField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MembershipHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.membership",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("agency", models.CharField(default="", max_length=20)),
                ("profession", models.CharField(default="", max_length=40)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(default=4, help_text="Audits a month."),
                ),
                (
                    "starts_on",
                    models.DateField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProviderHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.provider",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("slug", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("issuer", models.URLField(max_length=300)),
                ("client_id", models.CharField(max_length=200)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("mode", models.CharField(help_text="random, thematic, risk-led", max_length=10)),
                ("subject", models.CharField(help_text="plan, review, advice", max_length=10)),
                ("framework", models.CharField(max_length=60)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), default=list, size=None
                    ),
                ),
                ("blind", models.BooleanField(default=True)),
                ("period", models.CharField(help_text="2026-11", max_length=20)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="Of the strata.",
                        size=None,
                    ),
                ),
                (
                    "frame",
                    models.TextField(help_text="Reference, tab, stratum: one line a plan, sorted."),
                ),
                ("frame_digest", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=64)),
                ("seed", models.CharField(max_length=64)),
                (
                    "sizes",
                    models.JSONField(
                        default=dict, help_text="Stratum: plans in the frame, plans drawn."
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        default="", help_text="Theme or risk: how the frame was chosen."
                    ),
                ),
                (
                    "asked",
                    models.TextField(
                        default="", help_text="The address of the steps that it came from."
                    ),
                ),
                ("state", models.CharField(default="drawn", max_length=10)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                (
                    "drawn_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "reference"), name="sample_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="SettingsHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.settings",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("framework", models.CharField(default="ehc-ref@2026.1", max_length=60)),
                (
                    "salt",
                    models.CharField(
                        help_text="Published: with the frame it gives the draw.", max_length=64
                    ),
                ),
                ("blind", models.BooleanField(default=True)),
                ("keeps_identity", models.BooleanField(default=True)),
                ("keeps_documents", models.BooleanField(default=True)),
                ("document_months", models.PositiveSmallIntegerField(default=24)),
                ("words_months", models.PositiveSmallIntegerField(default=36)),
                ("identity_months", models.PositiveSmallIntegerField(default=72)),
                ("staff_months", models.PositiveSmallIntegerField(default=36)),
                ("local_sign_in", models.BooleanField(default=True)),
                ("yearly_target", models.PositiveIntegerField(default=120)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportVisitHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.supportvisit",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "began_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InvitationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.invitation",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("agency", models.CharField(default="", max_length=20)),
                ("profession", models.CharField(default="", max_length=40)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "invited_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                ("member_until", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "local_digest",
                    models.CharField(
                        default="",
                        help_text="Keyed digest of the list's own id, to match again.",
                        max_length=64,
                    ),
                ),
                ("need", models.CharField(default="", max_length=8)),
                ("second_need", models.CharField(default="", max_length=8)),
                ("age_band", models.CharField(default="", max_length=8)),
                (
                    "year",
                    models.SmallIntegerField(help_text="School year; reception 0.", null=True),
                ),
                ("phase", models.CharField(default="", max_length=20)),
                ("plan_kind", models.CharField(default="unknown", max_length=20)),
                ("setting_kind", models.CharField(default="", max_length=30)),
                ("urn", models.CharField(default="", max_length=8)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "writer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.membership",
                    ),
                ),
                ("requested_on", models.DateField(null=True)),
                ("issued_on", models.DateField(null=True)),
                ("amended_on", models.DateField(null=True)),
                ("last_review_on", models.DateField(null=True)),
                ("ceased_on", models.DateField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="records.import"
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "reference"), name="plan_reference_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("local_digest", ""), _negated=True),
                        fields=("authority", "local_digest"),
                        name="plan_local_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_planhistory" ("authority_id", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_kind", "reference", "source_id", "team", "writer_id") VALUES (NEW."authority_id", NEW."id", NEW."made_at", NOW(), \'insert\', NEW."id", NEW."plan_kind", NEW."reference", NEW."source_id", NEW."team", NEW."writer_id"); RETURN NULL;',
                            hash="b8146d213379187f161d51ec0d459f4d02d56246",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5d826",
                            table="records_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."plan_kind" IS DISTINCT FROM (NEW."plan_kind") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."team" IS DISTINCT FROM (NEW."team") OR OLD."writer_id" IS DISTINCT FROM (NEW."writer_id"))',
                            func='INSERT INTO "records_planhistory" ("authority_id", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_kind", "reference", "source_id", "team", "writer_id") VALUES (NEW."authority_id", NEW."id", NEW."made_at", NOW(), \'update\', NEW."id", NEW."plan_kind", NEW."reference", NEW."source_id", NEW."team", NEW."writer_id"); RETURN NULL;',
                            hash="1d682786a5cc558a1f6f72dbd0de2a0ecc7926ec",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f3139",
                            table="records_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_planhistory" ("authority_id", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_kind", "reference", "source_id", "team", "writer_id") VALUES (OLD."authority_id", OLD."id", OLD."made_at", NOW(), \'delete\', OLD."id", OLD."plan_kind", OLD."reference", OLD."source_id", OLD."team", OLD."writer_id"); RETURN NULL;',
                            hash="9b88c4f7db486c1643662a650e318310840cc66f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_16abf",
                            table="records_plan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.sample",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("mode", models.CharField(help_text="random, thematic, risk-led", max_length=10)),
                ("subject", models.CharField(help_text="plan, review, advice", max_length=10)),
                ("framework", models.CharField(max_length=60)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), default=list, size=None
                    ),
                ),
                ("blind", models.BooleanField(default=True)),
                ("period", models.CharField(help_text="2026-11", max_length=20)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="Of the strata.",
                        size=None,
                    ),
                ),
                (
                    "frame",
                    models.TextField(help_text="Reference, tab, stratum: one line a plan, sorted."),
                ),
                ("frame_digest", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=64)),
                ("seed", models.CharField(max_length=64)),
                (
                    "sizes",
                    models.JSONField(
                        default=dict, help_text="Stratum: plans in the frame, plans drawn."
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        default="", help_text="Theme or risk: how the frame was chosen."
                    ),
                ),
                (
                    "asked",
                    models.TextField(
                        default="", help_text="The address of the steps that it came from."
                    ),
                ),
                ("state", models.CharField(default="drawn", max_length=10)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "drawn_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_on", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Adviser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.plan",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "member"), name="adviser_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="records.membership",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="records.plan"
                    ),
                ),
                ("urn", models.CharField(default="", max_length=8)),
                ("team", models.CharField(default="", max_length=80)),
                ("reason", models.CharField(max_length=300)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_conflicthistory" ("authority_id", "id", "made_at", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "team", "urn") VALUES (NEW."authority_id", NEW."id", NEW."made_at", NEW."member_id", NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."team", NEW."urn"); RETURN NULL;',
                            hash="57cf0133d8dfc4aed752ecb44a034510fbb430b5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3558a",
                            table="records_conflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."team" IS DISTINCT FROM (NEW."team") OR OLD."urn" IS DISTINCT FROM (NEW."urn"))',
                            func='INSERT INTO "records_conflicthistory" ("authority_id", "id", "made_at", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "team", "urn") VALUES (NEW."authority_id", NEW."id", NEW."made_at", NEW."member_id", NOW(), \'update\', NEW."id", NEW."plan_id", NEW."team", NEW."urn"); RETURN NULL;',
                            hash="e6bc05758c266adc7761aa996c89dc30ca32bf66",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e2ed",
                            table="records_conflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_conflicthistory" ("authority_id", "id", "made_at", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "team", "urn") VALUES (OLD."authority_id", OLD."id", OLD."made_at", OLD."member_id", NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."team", OLD."urn"); RETURN NULL;',
                            hash="cb97f72c5bef67677400506872d4e73ec6990689",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_377ec",
                            table="records_conflict",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="records.plan",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("status", models.CharField(default="unknown", max_length=10)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("profession", models.CharField(default="", max_length=40)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                ("requested_on", models.DateField(null=True)),
                ("dated_on", models.DateField(null=True)),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("digest", models.CharField(default="", max_length=64)),
                ("state", models.CharField(default="listed", max_length=10)),
                ("problem", models.CharField(default="", max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "reference"), name="document_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_documenthistory" ("added_at", "author_id", "authority_id", "digest", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "profession", "reference", "state", "status", "version") VALUES (NEW."added_at", NEW."author_id", NEW."authority_id", NEW."digest", NEW."id", NEW."kind", NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."problem", NEW."profession", NEW."reference", NEW."state", NEW."status", NEW."version"); RETURN NULL;',
                            hash="9ea3a6bd6e8cc3c4b3269b851e880f918b116c49",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bcae4",
                            table="records_document",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."profession" IS DISTINCT FROM (NEW."profession") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "records_documenthistory" ("added_at", "author_id", "authority_id", "digest", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "profession", "reference", "state", "status", "version") VALUES (NEW."added_at", NEW."author_id", NEW."authority_id", NEW."digest", NEW."id", NEW."kind", NOW(), \'update\', NEW."id", NEW."plan_id", NEW."problem", NEW."profession", NEW."reference", NEW."state", NEW."status", NEW."version"); RETURN NULL;',
                            hash="4e5b76e3202f0f6d5f01d0f2fa45733e233ecf4c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c9042",
                            table="records_document",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_documenthistory" ("added_at", "author_id", "authority_id", "digest", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "profession", "reference", "state", "status", "version") VALUES (OLD."added_at", OLD."author_id", OLD."authority_id", OLD."digest", OLD."id", OLD."kind", NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."problem", OLD."profession", OLD."reference", OLD."state", OLD."status", OLD."version"); RETURN NULL;',
                            hash="8b0eff96a6fd5bf0b9c811104078518e5aff0ea6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c3d31",
                            table="records_document",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.plan",
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=12)),
                (
                    "digest",
                    models.CharField(
                        default="", help_text="Of the link, while it is open.", max_length=64
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("comment", models.TextField(default="")),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_experiencehistory" ("answered_at", "authority_id", "expires_at", "form", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "who") VALUES (NEW."answered_at", NEW."authority_id", NEW."expires_at", NEW."form", NEW."id", NEW."made_at", NOW(), \'insert\', NEW."id", NEW."who"); RETURN NULL;',
                            hash="f893a183ea063ca16b98a1908f27985506876314",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20559",
                            table="records_experience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."who" IS DISTINCT FROM (NEW."who"))',
                            func='INSERT INTO "records_experiencehistory" ("answered_at", "authority_id", "expires_at", "form", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "who") VALUES (NEW."answered_at", NEW."authority_id", NEW."expires_at", NEW."form", NEW."id", NEW."made_at", NOW(), \'update\', NEW."id", NEW."who"); RETURN NULL;',
                            hash="c7ec47be6996cebfb8ff0df1abb11f810b90f810",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c6cd",
                            table="records_experience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_experiencehistory" ("answered_at", "authority_id", "expires_at", "form", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "who") VALUES (OLD."answered_at", OLD."authority_id", OLD."expires_at", OLD."form", OLD."id", OLD."made_at", NOW(), \'delete\', OLD."id", OLD."who"); RETURN NULL;',
                            hash="35e8eed99156113c3ce27d819fe65f46791a7f88",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f3f03",
                            table="records_experience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identity",
                        to="records.plan",
                    ),
                ),
                ("forename", models.CharField(default="", max_length=80)),
                ("surname", models.CharField(default="", max_length=80)),
                ("born", models.DateField(null=True)),
                ("upn", models.CharField(default="", max_length=13)),
                ("local_id", models.CharField(default="", max_length=60)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.plan",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("plan_kind", models.CharField(default="unknown", max_length=20)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "writer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.import",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SampleLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="records.sample",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.plan",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("stratum", models.CharField(max_length=120)),
                ("order", models.PositiveIntegerField()),
                ("role", models.CharField(help_text="main, reserve", max_length=8)),
                (
                    "state",
                    models.CharField(
                        default="in", help_text="in, replaced, waiting", max_length=10
                    ),
                ),
                ("reason", models.CharField(default="", max_length=300)),
                (
                    "takes_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.sampleline",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "reference"), name="sample_line_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_samplelinehistory" ("authority_id", "id", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "sample_id", "state", "stratum", "takes_from_id") VALUES (NEW."authority_id", NEW."id", NEW."order", NOW(), \'insert\', NEW."id", NEW."reference", NEW."role", NEW."sample_id", NEW."state", NEW."stratum", NEW."takes_from_id"); RETURN NULL;',
                            hash="b03a1f4065f770be0cceba0d5787d69a81c3f92b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cca17",
                            table="records_sampleline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."sample_id" IS DISTINCT FROM (NEW."sample_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."stratum" IS DISTINCT FROM (NEW."stratum") OR OLD."takes_from_id" IS DISTINCT FROM (NEW."takes_from_id"))',
                            func='INSERT INTO "records_samplelinehistory" ("authority_id", "id", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "sample_id", "state", "stratum", "takes_from_id") VALUES (NEW."authority_id", NEW."id", NEW."order", NOW(), \'update\', NEW."id", NEW."reference", NEW."role", NEW."sample_id", NEW."state", NEW."stratum", NEW."takes_from_id"); RETURN NULL;',
                            hash="69de303d99695ab64d29ee7af2af4dc61ecf7ade",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4cb07",
                            table="records_sampleline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_samplelinehistory" ("authority_id", "id", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "sample_id", "state", "stratum", "takes_from_id") VALUES (OLD."authority_id", OLD."id", OLD."order", NOW(), \'delete\', OLD."id", OLD."reference", OLD."role", OLD."sample_id", OLD."state", OLD."stratum", OLD."takes_from_id"); RETURN NULL;',
                            hash="2ccced205ae636861bb4d0816c78a74f3c59dc04",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3a7f2",
                            table="records_sampleline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="audits",
                        to="records.plan",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.document",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.sampleline",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        default="sample",
                        help_text="sample, double, draft, thematic, risk-led",
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(default="plan", max_length=10)),
                ("framework", models.CharField(max_length=60)),
                (
                    "facts",
                    models.JSONField(
                        default=dict, help_text="Status, year, age, setting, profiles."
                    ),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), default=list, size=None
                    ),
                ),
                ("mode", models.CharField(help_text="blind, assisted", max_length=10)),
                ("state", models.CharField(default="allotted", max_length=10)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_on", models.DateField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                (
                    "signed",
                    models.JSONField(
                        help_text="The signed answers and grade, without words.", null=True
                    ),
                ),
                ("digest", models.CharField(default="", max_length=64)),
                ("band", models.CharField(default="", max_length=24)),
                ("index", models.FloatField(null=True)),
                ("compliance", models.CharField(default="", max_length=12)),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "experience",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.experience",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "state"], name="audit_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "reference"), name="audit_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("signed__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_signed_whole",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_audithistory" ("authority_id", "band", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "state", "subject", "themes") VALUES (NEW."authority_id", NEW."band", NEW."compliance", NEW."digest", NEW."due_on", NEW."experience_id", NEW."framework", NEW."id", NEW."index", NEW."line_id", NEW."made_at", NEW."mode", NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reference", NEW."seconds", NEW."signed", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."subject", NEW."themes"); RETURN NULL;',
                            hash="8fe5ed133f76632fc5541e9249af457056614205",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dce67",
                            table="records_audit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."band" IS DISTINCT FROM (NEW."band") OR OLD."compliance" IS DISTINCT FROM (NEW."compliance") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."experience_id" IS DISTINCT FROM (NEW."experience_id") OR OLD."framework" IS DISTINCT FROM (NEW."framework") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."index" IS DISTINCT FROM (NEW."index") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."seconds" IS DISTINCT FROM (NEW."seconds") OR OLD."signed" IS DISTINCT FROM (NEW."signed") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."themes" IS DISTINCT FROM (NEW."themes"))',
                            func='INSERT INTO "records_audithistory" ("authority_id", "band", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "state", "subject", "themes") VALUES (NEW."authority_id", NEW."band", NEW."compliance", NEW."digest", NEW."due_on", NEW."experience_id", NEW."framework", NEW."id", NEW."index", NEW."line_id", NEW."made_at", NEW."mode", NOW(), \'update\', NEW."id", NEW."purpose", NEW."reference", NEW."seconds", NEW."signed", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."subject", NEW."themes"); RETURN NULL;',
                            hash="d1e090ccf3e8ee196347b59716b0b42e89bc763c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2b7fb",
                            table="records_audit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_audithistory" ("authority_id", "band", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "state", "subject", "themes") VALUES (OLD."authority_id", OLD."band", OLD."compliance", OLD."digest", OLD."due_on", OLD."experience_id", OLD."framework", OLD."id", OLD."index", OLD."line_id", OLD."made_at", OLD."mode", NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reference", OLD."seconds", OLD."signed", OLD."signed_at", OLD."signed_by_id", OLD."state", OLD."subject", OLD."themes"); RETURN NULL;',
                            hash="08ba327e530315d9a4ade59f8167dffe3fe0637b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e3cc2",
                            table="records_audit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.conflict",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.plan",
                    ),
                ),
                ("urn", models.CharField(default="", max_length=8)),
                ("team", models.CharField(default="", max_length=80)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DocumentHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.document",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.plan",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("status", models.CharField(default="unknown", max_length=10)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("profession", models.CharField(default="", max_length=40)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("digest", models.CharField(default="", max_length=64)),
                ("state", models.CharField(default="listed", max_length=10)),
                ("problem", models.CharField(default="", max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExperienceHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.experience",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=12)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="records.document",
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                (
                    "blocks",
                    models.JSONField(default=list, help_text="Criterion, source and reason code."),
                ),
                (
                    "overrides",
                    models.JSONField(default=list, help_text="Criteria that were overridden."),
                ),
                ("reason", models.TextField(default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_gatedecisionhistory" ("at", "authority_id", "blocks", "by_id", "document_id", "id", "overrides", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."at", NEW."authority_id", NEW."blocks", NEW."by_id", NEW."document_id", NEW."id", NEW."overrides", NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                            hash="876ce88b0c79cc599e49e036a884bda19d9e4517",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fd0ef",
                            table="records_gatedecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."blocks" IS DISTINCT FROM (NEW."blocks") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."overrides" IS DISTINCT FROM (NEW."overrides") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func='INSERT INTO "records_gatedecisionhistory" ("at", "authority_id", "blocks", "by_id", "document_id", "id", "overrides", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."at", NEW."authority_id", NEW."blocks", NEW."by_id", NEW."document_id", NEW."id", NEW."overrides", NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                            hash="7822df8d659c312755306be351b0042f53fd36a0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e722f",
                            table="records_gatedecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_gatedecisionhistory" ("at", "authority_id", "blocks", "by_id", "document_id", "id", "overrides", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."at", OLD."authority_id", OLD."blocks", OLD."by_id", OLD."document_id", OLD."id", OLD."overrides", NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                            hash="6165504c5b2e41f873ea48927316afb0634ac767",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7dde5",
                            table="records_gatedecision",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleLineHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.sampleline",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.sample",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("stratum", models.CharField(max_length=120)),
                ("order", models.PositiveIntegerField()),
                ("role", models.CharField(help_text="main, reserve", max_length=8)),
                (
                    "state",
                    models.CharField(
                        default="in", help_text="in, replaced, waiting", max_length=10
                    ),
                ),
                (
                    "takes_from",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.sampleline",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Stored",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stored",
                        to="records.document",
                    ),
                ),
                ("name", models.BinaryField(help_text="The file's name, encrypted.")),
                ("file", models.BinaryField(null=True)),
                ("paragraphs", models.BinaryField(help_text="JSON of the paragraphs, encrypted.")),
                (
                    "record",
                    models.BinaryField(help_text="JSON of the machine's CheckRecord, encrypted."),
                ),
                (
                    "machine",
                    models.JSONField(
                        default=dict, help_text="Criterion: suggested answer and state."
                    ),
                ),
                ("framework", models.CharField(default="", max_length=60)),
                ("engine", models.CharField(default="", max_length=20)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.audit",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.sampleline",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        default="sample",
                        help_text="sample, double, draft, thematic, risk-led",
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(default="plan", max_length=10)),
                ("framework", models.CharField(max_length=60)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), default=list, size=None
                    ),
                ),
                ("mode", models.CharField(help_text="blind, assisted", max_length=10)),
                ("state", models.CharField(default="allotted", max_length=10)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_on", models.DateField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "signed",
                    models.JSONField(
                        help_text="The signed answers and grade, without words.", null=True
                    ),
                ),
                ("digest", models.CharField(default="", max_length=64)),
                ("band", models.CharField(default="", max_length=24)),
                ("index", models.FloatField(null=True)),
                ("compliance", models.CharField(default="", max_length=12)),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "experience",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.experience",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GateDecisionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.gatedecision",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.document",
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                (
                    "blocks",
                    models.JSONField(default=list, help_text="Criterion, source and reason code."),
                ),
                (
                    "overrides",
                    models.JSONField(default=list, help_text="Criteria that were overridden."),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="records.audit",
                    ),
                ),
                ("agency", models.CharField(max_length=20)),
                (
                    "auditor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                ("lead", models.BooleanField(default=False)),
                ("state", models.CharField(default="allotted", max_length=10)),
                (
                    "allotted_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("seconds", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["auditor", "state"], name="part_by_auditor")],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "agency"), name="part_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_parthistory" ("agency", "allotted_at", "audit_id", "auditor_id", "authority_id", "done_at", "id", "lead", "opened_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "state") VALUES (NEW."agency", NEW."allotted_at", NEW."audit_id", NEW."auditor_id", NEW."authority_id", NEW."done_at", NEW."id", NEW."lead", NEW."opened_at", NOW(), \'insert\', NEW."id", NEW."seconds", NEW."state"); RETURN NULL;',
                            hash="a49566cf8e390c82436ba5707258609998a72fd5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0161f",
                            table="records_part",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "records_parthistory" ("agency", "allotted_at", "audit_id", "auditor_id", "authority_id", "done_at", "id", "lead", "opened_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "state") VALUES (NEW."agency", NEW."allotted_at", NEW."audit_id", NEW."auditor_id", NEW."authority_id", NEW."done_at", NEW."id", NEW."lead", NEW."opened_at", NOW(), \'update\', NEW."id", NEW."seconds", NEW."state"); RETURN NULL;',
                            hash="ae1591de75be88c812893fe7d6cc8b55c36d88ac",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e8c32",
                            table="records_part",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_parthistory" ("agency", "allotted_at", "audit_id", "auditor_id", "authority_id", "done_at", "id", "lead", "opened_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "state") VALUES (OLD."agency", OLD."allotted_at", OLD."audit_id", OLD."auditor_id", OLD."authority_id", OLD."done_at", OLD."id", OLD."lead", OLD."opened_at", NOW(), \'delete\', OLD."id", OLD."seconds", OLD."state"); RETURN NULL;',
                            hash="dece9dfb7458b300390aa2081ee6d740b3f2b416",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f5718",
                            table="records_part",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="records.audit",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="records.part",
                    ),
                ),
                ("criterion", models.CharField(max_length=60)),
                ("value", models.CharField(default="", max_length=16)),
                (
                    "first",
                    models.CharField(
                        default="", help_text="Before the machine was seen.", max_length=16
                    ),
                ),
                (
                    "machine",
                    models.JSONField(default=dict, help_text="Its suggestion, and when shown."),
                ),
                ("comment", models.TextField(default="")),
                (
                    "evidence",
                    models.JSONField(default=list, help_text="Places, with the words while kept."),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.membership",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "criterion"), name="answer_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_answerhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criterion", "first", "id", "machine", "part_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."audit_id", NEW."authority_id", NEW."criterion", NEW."first", NEW."id", NEW."machine", NEW."part_id", NOW(), \'insert\', NEW."id", NEW."value", NEW."version"); RETURN NULL;',
                            hash="322642ed86d741fc3d372f1a66e77963cd90e05a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b2a7",
                            table="records_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."audit_id" IS DISTINCT FROM (NEW."audit_id") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."criterion" IS DISTINCT FROM (NEW."criterion") OR OLD."first" IS DISTINCT FROM (NEW."first") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."machine" IS DISTINCT FROM (NEW."machine") OR OLD."part_id" IS DISTINCT FROM (NEW."part_id") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "records_answerhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criterion", "first", "id", "machine", "part_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."audit_id", NEW."authority_id", NEW."criterion", NEW."first", NEW."id", NEW."machine", NEW."part_id", NOW(), \'update\', NEW."id", NEW."value", NEW."version"); RETURN NULL;',
                            hash="aaa426d8c1277fa5a32b74ce81c18d29df713041",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9f3a4",
                            table="records_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "records_answerhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criterion", "first", "id", "machine", "part_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."audit_id", OLD."authority_id", OLD."criterion", OLD."first", OLD."id", OLD."machine", OLD."part_id", NOW(), \'delete\', OLD."id", OLD."value", OLD."version"); RETURN NULL;',
                            hash="69c1febcbc2eba7e89ab6e5c3effcae7b3725caa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9d763",
                            table="records_answer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.part",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.audit",
                    ),
                ),
                ("agency", models.CharField(max_length=20)),
                (
                    "auditor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                ("lead", models.BooleanField(default=False)),
                ("state", models.CharField(default="allotted", max_length=10)),
                (
                    "allotted_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("seconds", models.PositiveIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AnswerHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.answer",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.authority",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.audit",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.part",
                    ),
                ),
                ("criterion", models.CharField(max_length=60)),
                ("value", models.CharField(default="", max_length=16)),
                (
                    "first",
                    models.CharField(
                        default="", help_text="Before the machine was seen.", max_length=16
                    ),
                ),
                (
                    "machine",
                    models.JSONField(default=dict, help_text="Its suggestion, and when shown."),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.membership",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="advisers",
            field=models.ManyToManyField(
                related_name="+", through="records.Adviser", to="records.membership"
            ),
        ),
        *(InstallTriggers(model) for model in TRACKED),
    ]
