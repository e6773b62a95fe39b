"""The API put together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from goldthread.api import checks, figures, measures, places
from goldthread.api.answers import kept
from goldthread.api.errors import Refused, add_handlers, refusal

DESCRIPTION = """\
Published figures on Education, Health and Care plans of English local authorities, and honest
comparisons made from them; and checks of documents and sentences, which are read, answered and
forgotten. No key, no account. Every answer can be JSON or CSV
(`?format=csv`, or `Accept: text/csv`). A missing value is null (empty in CSV), never nought. An
`ETag` names each answer: send it back as `If-None-Match` to be told whether it has changed.
Refusals have one shape: `error` (a sentence), `code`, `suggestions`.
"""

api = NinjaAPI(
    title="Goldthread",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    # The bundled pages for humans need inline script, which the site's policy forbids.
    docs_url=None,
)
api.add_decorator(kept, mode="view")
add_handlers(api)
places.register(api)
measures.register(api)
figures.register(api)
checks.register(api)


def nothing_here(request: HttpRequest, rest: str, **_: Any) -> HttpResponse:
    listed = "authorities, measures, counts, comparisons, sources, checks, wording and openapi.json"
    return refusal(Refused(404, "no-such-address", f"There is nothing here; there are {listed}."))


api.api_operation(["GET", "HEAD"], "/{path:rest}", include_in_schema=False)(nothing_here)
