"""What each server worker loads: everything, before it answers the first request."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().check()

# After Django is set up: the pages' modules need its settings.
from goldthread.web.warm import warm  # noqa: E402

warm()
