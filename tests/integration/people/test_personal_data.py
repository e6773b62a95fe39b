"""Every field is classed, the page says so, and what is hidden never enters a history."""

import pytest
from django.apps import apps

from goldthread.home import PROJECT
from goldthread.records.models.history import HIDDEN
from goldthread.records.models.owned import Classed
from goldthread.records.personal import fields_of, own_models, personal_data_page


def our_models():
    """Every model of `records` that no history table is made of."""
    found = apps.get_app_config("records").get_models(include_auto_created=True)
    return [model for model in found if not model.__name__.endswith("History")]


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m.__name__)
def test_every_field_is_classed_once(model):
    assert issubclass(model, Classed), f"{model.__name__} says of no field whether it is personal"
    said = [*model.personal, *model.plain]
    assert sorted(said) == sorted(set(said)), f"{model.__name__} classes a field twice"
    assert set(said) == set(fields_of(model)), f"{model.__name__}: classed and real fields differ"


def test_no_model_is_left_out():
    assert set(own_models()) == set(our_models())
    assert len(own_models()) >= 26


def test_no_history_has_a_hidden_field():
    """The columns of the history tables against the classes."""
    seen = 0
    for model in own_models():
        if f"{model.__name__}History".lower() in apps.all_models["records"]:
            history = apps.get_model("records", f"{model.__name__}History")
            columns = {field.name for field in history._meta.get_fields()}
            hidden = {name for name, said in model.personal.items() if said in HIDDEN}
            assert not hidden & columns, model.__name__
            seen += 1
    assert seen > 10


def test_free_text_and_names_are_never_plain():
    """A field that by its name holds words, a name or an address must be classed."""
    telling = ("email", "name", "forename", "surname", "comment", "reason", "born", "upn")
    ours = {
        "Authority",
        "Mapping",
        "AuditMapping",
        "SavedColumns",
        "Provider",
    }  # of offices, not of people
    for model in own_models():
        if model.__name__ not in ours:
            assert not set(telling) & set(model.plain), model.__name__


def test_the_committed_page_is_what_the_models_say():
    page = PROJECT / "docs" / "reference" / "personal-data.md"
    assert page.read_text(encoding="utf-8") == personal_data_page(), "run `python3 run.py dev docs`"
