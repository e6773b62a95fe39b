from django.db import migrations, models

from goldthread.records.tenancy import ForceRowSecurity, at_door

AT_SIGN_IN = at_door("sign-in")


class Migration(migrations.Migration):
    dependencies = (("records", "0005_how_samples_were_asked"),)
    operations = (
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
        ForceRowSecurity("Attempt", read=AT_SIGN_IN, write=AT_SIGN_IN),
    )
