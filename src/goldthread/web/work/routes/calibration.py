"""Addresses of calibration on invented anchor plans."""

from django.urls import path

from goldthread.web.work.views import calibration

urlpatterns = [
    path("calibration/", calibration.calibration, name="calibration"),
    path("calibration/ask/", calibration.asking, name="calibration-ask"),
    path(
        "calibration/asked/<str:reference>/take-back/",
        calibration.taking_back,
        name="calibration-take-back",
    ),
    path("calibration/<str:anchor>/", calibration.anchor, name="calibration-anchor"),
    path("calibration/<str:anchor>/plan.docx", calibration.word, name="calibration-word"),
]
