"""The addresses of the pages. Each reproduces its view: nothing is remembered between requests."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path, re_path

from goldthread.web.views import (
    about,
    authority,
    changes,
    charts,
    check,
    check_files,
    compare,
    downloads,
    find,
    measure,
    nation,
    standard,
    wording,
)


def to_list(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect("/#all")


PLACE = r"^authorities/(?P<place>[^/]+)/"
MEASURE = r"measures/(?P<measure>[^/]+)/"

urlpatterns = [
    path("", find.home, name="find"),
    path("find", find.search, name="search"),
    path("authorities/", to_list, name="authorities"),
    re_path(PLACE + "$", authority.authority, name="authority"),
    re_path(PLACE + "group/$", authority.group, name="group"),
    re_path(PLACE + r"(?:report|comparison)\.(?P<ending>html|xlsx|csv|json)$",
            downloads.of_authority, name="authority-file"),
    re_path(PLACE + MEASURE + "$", measure.measure, name="measure"),
    re_path(PLACE + MEASURE + r"(?P<kind>dot|trend|funnel)\.(?P<ending>svg|png)$",
            charts.of_authority, name="picture"),
    re_path(PLACE + MEASURE + r"figures\.(?P<ending>xlsx|csv|json)$",
            downloads.of_measure, name="measure-file"),
    path("compare/", compare.compare, name="compare"),
    re_path(r"^compare/picture\.(?P<ending>svg|png)$", charts.of_several, name="compare-picture"),
    path("england/", nation.england, name="england"),
    path("measures/", about.measures, name="measures"),
    re_path("^" + MEASURE + "$", nation.national, name="national"),
    re_path("^" + MEASURE + r"(?P<kind>spread|funnel)\.(?P<ending>svg|png)$",
            charts.of_nation, name="national-picture"),
    re_path("^" + MEASURE + r"figures\.csv$", downloads.of_nation, name="national-file"),
    path("check/", check.check, name="check"),
    path("check/<str:token>/", check.progress, name="checking"),
    path("check/<str:token>/state.json", check.state, name="checking-state"),
    path("check/<str:token>/delete", check.delete, name="check-delete"),
    path("check/<str:token>/<int:number>/", check.result, name="checked"),
    path("check/<str:token>/<int:number>/<str:file>", check_files.download, name="checked-file"),
    path("try/", wording.try_sentence, name="try"),
    path("try/answer", wording.fragment, name="try-answer"),
    path("standard/", standard.by_section, name="standard"),
    path("standard/by-role/", standard.by_role, name="standard-by-role"),
    path("standard/<str:criterion>/", standard.question, name="standard-question"),
    path("data/", about.data, name="data"),
    path("data/changes/", changes.changes, name="changes"),
    path("methods/", about.methods, name="methods"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("api/", about.api, name="api"),
]  # fmt: skip
