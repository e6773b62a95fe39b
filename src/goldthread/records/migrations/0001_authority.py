import django.core.validators
from django.db import migrations, models

from goldthread.records.tenancy import ForceRowSecurity


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                r"\A[0-9]{3}\Z", "An authority's code has three digits."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "current",
                    models.BooleanField(help_text="False once merged or split into others."),
                ),
            ],
            options={
                "verbose_name_plural": "authorities",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}$")),
                        name="authority_code_three_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="authority_has_a_name",
                    ),
                ],
            },
        ),
        # The list is public, so every row may be read; nobody but the owner writes it.
        ForceRowSecurity("Authority", read="true"),
    )
