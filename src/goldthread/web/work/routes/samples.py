"""Addresses of samples, from the first step of a draw to who waits for whom."""

from django.urls import path

from goldthread.web.work.views import allotting, drawing, samples

urlpatterns = [
    path("samples/", samples.listed, name="samples"),
    path("samples/waiting/", samples.who, name="samples-waiting"),
    path("samples/new/<str:step>/", drawing.step, name="samples-new"),
    path("samples/parts/<int:part>/", allotting.reallot, name="samples-reallot"),
    path("samples/<str:reference>/", samples.one, name="sample"),
    path("samples/<str:reference>/fair/", samples.fair, name="sample-fair"),
    path("samples/<str:reference>/frame.txt", samples.frame_file, name="sample-frame"),
    path("samples/<str:reference>/draw.csv", samples.draw_file, name="sample-draw"),
    path("samples/<str:reference>/aside", samples.aside, name="sample-aside"),
    path("samples/<str:reference>/replace/<str:line>/", samples.replace, name="sample-replace"),
    path("samples/<str:reference>/allot/", allotting.choices, name="sample-allot"),
    path("samples/<str:reference>/allot/preview/", allotting.confirm, name="sample-preview"),
]
