"""Addresses of audits and of one's own work."""

from django.urls import path

from goldthread.web.work.views import answering, audits, my_work

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("audits/", audits.listed, name="audits"),
    path("audits/<str:reference>/", audits.audit, name="audit"),
    path("audits/<str:reference>/sign", audits.sign, name="audit-sign"),
    path("audits/<str:reference>/withdraw", audits.withdraw, name="audit-withdraw"),
    path("audits/<str:reference>/<str:agency>/answer", answering.answer, name="audit-answer"),
    path("audits/<str:reference>/<str:agency>/finish", audits.finish, name="audit-finish"),
    path("audits/<str:reference>/<str:agency>/reopen", audits.reopen, name="audit-reopen"),
    path("audits/<str:reference>/<str:agency>/<str:theme>/", answering.theme, name="audit-theme"),
]
