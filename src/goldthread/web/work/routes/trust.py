"""Addresses of how far auditors and the machine agree."""

from django.urls import path

from goldthread.web.work.views import trust, trust_people

FILES = {
    "agreement": trust.agreement_file,
    "machine": trust.machine_file,
    "strictness": trust_people.strictness_file,
    "links": trust_people.links_file,
    "me/quarters": trust_people.my_file,
    "auditors/<int:member>/quarters": trust_people.auditor_file,
}
ENDINGS = ("svg", "png", "csv")

urlpatterns = [
    path("trust/", trust.home, name="trust"),
    path("trust/criteria/<str:criterion>/", trust.criterion, name="trust-criterion"),
    path("trust/criteria/<str:criterion>/pairs.csv", trust.pairs_file, name="trust-pairs"),
    path("trust/machine/", trust.machine, name="trust-machine"),
    path("trust/auditors/", trust_people.auditors, name="trust-auditors"),
    path("trust/auditors/<int:member>/", trust_people.auditor, name="trust-auditor"),
    path("trust/me/", trust_people.mine, name="trust-me"),
    path("trust/links/", trust_people.links, name="trust-links"),
    *(
        path(f"trust/{name}.{ending}", view, {"ending": ending})
        for name, view in FILES.items()
        for ending in ENDINGS
    ),
]
