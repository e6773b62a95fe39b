"""The site's addresses as they are in a demo, for tests: whether it is one is read at the start."""

from goldthread.config.urls import urlpatterns as everything
from goldthread.web.work.routes.entrance import demo_patterns

urlpatterns = [*demo_patterns, *everything]
