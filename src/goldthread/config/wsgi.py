"""What each server worker loads: everything, before it answers the first request."""

import os
from importlib.util import find_spec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().check()

if find_spec("goldthread.web.warm"):
    from goldthread.web.warm import warm

    warm()
