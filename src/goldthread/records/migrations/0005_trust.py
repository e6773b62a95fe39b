import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.db import migrations, models

from goldthread.records.tenancy import OWN, ChangeTriggers, ForceRowSecurity, SameAuthority

OWNED = ("Moderation", "Decision", "Reply", "AuditMapping", "Cell", "Tally", "Pulse")
HISTORIES = ("ModerationHistory", "DecisionHistory", "ReplyHistory", "AuditMappingHistory")
POINTERS = (
    ("Audit", "source"),
    ("Moderation", "audit", "second", "opened_by", "decided_by"),
    ("Decision", "moderation"),
    ("Reply", "audit", "member", "moderation", "answered_by"),
    ("Tally", "cell"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_kept_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "record",
                    models.JSONField(help_text="The `PastMapping` of `core/audit/past.py`."),
                ),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditMappingHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                (
                    "record",
                    models.JSONField(help_text="The `PastMapping` of `core/audit/past.py`."),
                ),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="The first day of the month of signing.")),
                ("framework", models.CharField(max_length=60)),
                ("subject", models.CharField(help_text="plan, review, advice", max_length=10)),
                (
                    "drawn",
                    models.CharField(
                        help_text="random, thematic, risk-led, draft, imported", max_length=10
                    ),
                ),
                ("plan_kind", models.CharField(default="", max_length=20)),
                ("age_band", models.CharField(default="", max_length=8)),
                ("need", models.CharField(default="", max_length=8)),
                ("phase", models.CharField(default="", max_length=20)),
                ("setting_kind", models.CharField(default="", max_length=30)),
                ("team", models.CharField(default="", max_length=80)),
                ("profession", models.CharField(default="", max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=60)),
                ("first", models.CharField(default="", max_length=16)),
                ("second", models.CharField(default="", max_length=16)),
                (
                    "value",
                    models.CharField(
                        default="", help_text="What counts from now on.", max_length=16
                    ),
                ),
                ("reason", models.TextField(default="")),
            ],
        ),
        migrations.CreateModel(
            name="DecisionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("criterion", models.CharField(max_length=60)),
                ("first", models.CharField(default="", max_length=16)),
                ("second", models.CharField(default="", max_length=16)),
                (
                    "value",
                    models.CharField(
                        default="", help_text="What counts from now on.", max_length=16
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Moderation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "why",
                    models.CharField(
                        help_text="double, gate, outstanding, reply, asked", max_length=12
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default="waiting", help_text="waiting, decided", max_length=12
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ModerationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=12)),
                (
                    "why",
                    models.CharField(
                        help_text="double, gate, outstanding, reply, asked", max_length=12
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default="waiting", help_text="waiting, decided", max_length=12
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("who", models.CharField(help_text="writer, adviser", max_length=8)),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("words", models.TextField(default="")),
                (
                    "state",
                    models.CharField(
                        default="waiting", help_text="waiting, answered", max_length=10
                    ),
                ),
                (
                    "outcome",
                    models.CharField(default="", help_text="kept, moderated, noted", max_length=10),
                ),
                ("answer", models.TextField(default="")),
                (
                    "said_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReplyHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=12)),
                ("who", models.CharField(help_text="writer, adviser", max_length=8)),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default="waiting", help_text="waiting, answered", max_length=10
                    ),
                ),
                (
                    "outcome",
                    models.CharField(default="", help_text="kept, moderated, noted", max_length=10),
                ),
                (
                    "said_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=60)),
                ("n", models.IntegerField(default=0)),
                ("met", models.IntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("squares", models.BigIntegerField(default=0)),
                ("at0", models.IntegerField(default=0)),
                ("at1", models.IntegerField(default=0)),
                ("at2", models.IntegerField(default=0)),
                ("at3", models.IntegerField(default=0)),
                ("not_applicable", models.IntegerField(default=0)),
                ("undecided", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.AddField(
            model_name="audit",
            name="anchor",
            field=models.CharField(
                default="", help_text="Of an invented anchor plan.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="cell",
            field=models.JSONField(
                default=dict,
                help_text="Month, draw and case-mix groups that its counts are kept under.",
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="source",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="audits",
                to="records.import",
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="standing",
            field=models.JSONField(
                help_text="What counts since it was moderated, in the form of `signed`.", null=True
            ),
        ),
        migrations.AddField(
            model_name="audithistory",
            name="anchor",
            field=models.CharField(
                default="", help_text="Of an invented anchor plan.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="audithistory",
            name="cell",
            field=models.JSONField(
                default=dict,
                help_text="Month, draw and case-mix groups that its counts are kept under.",
            ),
        ),
        migrations.AddField(
            model_name="audithistory",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.import",
            ),
        ),
        migrations.AddField(
            model_name="audithistory",
            name="standing",
            field=models.JSONField(
                help_text="What counts since it was moderated, in the form of `signed`.", null=True
            ),
        ),
        migrations.AddField(
            model_name="settings",
            name="reply_days",
            field=models.PositiveSmallIntegerField(
                default=15, help_text="For a writer or adviser to reply to an audit; 0: no end."
            ),
        ),
        migrations.AddField(
            model_name="settingshistory",
            name="reply_days",
            field=models.PositiveSmallIntegerField(
                default=15, help_text="For a writer or adviser to reply to an audit; 0: no end."
            ),
        ),
        migrations.AddField(
            model_name="auditmapping",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="auditmappinghistory",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="auditmappinghistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="records.auditmapping",
            ),
        ),
        migrations.AddField(
            model_name="cell",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="decisionhistory",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="decisionhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="records.decision",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="moderations",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="second",
            field=models.ForeignKey(
                help_text="The blind second audit of the same document.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="decisionhistory",
            name="moderation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.moderation",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="moderation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="records.moderation",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="audit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="opened_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="records.moderation",
            ),
        ),
        migrations.AddField(
            model_name="moderationhistory",
            name="second",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="The blind second audit of the same document.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="pulse",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="moderation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replies",
                to="records.moderation",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="answered_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="audit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.audit",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="member",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.membership",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="moderation",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="records.moderation",
            ),
        ),
        migrations.AddField(
            model_name="replyhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="records.reply",
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="cell",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="records.cell",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditmapping",
            constraint=models.UniqueConstraint(
                fields=("authority", "name"), name="audit_mapping_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cell",
            constraint=models.UniqueConstraint(
                fields=(
                    "authority",
                    "month",
                    "framework",
                    "subject",
                    "drawn",
                    "plan_kind",
                    "age_band",
                    "need",
                    "phase",
                    "setting_kind",
                    "team",
                    "profession",
                ),
                name="cell_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.UniqueConstraint(
                fields=("authority", "reference"), name="moderation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("audit",),
                name="moderation_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("moderation", "criterion"), name="decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.UniqueConstraint(
                fields=("authority",), name="pulse_one_an_authority"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("authority", "reference"), name="reply_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("cell", "measure"), name="tally_once"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 0)), name="tally_not_negative"
            ),
        ),
        migrations.AlterField(
            model_name="audit",
            name="purpose",
            field=models.CharField(
                default="sample",
                help_text="sample, double, draft, thematic, risk-led, anchor, imported",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="audithistory",
            name="purpose",
            field=models.CharField(
                default="sample",
                help_text="sample, double, draft, thematic, risk-led, anchor, imported",
                max_length=10,
            ),
        ),
        ChangeTriggers(
            "audit",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_audithistory" ("anchor", "authority_id", "band", "cell", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "source_id", "standing", "state", "subject", "themes") VALUES (NEW."anchor", NEW."authority_id", NEW."band", NEW."cell", NEW."compliance", NEW."digest", NEW."due_on", NEW."experience_id", NEW."framework", NEW."id", NEW."index", NEW."line_id", NEW."made_at", NEW."mode", NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reference", NEW."seconds", NEW."signed", NEW."signed_at", NEW."signed_by_id", NEW."source_id", NEW."standing", NEW."state", NEW."subject", NEW."themes"); RETURN NULL;',
                        hash="aa77bb8988268d2743029ce1a33f9f9c00501ab3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_dce67",
                        table="records_audit",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."anchor" IS DISTINCT FROM (NEW."anchor") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."band" IS DISTINCT FROM (NEW."band") OR OLD."cell" IS DISTINCT FROM (NEW."cell") OR OLD."compliance" IS DISTINCT FROM (NEW."compliance") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."experience_id" IS DISTINCT FROM (NEW."experience_id") OR OLD."framework" IS DISTINCT FROM (NEW."framework") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."index" IS DISTINCT FROM (NEW."index") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."seconds" IS DISTINCT FROM (NEW."seconds") OR OLD."signed" IS DISTINCT FROM (NEW."signed") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."standing" IS DISTINCT FROM (NEW."standing") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."themes" IS DISTINCT FROM (NEW."themes"))',
                        func='INSERT INTO "records_audithistory" ("anchor", "authority_id", "band", "cell", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "source_id", "standing", "state", "subject", "themes") VALUES (NEW."anchor", NEW."authority_id", NEW."band", NEW."cell", NEW."compliance", NEW."digest", NEW."due_on", NEW."experience_id", NEW."framework", NEW."id", NEW."index", NEW."line_id", NEW."made_at", NEW."mode", NOW(), \'update\', NEW."id", NEW."purpose", NEW."reference", NEW."seconds", NEW."signed", NEW."signed_at", NEW."signed_by_id", NEW."source_id", NEW."standing", NEW."state", NEW."subject", NEW."themes"); RETURN NULL;',
                        hash="6e694744fe4263aa0106667e2cb0200c4699cfd6",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_2b7fb",
                        table="records_audit",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_audithistory" ("anchor", "authority_id", "band", "cell", "compliance", "digest", "due_on", "experience_id", "framework", "id", "index", "line_id", "made_at", "mode", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "seconds", "signed", "signed_at", "signed_by_id", "source_id", "standing", "state", "subject", "themes") VALUES (OLD."anchor", OLD."authority_id", OLD."band", OLD."cell", OLD."compliance", OLD."digest", OLD."due_on", OLD."experience_id", OLD."framework", OLD."id", OLD."index", OLD."line_id", OLD."made_at", OLD."mode", NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reference", OLD."seconds", OLD."signed", OLD."signed_at", OLD."signed_by_id", OLD."source_id", OLD."standing", OLD."state", OLD."subject", OLD."themes"); RETURN NULL;',
                        hash="96db352f1cac0be1b983a7f3e26440b64debdb8f",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_e3cc2",
                        table="records_audit",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        ChangeTriggers(
            "settings",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_days", "salt", "staff_months", "words_months", "yearly_target") VALUES (NEW."authority_id", NEW."blind", NEW."document_months", NEW."framework", NEW."id", NEW."identity_months", NEW."keeps_documents", NEW."keeps_identity", NEW."local_sign_in", NOW(), \'insert\', NEW."id", NEW."reply_days", NEW."salt", NEW."staff_months", NEW."words_months", NEW."yearly_target"); RETURN NULL;',
                        hash="8eea4c923f294ea67bd551b8fd7dae831934b565",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_3f507",
                        table="records_settings",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."blind" IS DISTINCT FROM (NEW."blind") OR OLD."document_months" IS DISTINCT FROM (NEW."document_months") OR OLD."framework" IS DISTINCT FROM (NEW."framework") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identity_months" IS DISTINCT FROM (NEW."identity_months") OR OLD."keeps_documents" IS DISTINCT FROM (NEW."keeps_documents") OR OLD."keeps_identity" IS DISTINCT FROM (NEW."keeps_identity") OR OLD."local_sign_in" IS DISTINCT FROM (NEW."local_sign_in") OR OLD."reply_days" IS DISTINCT FROM (NEW."reply_days") OR OLD."salt" IS DISTINCT FROM (NEW."salt") OR OLD."staff_months" IS DISTINCT FROM (NEW."staff_months") OR OLD."words_months" IS DISTINCT FROM (NEW."words_months") OR OLD."yearly_target" IS DISTINCT FROM (NEW."yearly_target"))',
                        func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_days", "salt", "staff_months", "words_months", "yearly_target") VALUES (NEW."authority_id", NEW."blind", NEW."document_months", NEW."framework", NEW."id", NEW."identity_months", NEW."keeps_documents", NEW."keeps_identity", NEW."local_sign_in", NOW(), \'update\', NEW."id", NEW."reply_days", NEW."salt", NEW."staff_months", NEW."words_months", NEW."yearly_target"); RETURN NULL;',
                        hash="1518de1e845a4d50e1bf958cdb2bcb9de4731c4c",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_5e06f",
                        table="records_settings",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_settingshistory" ("authority_id", "blind", "document_months", "framework", "id", "identity_months", "keeps_documents", "keeps_identity", "local_sign_in", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_days", "salt", "staff_months", "words_months", "yearly_target") VALUES (OLD."authority_id", OLD."blind", OLD."document_months", OLD."framework", OLD."id", OLD."identity_months", OLD."keeps_documents", OLD."keeps_identity", OLD."local_sign_in", NOW(), \'delete\', OLD."id", OLD."reply_days", OLD."salt", OLD."staff_months", OLD."words_months", OLD."yearly_target"); RETURN NULL;',
                        hash="ca3e2bc227a2d62f273ce0122f3e538ad624d2d1",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_23e78",
                        table="records_settings",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        ChangeTriggers(
            "auditmapping",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_auditmappinghistory" ("authority_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "used_at") VALUES (NEW."authority_id", NEW."id", NEW."name", NOW(), \'insert\', NEW."id", NEW."record", NEW."used_at"); RETURN NULL;',
                        hash="ab83fe6d0f8d56ed8b41b374a8abbe0655944d1d",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_dd4aa",
                        table="records_auditmapping",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "records_auditmappinghistory" ("authority_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "used_at") VALUES (NEW."authority_id", NEW."id", NEW."name", NOW(), \'update\', NEW."id", NEW."record", NEW."used_at"); RETURN NULL;',
                        hash="3b92a4b8f4f0a7a7cb64e1a903a6afc865b9e9de",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_33d96",
                        table="records_auditmapping",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_auditmappinghistory" ("authority_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "used_at") VALUES (OLD."authority_id", OLD."id", OLD."name", NOW(), \'delete\', OLD."id", OLD."record", OLD."used_at"); RETURN NULL;',
                        hash="a723bf2f1fea12d72230f31d994bfd35deb63580",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_08e53",
                        table="records_auditmapping",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        ChangeTriggers(
            "moderation",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_moderationhistory" ("after", "audit_id", "authority_id", "before", "decided_at", "decided_by_id", "id", "opened_at", "opened_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "second_id", "state", "why") VALUES (NEW."after", NEW."audit_id", NEW."authority_id", NEW."before", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NOW(), \'insert\', NEW."id", NEW."reference", NEW."second_id", NEW."state", NEW."why"); RETURN NULL;',
                        hash="4341d22e15db833abc1fb34103713eea182a6e03",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_505bc",
                        table="records_moderation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "records_moderationhistory" ("after", "audit_id", "authority_id", "before", "decided_at", "decided_by_id", "id", "opened_at", "opened_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "second_id", "state", "why") VALUES (NEW."after", NEW."audit_id", NEW."authority_id", NEW."before", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NOW(), \'update\', NEW."id", NEW."reference", NEW."second_id", NEW."state", NEW."why"); RETURN NULL;',
                        hash="11466a2c267bad275b7e87acfe3ae489733d9452",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_e304a",
                        table="records_moderation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_moderationhistory" ("after", "audit_id", "authority_id", "before", "decided_at", "decided_by_id", "id", "opened_at", "opened_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "second_id", "state", "why") VALUES (OLD."after", OLD."audit_id", OLD."authority_id", OLD."before", OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."opened_at", OLD."opened_by_id", NOW(), \'delete\', OLD."id", OLD."reference", OLD."second_id", OLD."state", OLD."why"); RETURN NULL;',
                        hash="e2913a8ac380d0c8fa708fcf6e2fc23cd1192546",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_b0ab9",
                        table="records_moderation",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        ChangeTriggers(
            "decision",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_decisionhistory" ("authority_id", "criterion", "first", "id", "moderation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second", "value") VALUES (NEW."authority_id", NEW."criterion", NEW."first", NEW."id", NEW."moderation_id", NOW(), \'insert\', NEW."id", NEW."second", NEW."value"); RETURN NULL;',
                        hash="1093dce160d3da7a56ba550e68956b63f558c225",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_174df",
                        table="records_decision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."criterion" IS DISTINCT FROM (NEW."criterion") OR OLD."first" IS DISTINCT FROM (NEW."first") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."moderation_id" IS DISTINCT FROM (NEW."moderation_id") OR OLD."second" IS DISTINCT FROM (NEW."second") OR OLD."value" IS DISTINCT FROM (NEW."value"))',
                        func='INSERT INTO "records_decisionhistory" ("authority_id", "criterion", "first", "id", "moderation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second", "value") VALUES (NEW."authority_id", NEW."criterion", NEW."first", NEW."id", NEW."moderation_id", NOW(), \'update\', NEW."id", NEW."second", NEW."value"); RETURN NULL;',
                        hash="27a22ed3e33b94d357021470feecdd737c7b1e3f",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_434e1",
                        table="records_decision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_decisionhistory" ("authority_id", "criterion", "first", "id", "moderation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second", "value") VALUES (OLD."authority_id", OLD."criterion", OLD."first", OLD."id", OLD."moderation_id", NOW(), \'delete\', OLD."id", OLD."second", OLD."value"); RETURN NULL;',
                        hash="5dbc761f91c1b6412abd3788e52fead902f7b318",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_119b9",
                        table="records_decision",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        ChangeTriggers(
            "reply",
            [
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_replyhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criteria", "id", "member_id", "moderation_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "said_at", "state", "who") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."audit_id", NEW."authority_id", NEW."criteria", NEW."id", NEW."member_id", NEW."moderation_id", NEW."outcome", NOW(), \'insert\', NEW."id", NEW."reference", NEW."said_at", NEW."state", NEW."who"); RETURN NULL;',
                        hash="3f67d084f819df06e0b4b78dd4529b95c47cb863",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_0f1d5",
                        table="records_reply",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."audit_id" IS DISTINCT FROM (NEW."audit_id") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."criteria" IS DISTINCT FROM (NEW."criteria") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."moderation_id" IS DISTINCT FROM (NEW."moderation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."said_at" IS DISTINCT FROM (NEW."said_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."who" IS DISTINCT FROM (NEW."who"))',
                        func='INSERT INTO "records_replyhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criteria", "id", "member_id", "moderation_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "said_at", "state", "who") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."audit_id", NEW."authority_id", NEW."criteria", NEW."id", NEW."member_id", NEW."moderation_id", NEW."outcome", NOW(), \'update\', NEW."id", NEW."reference", NEW."said_at", NEW."state", NEW."who"); RETURN NULL;',
                        hash="af423e84c1f4fbafc73c74e5270f136c7f6409b2",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_733e3",
                        table="records_reply",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "records_replyhistory" ("answered_at", "answered_by_id", "audit_id", "authority_id", "criteria", "id", "member_id", "moderation_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "said_at", "state", "who") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."audit_id", OLD."authority_id", OLD."criteria", OLD."id", OLD."member_id", OLD."moderation_id", OLD."outcome", NOW(), \'delete\', OLD."id", OLD."reference", OLD."said_at", OLD."state", OLD."who"); RETURN NULL;',
                        hash="92baff7cee36404cd9b6937f01b35988fc2c7f66",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_45d5f",
                        table="records_reply",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        *(ForceRowSecurity(model, read=OWN, write=OWN) for model in OWNED),
        *(ForceRowSecurity(model, read=OWN, write=OWN, append=True) for model in HISTORIES),
        *(SameAuthority(*pointer) for pointer in POINTERS),
    ]
