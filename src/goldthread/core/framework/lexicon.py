"""What a lexicon is: one YAML file of `frameworks/ehc-ref/<edition>/lexicons/`."""

from __future__ import annotations

from pydantic import Field

from goldthread.core.frozen import Content, Slug


class Lexicon(Content):
    """Words and phrases with one meaning for the rules.

    A term is matched whole, without regard to capitals; “*” at the end of a word stands for any
    ending (“opportunit*” finds “opportunities”), in the last word of a term only. Apostrophes may
    be straight or curled, hyphens may be spaces where the term has a space.
    """

    id: Slug
    title: str
    source: str
    """Where the list comes from."""
    terms: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Terms by meaning, where the meaning matters: area of need -> words, profession -> names."""
    scanned: bool = True
    """False for a list that is only looked up (`Words.lists`) and never searched for in a text:
    common English words, first names, ids. Searching for those would cost the whole budget."""
    author: str
    checker: str = "none yet"
