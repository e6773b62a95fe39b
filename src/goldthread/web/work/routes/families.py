"""Addresses of family experience: for people at work, and the public page of a family."""

from django.urls import path

from goldthread.web.work.views import families

urlpatterns = [
    path("families/", families.families, name="families"),
    path("families/ask/<str:reference>/", families.ask, name="families-ask"),
    path("families/<int:number>/withdraw", families.withdraw, name="families-withdraw"),
]
public_urlpatterns = [
    path("say/thanks/", families.thanks, name="say-thanks"),
    path("say/<str:code>/<str:token>/", families.say, name="say"),
]
