"""Addresses of moderation and of replies."""

from django.urls import path

from goldthread.web.work.views import moderation, replies

urlpatterns = [
    path("moderation/", moderation.listed, name="moderation"),
    path("moderation/<str:moderation>/", moderation.one, name="moderation-one"),
    path("moderation/replies/<str:reply>/", replies.one, name="reply"),
    path("audits/<str:reference>/moderation/", moderation.ask, name="moderation-ask"),
    path("audits/<str:reference>/reply/", replies.give, name="reply-give"),
]
