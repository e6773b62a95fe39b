"""How an authority works, as it stands."""

from dataclasses import dataclass

from goldthread.records.models import Identity, Mapping, Provider, Settings, Stored
from goldthread.records.scope import Here

MONTHS = ("document_months", "words_months", "identity_months", "staff_months")


@dataclass(frozen=True)
class Chosen:
    """Everything an administrator may choose; the salt of draws is not chosen."""

    framework: str
    blind: bool
    keeps_identity: bool
    keeps_documents: bool
    document_months: int
    words_months: int
    identity_months: int
    staff_months: int
    local_sign_in: bool
    yearly_target: int
    contact: str = ""
    reply_days: int = 15
    """For a reply to an audit; 0: without an end."""


@dataclass(frozen=True)
class Kept:
    """What would go: identities when none may be kept, files when no documents may."""

    identities: int
    files: int


@dataclass(frozen=True)
class Service:
    """An authority's own sign-in service."""

    slug: str
    name: str
    issuer: str
    active: bool


@dataclass(frozen=True)
class SavedMapping:
    """A saved column mapping for lists; `columns` says how many columns it names."""

    id: int
    name: str
    columns: int


def chosen(here: Here) -> Chosen:
    """The authority's settings. Errors: ObjectDoesNotExist before it is opened."""
    row = Settings.objects.get(authority_id=here.authority)
    return Chosen(**{name: getattr(row, name) for name in Chosen.__dataclass_fields__})


def kept(here: Here) -> Kept:
    """How many identities and how many files of documents there are."""
    return Kept(
        Identity.objects.filter(authority_id=here.authority).count(),
        Stored.objects.filter(authority_id=here.authority, file__isnull=False).count(),
    )


def services(here: Here) -> tuple[Service, ...]:
    """The authority's sign-in services, by name."""
    rows = Provider.objects.filter(authority_id=here.authority).order_by("name")
    return tuple(Service(row.slug, row.name, row.issuer, row.active) for row in rows)


def mappings(here: Here) -> tuple[SavedMapping, ...]:
    """Saved column mappings, by name."""
    rows = Mapping.objects.filter(authority_id=here.authority).order_by("name")
    return tuple(SavedMapping(row.pk, row.name, len(row.columns)) for row in rows)
