"""Addresses of an authority's own figures."""

from django.urls import path

from goldthread.web.work.views import quality, quality_issues, quality_waiting

urlpatterns = [
    path("quality/", quality.quality, name="quality"),
    path("quality/months.csv", quality.months_csv, name="quality-months"),
    path("quality/themes.csv", quality.themes_csv, name="quality-themes"),
    path("quality/criteria.csv", quality.criteria_csv, name="quality-criteria"),
    path("quality/groups.csv", quality.groups_csv, name="quality-groups"),
    path("quality/advice/", quality_waiting.advice, name="quality-advice"),
    path("quality/advice.csv", quality_waiting.advice_csv, name="quality-advice-csv"),
    path("quality/waiting/", quality_waiting.waiting, name="quality-waiting"),
    path("quality/waiting.csv", quality_waiting.waiting_csv, name="quality-waiting-csv"),
    path("quality/issues/", quality_issues.common, name="quality-issues"),
    path("quality/issues.csv", quality_issues.issues_csv, name="quality-issues-csv"),
    path("quality/criteria/<str:criterion>/", quality_issues.criterion, name="quality-criterion"),
    path(
        "quality/criteria/<str:criterion>/months.csv",
        quality_issues.criterion_months_csv,
        name="quality-criterion-months",
    ),
    path(
        "quality/criteria/<str:criterion>/groups.csv",
        quality_issues.criterion_csv,
        name="quality-criterion-csv",
    ),
]
