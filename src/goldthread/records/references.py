"""Short references that people read aloud: no vowels, so no words; no letters that look alike."""

import secrets

LETTERS = "BCDFGHJKMNPQRTVWXY2346789"
LENGTH = 6


def new_reference(kind: str) -> str:
    """“P-7KQ2XD”: `kind` is P plan, D document, S sample, A audit. 244 million of each, so that
    chance clashes are rare; the table's uniqueness catches the rest."""
    return f"{kind}-{''.join(secrets.choice(LETTERS) for _ in range(LENGTH))}"
