"""Reads a page as a person does: its words, its tables, its links."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """`words` is the text between the tags of <main>; tables are rows of cell texts."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[str] = []
        self.files: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.images: list[dict[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self._main = False
        self._cell: list[str] | None = None
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    def handle_starttag(self, tag, attrs):
        given = {k: v or "" for k, v in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self._main = self._main or tag == "main"
        self.ids += [given["id"]] if "id" in given else []
        self.inline += [k for k in given if k == "style" or k.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        self.files += [
            part for k in ("src", "srcset") if k in given for part in [given[k].split()[0]]
        ]
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> out of place"
        self._main = self._main and tag != "main"
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(" ".join(" ".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        if self._main:
            self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)


def read(response) -> Page:
    return Page(response.content.decode())
