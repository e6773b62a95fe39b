"""Every field of every record and how it is classed: the page docs/reference/personal-data.md.

The classes are on the models themselves, so that the page cannot say anything else.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field

from goldthread.records.models import Settings
from goldthread.records.models.owned import Classed
from goldthread.records.queries.settings import MONTHS

WRITTEN = "<!-- Written by `python -m goldthread.cli.documents`. Change the models, not this. -->"
INTRODUCTION = """\
What each class means, and how long it is kept. The months are each authority's own
(Settings); those here are the months a new authority starts with.

| Class | What it is | Kept |
|---|---|---|
| identity | names or points to a child or family | {identity_months} months from the last thing \
that happened to the plan, in a table of its own; not at all where the authority keeps none |
| special | health, need or care of one child | as long as the plan is listed, under a pseudonym |
| document | a file and what was read from it, encrypted | {document_months} months from the day \
it was added |
| words | free text that somebody wrote, which may name anybody | {words_months} months |
| named | the name or address of a person at work | {staff_months} months after their \
access ended |
| staff | a person's place and work, under a number | as long as the audits it belongs to |
| credential | lets somebody in; kept as a digest or encrypted | until used, changed or expired |
| trace | who did what when, under a number | as long as the event log |
| plain | not personal | as long as the record |

Tables whose rows change keep a history, filled by the database itself. Fields classed identity,
special, named, words, document or credential never enter it."""


def own_models() -> list[type[Classed]]:
    """The models of `records` that are ours, by name; history tables are made from them."""
    found = [m for m in apps.get_app_config("records").get_models() if issubclass(m, Classed)]
    return sorted(found, key=lambda model: model.__name__)


def fields_of(model: type[Classed]) -> list[str]:
    """Names of the fields that a model says it has, in the order they were written."""
    local = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return [field.name for field in local]


def personal_data_page() -> str:
    """The reference page as Markdown."""
    parts = ["# Personal data, field by field", WRITTEN, INTRODUCTION.format(**_months())]
    for model in own_models():
        rows = "\n".join(_rows(model))
        parts += [
            f"## {model.__name__}",
            _first_sentence(model),
            f"| Field | Class | Note |\n|---|---|---|\n{rows}",
        ]
    return "\n\n".join(parts) + "\n"


def _months() -> dict[str, int]:
    """What a new authority starts with."""
    return {name: Settings._meta.get_field(name).default for name in MONTHS}


def _rows(model: type[Classed]) -> Iterator[str]:
    for name in fields_of(model):
        field: Field = model._meta.get_field(name)
        yield f"| {name} | {model.personal.get(name, 'plain')} | {_note(field)} |"


def _note(field: Field) -> str:
    if field.is_relation and field.related_model is not None:
        return f"points to {field.related_model.__name__}"
    return str(field.help_text).rstrip(".")


def _first_sentence(model: type[Classed]) -> str:
    paragraph = (model.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(paragraph.split())
