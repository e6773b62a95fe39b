"""What the pages of an authority's people show around their content."""

from django.http import HttpRequest

from goldthread.web.work.navigation import work_links


def layout(request: HttpRequest) -> dict[str, object]:
    """Context processor: `work_links`."""
    return {"work_links": work_links(request)}
