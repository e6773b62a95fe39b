"""The committed OpenAPI document is the API's own, and the API keeps to it under random use."""

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from goldthread.api.openapi import PATH, openapi_text

DOCUMENT = json.loads(PATH.read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
# Schemathesis asks for gzip, but without a network nothing unpacks the answer for it.
CALL = {"base_url": "http://localhost", "headers": {"Accept-Encoding": "identity"}}
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


def test_the_committed_document_is_what_the_api_generates():
    assert PATH.read_text(encoding="utf-8") == openapi_text(), (
        "Run `python -m goldthread.api.openapi` and commit openapi.json."
    )


def test_it_is_served_too(client):
    assert client.get("/api/v1/openapi.json").json() == DOCUMENT


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_nothing_undocumented_is_answered(operation, client):
    application = get_wsgi_application()
    # Random bytes are no document, and are rightly refused.
    excluded = [positive_data_acceptance] if operation.label == "POST /api/v1/checks" else []

    @given(data=st.data())
    @settings(
        max_examples=25,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(data):
        case = data.draw(operation.as_strategy())
        case.call_and_validate(app=application, excluded_checks=excluded, **CALL)

    check()


@pytest.mark.parametrize("authority", ["701", "Northmere"])
@pytest.mark.parametrize("peers", ["dfe", "region", "england", "702,703,704"])
def test_real_answers_keep_to_the_schema(client, authority, peers):
    operation = SCHEMA["/api/v1/comparisons"]["GET"]
    case = operation.Case(query={"authority": authority, "peers": peers})
    case.call_and_validate(app=get_wsgi_application(), **CALL)
