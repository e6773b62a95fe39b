"""From the first page on, every link inside the site leads somewhere."""

from urllib.parse import urldefrag, urljoin

from django.test import Client

from tests.integration.web.reading import read

PER_SHAPE = 4
"""Addresses followed of each shape: three authorities are like a hundred and fifty."""


def shape(path: str) -> tuple[str, ...]:
    parts = path.partition("?")[0].strip("/").split("/")
    return tuple("*" if i and parts[i - 1] in ("authorities", "measures") else p
                 for i, p in enumerate(parts))  # fmt: skip


def test_every_link_leads_somewhere(client: Client):
    seen: dict[tuple[str, ...], set[str]] = {}
    waiting = ["/"]
    anchors: set[tuple[str, str]] = set()
    ids: dict[str, set[str]] = {}
    while waiting:
        path = waiting.pop(0)
        known = seen.setdefault(shape(path), set())
        if path in known or len(known) >= PER_SHAPE:
            continue
        known.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 302), f"{path}: {answer.status_code}"
        if not answer.get("Content-Type", "").startswith("text/html") or "report" in path:
            continue
        page = read(answer)
        ids[path] = set(page.ids)
        for link in [*page.links, *page.files]:
            target, anchor = urldefrag(urljoin(path, link))
            if anchor:
                anchors.add((target, anchor))
            if target.startswith("/") and not target.startswith("/static/"):
                waiting.append(target)
    assert len(seen) > 20
    for target, anchor in anchors:
        if target in ids:
            assert anchor in ids[target], f"{target}#{anchor}"


def test_links_to_other_sites_are_few_and_known(client: Client, benchmark):
    allowed = {s.link for s in benchmark.library.sources.values()}
    page = read(client.get("/data/"))
    outside = {link for link in page.links if link.startswith("http")}
    assert outside - allowed == {
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    }
