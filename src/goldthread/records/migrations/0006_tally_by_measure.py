from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_trust"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["authority", "measure", "cell"],
                include=(
                    "n",
                    "met",
                    "total",
                    "squares",
                    "at0",
                    "at1",
                    "at2",
                    "at3",
                    "not_applicable",
                    "undecided",
                ),
                name="tally_by_measure",
            ),
        ),
    ]
