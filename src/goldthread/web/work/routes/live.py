"""Addresses that open pages follow."""

from django.urls import path

from goldthread.web.work.views import live

urlpatterns = [
    path("live/", live.live, name="live"),
    path("live/now/", live.now, name="live-now"),
]
