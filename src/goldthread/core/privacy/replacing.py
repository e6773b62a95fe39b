"""What is to be replaced in a text, by what, and how sure that is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from goldthread.core.privacy.cast import Form, Member, Pseudonyms, forms_of, key_of
from goldthread.core.privacy.folding import fold
from goldthread.core.privacy.identifiers import Span, Sure, find_identifiers
from goldthread.core.privacy.people import lower_words, named, to_look_at
from goldthread.core.privacy.wording import Lists

_MONTHS = frozenset({"april", "may", "june", "august", "march"})


@dataclass(frozen=True)
class Finder:
    """Finds all that is personal in texts of one document."""

    pattern: re.Pattern[str]
    forms: tuple[tuple[Form, str], ...]
    """By the number of the group in `pattern`: the form and what stands in its place."""
    lists: Lists
    born: frozenset[dt.date]
    doubtful: tuple[str, ...] = ()

    def replacements(self, text: str) -> list[Span]:
        """Stretches of `text` to replace, in order, none touching another."""
        return joined(self._raw(text, look=False))

    def spans(self, text: str) -> list[Span]:
        """The same, with what is only to be looked at between them."""
        return joined(self._raw(text, look=True))

    def names(self, text: str) -> str:
        """`text`, which is no prose, with the names in it replaced that are not also words."""
        for span in reversed(joined(self._raw(text, look=False))):
            if span.sure != "likely" and span.kind != "date of birth":
                text = text[: span.start] + span.by + text[span.end :]
        return text

    def _raw(self, text: str, look: bool) -> list[Span]:
        seen = fold(text)
        found = [
            *find_identifiers(seen.text, self.lists.labels, self.born),
            *self._named(seen.text),
        ]
        if look:
            found += [*to_look_at(seen.text, self.lists), *named(self.doubtful, seen.text)]
        moved = []
        for span in found:
            start, end = seen.back(span.start, span.end)
            moved.append(replace(span, start=start, end=end))
        return moved

    def _named(self, text: str) -> Iterable[Span]:
        for match in self.pattern.finditer(text):
            if match.lastgroup is None or match.end() == match.start():
                continue
            form, by = self.forms[int(match.lastgroup[1:])]
            word = match[0].lower()
            if word in _MONTHS and _dated(text, *match.span()):
                continue
            sure: Sure = "likely" if form.exact and form.weight < 500 else "sure"
            yield Span(*match.span(), _kind(form.role), by, sure)


def _kind(role: str) -> str:
    if role.endswith("-name"):
        return "place or organisation"
    return "name of the child" if role == "child" else "name"


def _dated(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 4) : start], text[end : end + 3]
    return bool(re.search(r"\d", around[0]) or re.match(r"[ ,]*\d", around[1]))


def make_finder(
    members: Sequence[Member],
    others: Sequence[Member],
    pseudonyms: Pseudonyms,
    lists: Lists,
    text: str,
    born: Iterable[dt.date] = (),
    doubtful: Iterable[str] = (),
) -> Finder:
    """A finder for a document whose whole folded text is `text`.

    `members` are its own cast; `others` the casts of the run's other files: of those only what
    cannot be mistaken for a word is looked for, and only where no own member has that name.
    """
    low = lower_words(text)
    own = [f for m in members for f in forms_of(m, lists, low)]
    foreign = [f for m in others for f in forms_of(m, lists, low) if not f.exact or f.weight >= 900]
    ordered = [*sorted(own, key=_order), *sorted(foreign, key=_order)]
    ordered.sort(key=lambda f: -f.weight)  # stable: own before foreign
    unique = list({(f.pattern, f.exact): f for f in reversed(ordered)}.values())[::-1]
    parts = [_group(n, form) for n, form in enumerate(unique)]
    known = {key_of(m.name) for m in (*members, *others)}
    return Finder(
        re.compile("|".join(parts) or r"(?!)"),
        tuple((f, _label(f, pseudonyms)) for f in unique),
        lists,
        frozenset(born),
        tuple(d for d in doubtful if key_of(d) not in known),
    )


def _order(form: Form) -> int:
    return -form.weight


def _group(number: int, form: Form) -> str:
    """Whole words only; names that are no words also with a stray s (“Amaras”)."""
    if not form.exact:
        return rf"(?<![^\W_])(?P<g{number}>(?i:{form.pattern}))(?=s?(?![^\W_]))"
    upper = re.sub("[A-Za-z]{2,}", lambda m: m[0].upper(), form.pattern)
    return rf"(?<![^\W_])(?P<g{number}>{form.pattern}|{upper})(?![^\W_])"


def _label(form: Form, pseudonyms: Pseudonyms) -> str:
    name = form.name.split()[-1] if form.role == "family" else form.name
    pseudonyms.meet(Member(name, form.role))
    return pseudonyms.of(name, form.role)


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order; of those that overlap one is made, so that nothing between them is left."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (not s.by, s.start, -s.end)):
        clash = [f for f in found if f.start < span.end and span.start < f.end]
        if not clash:
            found.append(span)
        elif span.by:
            first = min([*clash, span], key=lambda s: (s.start, -s.end))
            end = max(s.end for s in (*clash, span))
            found = [f for f in found if f not in clash]
            found.append(replace(first, end=end))
    return sorted(found, key=lambda s: s.start)
