"""Addresses of an authority's own figures."""

from django.urls import path

from goldthread.web.work.views import quality

urlpatterns = [
    path("quality/", quality.quality, name="quality"),
    path("quality/months.csv", quality.months_csv, name="quality-months"),
    path("quality/themes.csv", quality.themes_csv, name="quality-themes"),
    path("quality/criteria.csv", quality.criteria_csv, name="quality-criteria"),
    path("quality/groups.csv", quality.groups_csv, name="quality-groups"),
]
