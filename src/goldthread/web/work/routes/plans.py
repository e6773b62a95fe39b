"""Addresses of plans, documents, drafts and lists."""

from django.urls import path

from goldthread.web.work.views import documents, gate, imports, plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/add/", plans.add, name="plan-add"),
    path("plans/<str:reference>/", plans.plan, name="plan"),
    path("plans/<str:reference>/change/", plans.change, name="plan-change"),
    path("plans/<str:reference>/documents/add/", documents.add, name="plan-document-add"),
    path("documents/", documents.documents, name="documents"),
    path("documents/add/", documents.add, name="documents-add"),
    path("documents/<str:reference>/", documents.document, name="document"),
    path("documents/<str:reference>/state.json", documents.state, name="document-state"),
    path("documents/<str:reference>/file", documents.file, name="document-file"),
    path("documents/<str:reference>/comments", documents.comments, name="document-comments"),
    path("documents/<str:reference>/gate/", gate.gate, name="gate"),
    path("imports/", imports.lists, name="imports"),
    path("imports/confirm/", imports.confirm, name="import-confirm"),
    path("imports/columns/", imports.columns, name="import-columns"),
    path("imports/<int:number>/", imports.taken, name="import"),
    path("imports/<int:number>/refusals.csv", imports.refusals, name="import-refusals"),
    path("drafts/", gate.drafts_list, name="drafts"),
]
