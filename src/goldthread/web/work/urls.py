"""The addresses of an authority's people: each names the authority by its code."""

from django.urls import include, path

from goldthread.web.work.routes import (
    audits,
    calibration,
    entrance,
    families,
    live,
    moderation,
    people,
    plans,
    quality,
    samples,
    trust,
    workbooks,
)
from goldthread.web.work.views import places

urlpatterns = [
    path("work/", places.places, name="places"),
    path("work/<str:code>/", include(workbooks)),  # before audits, whose addresses take any word
    path("work/<str:code>/", include(audits)),
    path("work/<str:code>/", include(plans)),
    path("work/<str:code>/", include(samples)),
    path("work/<str:code>/", include(trust)),
    path("work/<str:code>/", include(people)),
    path("work/<str:code>/", include(live)),
    path("work/<str:code>/", include(families)),
    path("work/<str:code>/", include(moderation)),
    path("work/<str:code>/", include(calibration)),
    path("work/<str:code>/", include(quality)),
    path("", include(families.public_urlpatterns)),
    path("", include(entrance)),
]
