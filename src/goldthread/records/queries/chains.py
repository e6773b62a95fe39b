"""Whether the event logs are whole."""

from goldthread.records.log import Verified, verify
from goldthread.records.models import Authority, Chain, Event
from goldthread.records.scope import Refused, scope


def verify_all(code: str = "") -> list[Verified]:
    """One result for each authority that has a log, by code; or for the one of `code`.

    Errors: Refused when there is no such authority.
    """
    codes = list(Authority.objects.order_by("code").values_list("code", flat=True))
    if code and code not in codes:
        raise Refused(f"There is no authority with the code {code}.")
    found = [verify_one(each) for each in ([code] if code else codes)]
    return [log for log in found if code or log.events or log.fault]


def verify_one(code: str) -> Verified:
    """Goes through every event of one authority."""
    with scope(authority=code):
        events = Event.objects.filter(authority_id=code).order_by("number").iterator(2000)
        return verify(code, events, Chain.objects.filter(authority_id=code).first())
