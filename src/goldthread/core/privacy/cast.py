"""Who and what a document is about, and the pseudonym of each: the same in all files of a run.

A pseudonym says a role in brackets, “[Child]”, “[Educational psychologist 2]”: nobody can take it
for a real child's name, and no name has to be invented that somebody bears.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from goldthread.core.plan.plan import Plan
from goldthread.core.privacy.folding import fold, folded
from goldthread.core.privacy.identifiers import Span
from goldthread.core.privacy.people import Found, trimmed
from goldthread.core.privacy.wording import Labels, Lists, one_of

PLACES = {"School": "school-name", "Authority": "authority-name"}
ALONE = frozenset({"child", "mother", "father", "family", "authority-name"})
"""Roles whose pseudonym has no number while there is only one in the run."""
FAMILY = frozenset({"child", "parent", "mother", "father", "sibling", "parents"})
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Member:
    """A person or place of one document; `forms` are further names of the same."""

    name: str
    role: str
    forms: tuple[str, ...] = ()


def cast_of(plan: Plan, lists: Lists) -> list[Member]:
    """Child, family, professionals, school and authority as the document's facts name them."""
    facts, labels = plan.facts, lists.labels
    child = facts.child
    members = []
    name = child.name.value if child.name else f"{child.forename} {child.surname}".strip()
    if name:
        forms = (child.forename, child.known_as)
        members.append(Member(_bare(name), "child", tuple(f for f in forms if f)))
    text = folded(plan.document.text)
    for person in facts.people:
        if person.role != "child" and _is_name(person.name):
            role = (
                _parent(person.name, text, labels) if person.role in ("parent", "parents") else ""
            )
            members.append(Member(_bare(person.name), role or person.role))
    for entry in facts.advice:
        if _is_name(entry.author):
            members.append(Member(_bare(entry.author), entry.profession or "other"))
    if facts.officer and _is_name(facts.officer.value):
        members.append(Member(_bare(facts.officer.value), "officer"))
    places = ((child.school, "school-name"), (facts.authority, "authority-name"))
    members += [Member(_bare(s.value), role) for s, role in places if s and _bare(s.value)]
    return _once(members)


def with_found(
    members: Sequence[Member], found: Iterable[Found], text: str, more_names: Iterable[Span] = ()
) -> list[Member]:
    """`members` and whoever else was found in `text`; `more_names` are from a name recogniser."""
    more = [Member(f.name, f.role) for f in found]
    more += [Member(text[s.start : s.end], "person") for s in more_names]
    kept = list(_once(members))
    for one in sorted(more, key=lambda m: -len(_words(m.name))):
        at = next((n for n, known in enumerate(kept) if _same(one, known)), None)
        if at is None:
            kept.append(one)
        elif kept[at].role == "person":
            kept[at] = replace(kept[at], role=one.role)
    return kept


def _same(one: Member, known: Member) -> bool:
    """`one` is another way to write `known`: “C. Farrow”, “Farrow”, “Signed for Dale Council”."""
    words, theirs = _words(one.name), _words(known.name)
    places = one.role.endswith("-name"), known.role.endswith("-name")
    if any(places):
        return all(places) and f" {' '.join(theirs)} " in f" {' '.join(words)} "
    theirs += [w for form in known.forms for w in _words(form)]
    initials = {w[0] for w in theirs}
    return all(w in theirs if len(w) > 1 else w in initials for w in words)


def _once(members: Iterable[Member]) -> list[Member]:
    kept: dict[str, Member] = {}
    for member in members:
        kept.setdefault(key_of(member.name), member)
    return list(kept.values())


def key_of(name: str) -> str:
    """What is the same for all spellings of a name: letters only, in lower case."""
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(name))


def _bare(name: str) -> str:
    return " ".join(_BRACKETS.sub("", name).split())


def _is_name(name: str) -> bool:
    """Has a capital letter and is no sentence."""
    return bool(re.search(r"[^\W\d_]{2}", name)) and len(name.split()) < 7 and name != name.lower()


def _parent(name: str, text: str, labels: Labels) -> str:
    """mother or father, where the text says so beside the name; else parent."""
    full = r"\s+".join(map(re.escape, folded(name).split()))
    first = re.escape(folded(name).split()[0])
    for role, terms in (("mother", labels.mothers), ("father", labels.fathers)):
        kin = one_of(terms)
        pattern = (
            rf"\b(?:{full}|{first}),? \(?(?:is )?(?:[\w.-]+'s |her |his |their |my )?(?:{kin})\b"
            rf"|\b(?:{kin})(?:'s name)?(?: is|,|:)? \(?{first}\b|\b(?:{kin})(?:'s name)?\n{first}\b"
        )
        if re.search(pattern, text):
            return role
    return "parent"


# --- Pseudonyms ------------------------------------------------------------------------------


@dataclass
class Pseudonyms:
    """Hands out pseudonyms for one run. All members are `meet`-ed before the first `of`.

    With a seed the number is made from the seed and the name, so that it is the same in every run
    with that seed; without, people are counted in the order in which they are met.
    """

    labels: Labels
    seed: str = ""
    _titles: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)

    def meet(self, member: Member) -> None:
        key = self._key(member.name, member.role)
        if key in self._titles:
            return
        title = self.labels.title(member.role)
        number = self._seeded(key) if self.seed else 1
        while (title, number) in self._used:
            number += 1
        self._titles[key], self._numbers[key] = title, number
        self._used.add((title, number))

    def meet_all(self, members: Iterable[Member]) -> None:
        """`members`, and the surnames that families among them share."""
        for member in members:
            self.meet(member)
            words = member.name.split()
            if member.role in FAMILY and len(words) > 1:
                self.meet(Member(words[-1], "family"))

    def of(self, name: str, role: str) -> str:
        """“[Child]”; a number is left out where there is one only in the whole run."""
        key = self._key(name, role)
        title = self._titles[key]
        single = role in ALONE and list(self._titles.values()).count(title) == 1
        return f"[{title}]" if single and not self.seed else f"[{title} {self._numbers[key]}]"

    def _key(self, name: str, role: str) -> str:
        return ("family " if role == "family" else "") + key_of(name)

    def _seeded(self, key: str) -> int:
        made = hmac.new(self.seed.encode(), key.encode(), hashlib.sha256).digest()
        return 100_000 + int.from_bytes(made[:4], "big") % 900_000


# --- Forms -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a member's name, as a pattern on folded text."""

    pattern: str
    name: str
    role: str
    """“family” for a surname that the family shares."""
    weight: int
    """Longer forms go first."""
    exact: bool
    """Only with these capitals: the name is also a word."""


def forms_of(member: Member, lists: Lists, text_words: frozenset[str]) -> Iterator[Form]:
    """All forms of a member; `text_words`: words that the document has in lower case."""
    if member.role.endswith("-name"):
        yield from _place_forms(member, lists)
        return
    names = [member.name, *member.forms]
    for name in names:
        yield from _person_forms(name, member, lists, text_words)


def _person_forms(
    name: str, member: Member, lists: Lists, text_words: frozenset[str]
) -> Iterator[Form]:
    parts = trimmed(fold(name).text, lists.labels.titles)
    if not parts:
        return
    given, family = parts[0], _family(parts, lists.labels.particles)

    def form(pattern: str, weight: int, word: str = "", role: str = "") -> Form:
        exact = bool(word) and (len(word) < 4 or _wordlike(word, lists, text_words))
        return Form(pattern, member.name, role or member.role, weight, exact)

    yield from (form(_loose(w), 10 + len(w), w) for w in _pieces(given))
    if not family:
        return
    middle = r"(?:[ \t]+(?-i:[A-Z](?:\.|[\w'-]+)?)){0,2}?"
    last = " ".join(family)
    yield form(rf"{_loose(given)}{middle}[ \t,._-]{{0,3}}{_loose(last)}", 1000)
    yield form(rf"{_loose(last)},[ \t]*{_loose(given)}", 1000)
    start, end = re.escape(given[0]), re.escape(family[-1][0])
    yield form(rf"{start}\.?[ \t]?{_loose(last)}", 900, "x")
    yield form(rf"{_loose(given)}[ \t]{end}\.?(?=[\s,;.)']|$)", 800, "x")
    yield form(rf"{start}\.[ \t]?{end}\.?", 700, "x")
    yield form(r"\.[ \t]?".join(re.escape(w[0].upper()) for w in parts) + r"\.", 750, "x")
    role = "family" if member.role in FAMILY else ""
    for word in {last, *(p for w in family for p in _pieces(w))}:
        if folded(word) not in lists.labels.particles and len(word) > 1:
            yield form(_loose(word), 10 + len(word), word, role)


def _family(parts: Sequence[str], particles: Sequence[str]) -> list[str]:
    """The surname: the last word, with the particles before it."""
    family = list(parts[-1:]) if len(parts) > 1 else []
    for word in reversed(parts[1:-1]):
        if word.lower().rstrip(".") not in particles:
            break
        family.insert(0, word)
    return family


def _pieces(word: str) -> list[str]:
    """A name and what its hyphens part: “Lily-Mae”, “Lily”, “Mae”. No single letters."""
    found = [word, *word.split("-")] if "-" in word else [word]
    return [w for w in found if len(w.strip(".")) > 1]


def _loose(name: str) -> str:
    """However its hyphens, stops and spaces are written: “J.T.”, “JT”, “Lily Mae”."""
    words = re.findall(r"[^\W_]+", name)
    ending = r"\.?" if name.endswith(".") else ""
    return r"[ \t.'-]{0,2}".join(map(re.escape, words)) + ending


def _wordlike(word: str, lists: Lists, text_words: frozenset[str]) -> bool:
    low = word.lower()
    group = lists.first_names.get(low)
    return group == "wordlike" or (
        group is None and (low in lists.plain_words or low in text_words)
    )


def _place_forms(member: Member, lists: Lists) -> Iterator[Form]:
    """A school or authority: whole, and by what tells it from others (“Copperfield Bridge”)."""
    words = re.findall(r"[^\W_]+(?:['-][^\W_]+)*", fold(member.name).text)
    if not words:
        return
    generic = frozenset(lists.labels.generic)
    yield Form(
        r"[ \t,.&'-]{1,3}".join(map(re.escape, words)), member.name, member.role, 1000, False
    )
    own = list(words)
    while own and own[-1].lower() in generic:
        own.pop()
    while own and own[0].lower() in generic:
        own.pop(0)
    if own and own != words and (len(own) > 1 or own[0].lower() not in lists.plain_words):
        yield Form(r"[ \t]+".join(map(re.escape, own)), member.name, member.role, 500, True)
