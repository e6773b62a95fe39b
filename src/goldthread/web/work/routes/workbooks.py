"""Addresses of audits in spreadsheets: workbooks of allotted audits, and past audits."""

from django.urls import path

from goldthread.web.work.views import workbooks

urlpatterns = [
    path("audits/workbook/", workbooks.back, name="workbook"),
    path("audits/workbook/confirm/", workbooks.confirm, name="workbook-confirm"),
    path(
        "audits/<str:reference>/<str:agency>/workbook.xlsx", workbooks.download, name="workbook-of"
    ),
]
