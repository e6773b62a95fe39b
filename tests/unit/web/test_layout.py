"""Which link of the navigation is marked on which page."""

import pytest
from django.test import RequestFactory

from goldthread.web.layout import layout


def marked(path):
    context = layout(RequestFactory().get(path))
    return {link.text: link.current for link in context["navigation"] if link.active}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", {"Find an authority": "page"}),
        ("/england/", {"England": "page"}),
        ("/measures/plans-in-20-weeks", {"Measures": "true"}),
        ("/measurements", {}),
        ("/nowhere", {}),
    ],
)
def test_one_link_is_marked(path, expected):
    assert marked(path) == expected
