"""Addresses of audits and of one's own work."""

from django.urls import path

from goldthread.web.work.views import my_work

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
]
