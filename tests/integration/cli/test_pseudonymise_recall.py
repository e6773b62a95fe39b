"""What the page on privacy says of names outside the cast is what comes out today."""

import datetime as dt
from collections import Counter
from pathlib import Path

from goldthread.checking.pseudonymise import Source, pseudonymise

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "privacy-of-documents.md"
FRAMES = (
    "Mrs {1} will sit beside him.",
    "His brother {0} is kind to him.",
    "{0} {1} visited him in May.",
    "He sat with {0} at lunch.",
    "{0} needs a calm room before maths.",
    "A report by {0} {1} says so.",
)
GROUPS = {
    "Names on our list": [("Charlotte", "Fenwick"), ("Oliver", "Brampton"), ("Jessica", "Tolley"),
                          ("Nathan", "Harbottle"), ("Chloe", "Winstanley"), ("Liam", "Ackroyd")],
    "Names that no list has": [("Xiulan", "Daoheng"), ("Oluwatobiloba", "Ezenwachi"),
                               ("Tserendorj", "Batmunkh"), ("Keahilani", "Kealoha"),
                               ("Ramatoulaye", "Diakhate"), ("Zoltanka", "Fekesh")],
    "Names that are also words": [("Hope", "Marsh"), ("Will", "Stone"), ("Grace", "Field"),
                                  ("Mark", "Wood"), ("Faith", "Church"), ("Summer", "Rivers")],
}  # fmt: skip


def outcome(frame, names):
    """replaced, listed or missed: what happens to the first name (or the surname after a title)."""
    sentence = frame.format(*names)
    front = "Education, Health and Care Plan\nName: Kofi Osei\nKofi has hope and will go."
    text = f"{front}\n{sentence}\n"
    (made,), _ = pseudonymise([Source("a.txt", text.encode())], dt.date(2026, 11, 24))
    word = names[0] if "{0}" in frame else names[1]
    if word not in made.data.decode().rsplit("\n", 2)[-2]:
        return "replaced"
    return "listed" if any(word in e.words for e in made.entries if not e.by) else "missed"


def test_the_page_says_what_comes_out():
    page = PAGE.read_text(encoding="utf-8")
    for group, names in GROUPS.items():
        seen = Counter(outcome(frame, name) for frame in FRAMES for name in names)
        row = f"| {group} | {seen['replaced']} | {seen['listed']} | {seen['missed']} |"
        assert row in page, row
