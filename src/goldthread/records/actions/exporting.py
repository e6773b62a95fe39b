"""Handing out what is kept about a child or a person; each time is an event."""

from goldthread.records.log import record
from goldthread.records.queries.subject import Everything, about_person, about_plan
from goldthread.records.scope import Here


def export_plan(here: Here, reference: str) -> Everything:
    """All that is kept about the child of a plan. Errors: NotAllowed, ObjectDoesNotExist."""
    found = about_plan(here, reference)
    record(here, "plan.export", subject=reference, files=len(found.files))
    return found


def export_person(here: Here, member: int) -> Everything:
    """All that this authority keeps about one of its people. Errors: as `export_plan`."""
    found = about_person(here, member)
    record(here, "person.export", subject=found.who)
    return found
