import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_trust"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tally",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.authority",
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="cell",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="records.cell",
            ),
        ),
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
