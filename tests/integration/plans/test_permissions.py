"""Every address of plans, documents, lists, drafts and families: who may, who may not."""

import pytest

from goldthread.records.models import Document, Import, Plan
from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from goldthread.web.work.routes import families, plans
from tests.integration.plans.given import a_plan
from tests.people import NORTH, SOUTH, a_person, client_of

NEEDED = {
    "plans": ("see-plans", "see-own-plans"),
    "plan-add": ("edit-plans",),
    "plan": ("see-plans", "see-own-plans"),
    "plan-change": ("edit-plans",),
    "plan-document-add": ("add-documents",),
    "documents": ("see-my-work",),
    "documents-add": ("add-documents",),
    "gate": ("issue-drafts",),
    "drafts": ("issue-drafts",),
    "imports": ("import-lists",),
    "import-confirm": ("import-lists",),
    "import-columns": ("import-lists",),
    "import": ("import-lists",),
    "import-refusals": ("import-lists",),
    "families": ("see-experience",),
    "families-ask": ("ask-families",),
    "families-withdraw": ("ask-families",),
}
OF_ONE_DOCUMENT = {"document", "document-state", "document-file", "document-comments"}
"""404 for whoever may not read that document, so that nobody learns that it is there."""
ROUTES = {p.name: str(p.pattern) for p in (*plans.urlpatterns, *families.urlpatterns)}


def test_every_address_is_tested_here():
    assert set(ROUTES) == NEEDED.keys() | OF_ONE_DOCUMENT


@pytest.fixture
def there():
    """A plan, a document and a list that are there, by the names in addresses."""
    plan = a_plan()
    with scope(authority=NORTH):
        Document.objects.create(
            authority_id=NORTH, reference="D-BBBBBB", plan=Plan.objects.get(), kind="plan",
            status="draft", state="listed",
        )  # fmt: skip
        taken = Import.objects.create(
            authority_id=NORTH, format="csv", file="x", digest="0" * 64, read=1, added=0, updated=0,
            refused=0,
        )  # fmt: skip
    return {"plan": plan, "number": str(taken.pk)}


def address(name, there, code=NORTH):
    about = "D-BBBBBB" if ROUTES[name].startswith("documents/") else there["plan"]
    path = ROUTES[name].replace("<str:reference>", about)
    return f"/work/{code}/" + path.replace("<int:number>", there["number"])


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_gets_what_its_permissions_say(role, there):
    here = a_person(role)
    client = client_of(here)
    for name, needed in NEEDED.items():
        status = client.get(address(name, there)).status_code
        if not any(here.can(p) for p in needed):
            assert status == 403, name
        elif role in ("plan-writer", "adviser") and "reference" in ROUTES[name]:
            assert status == 404, name  # not a plan of theirs
        else:
            assert status in (200, 302, 303), name
        assert client.get(address(name, there, SOUTH)).status_code == 404, name
    for name in OF_ONE_DOCUMENT:
        reads = here.can("read-documents") and name not in ("document-file", "document-comments")
        assert client.get(address(name, there)).status_code == (200 if reads else 404), name
        assert client.get(address(name, there, SOUTH)).status_code == 404, name


def test_nobody_who_is_not_signed_in_gets_anywhere(client, there):
    for name in ROUTES:
        assert client.get(address(name, there)).status_code == 302, name


def test_an_inspector_changes_nothing(there):
    client = client_of(a_person("inspector"))
    for name in ("plan-change", "plan-document-add", "gate", "imports", "families-ask"):
        assert client.post(address(name, there), {}).status_code == 403, name
