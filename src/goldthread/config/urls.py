"""The addresses of the site."""

from django.urls import include, path

from goldthread.api import api
from goldthread.web.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("api/v1/", api.urls),
    path("", include("goldthread.web.work.urls")),
    path("", include("goldthread.web.urls")),
]
