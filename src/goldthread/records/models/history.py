"""Every change of a row, kept by triggers of the database (django-pghistory).

Triggers see bulk writes and hand-written SQL too. What names a child, a family, a person at
work or a secret, and words that people wrote, never enter the history: it needs no erasing.
"""

from typing import Any

import pghistory
from django.db import models

from goldthread.records.models.owned import Classed

HIDDEN = ("identity", "special", "named", "words", "document", "credential")


def with_history(model: type[Classed]) -> Any:
    """Class decorator: a table <Model>History that triggers fill, with the fields that may stay."""
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=[name for name, said in model.personal.items() if said in HIDDEN],
        model_name=f"{model.__name__}History",
        obj_field=pghistory.ObjForeignKey(
            on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
        ),
        context_field=None,  # type: ignore[arg-type]
        context_id_field=None,  # type: ignore[arg-type]
        append_only=False,
    )
    return track(model)
