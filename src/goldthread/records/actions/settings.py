"""Changing how an authority works."""

from collections.abc import Collection

from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Identity, Mapping, Settings, Stored
from goldthread.records.queries.settings import MONTHS, Chosen, Kept, kept
from goldthread.records.scope import Here, Refused, Stale

MONTHS_ALLOWED = range(1, 301)
MOST_A_YEAR = 100_000
MOST_REPLY_DAYS = 365


def check_chosen(chosen: Chosen, editions: Collection[str]) -> None:
    """Errors: WrongField, one sentence. `editions`: keys of the frameworks there are."""
    if chosen.framework not in editions:
        raise WrongField("framework", f"There is no edition “{chosen.framework}”; choose one.")
    for field in MONTHS:
        if getattr(chosen, field) not in MONTHS_ALLOWED:
            raise WrongField(field, "Months must be a whole number from 1 to 300.")
    if not 1 <= chosen.yearly_target <= MOST_A_YEAR:
        raise WrongField("yearly_target", "Audits a year must be a whole number from 1 to 100,000.")
    if not 0 <= chosen.reply_days <= MOST_REPLY_DAYS:
        raise WrongField("reply_days", "Days for a reply must be a whole number from 0 to 365.")
    if len(chosen.contact) > 200:
        raise WrongField("contact", "The contact is too long; use at most 200 characters.")


def would_go(here: Here, chosen: Chosen) -> Kept:
    """What these settings would remove at once."""
    now = kept(here)
    return Kept(
        0 if chosen.keeps_identity else now.identities, 0 if chosen.keeps_documents else now.files
    )


def change_settings(
    here: Here, chosen: Chosen, editions: Collection[str], confirmed: Kept | None = None
) -> None:
    """Takes over all settings, and removes what may no longer be kept.

    `confirmed`: what the person was told would be removed. Errors: NotAllowed; WrongField; Refused
    when something would be removed that nobody confirmed; Stale when there is more by now.
    """
    here.check("manage-settings")
    check_chosen(chosen, editions)
    row = Settings.objects.select_for_update().get(authority_id=here.authority)
    going = would_go(here, chosen)
    if going != Kept(0, 0) and confirmed is None:
        raise Refused("This would remove what is kept; confirm it first.")
    if going != Kept(0, 0) and going != confirmed:
        raise Stale("The number of records to be removed has changed; look at it again.")
    changed = [n for n in Chosen.__dataclass_fields__ if getattr(row, n) != getattr(chosen, n)]
    for name in Chosen.__dataclass_fields__:
        setattr(row, name, getattr(chosen, name))
    row.save()
    if going.identities:
        Identity.objects.filter(authority_id=here.authority).delete()
    if going.files:
        Stored.objects.filter(authority_id=here.authority).update(file=None)
    record(
        here, "settings.change", subject=here.authority, changed=changed,
        identities_removed=going.identities, files_removed=going.files,
    )  # fmt: skip


def delete_mapping(here: Here, mapping: int) -> None:
    """Deletes a saved column mapping. Errors: NotAllowed; ObjectDoesNotExist."""
    here.check("manage-settings")
    Mapping.objects.get(authority_id=here.authority, pk=mapping).delete()
    record(here, "mapping.delete", subject=f"mapping-{mapping}")
