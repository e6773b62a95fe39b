"""Addresses of audits in spreadsheets: workbooks of allotted audits, and past audits."""

from django.urls import path

from goldthread.web.work.views import past, workbooks

urlpatterns = [
    path("audits/past/", past.past, name="past"),
    path("audits/past/step/", past.step, name="past-step"),
    path("audits/past/confirm/", past.confirm, name="past-confirm"),
    path("audits/past/working/", past.working, name="past-working"),
    path("audits/past/working/state.json", past.working_state, name="past-working-state"),
    path("audits/past/mappings/", past.mappings, name="past-mappings"),
    path("audits/past/<int:past>/", past.one, name="past-import"),
    path("audits/past/<int:past>/refusals.csv", past.refusals, name="past-refusals"),
    path("audits/workbook/", workbooks.back, name="workbook"),
    path("audits/workbook/confirm/", workbooks.confirm, name="workbook-confirm"),
    path(
        "audits/<str:reference>/<str:agency>/workbook.xlsx", workbooks.download, name="workbook-of"
    ),
]
