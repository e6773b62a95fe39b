"""When professional advice was asked for and when it came, of all plans."""

from __future__ import annotations

import calendar
import datetime as dt

from goldthread.core.report.quality.advice import Piece
from goldthread.records.models import Document
from goldthread.records.scope import Here


def advice_asked(here: Here, since: dt.date, until: dt.date) -> tuple[Piece, ...]:
    """Advice asked for from the first day of `since`'s month to the last of `until`'s, and advice
    dated in them of which nobody knows when it was asked for.

    No reference and no child: dates, the profession and the author's number. Errors: NotAllowed.
    """
    here.check("see-figures")
    last = until.replace(day=calendar.monthrange(until.year, until.month)[1])
    span = (since.replace(day=1), last)
    rows = Document.objects.filter(authority_id=here.authority, kind="advice")
    asked = rows.filter(requested_on__range=span)
    undated = rows.filter(requested_on=None, dated_on__range=span)
    fields = ("profession", "requested_on", "dated_on", "author")
    return tuple(Piece(*row) for found in (asked, undated) for row in found.values_list(*fields))
