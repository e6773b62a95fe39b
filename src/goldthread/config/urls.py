"""The addresses of the site."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from goldthread.web.health import health

urlpatterns: list[URLPattern | URLResolver] = [path("health", health, name="health")]

if find_spec("goldthread.api"):
    from goldthread.api import api

    urlpatterns.append(path("api/v1/", api.urls))

if find_spec("goldthread.web.urls"):
    urlpatterns.append(path("", include("goldthread.web.urls")))
