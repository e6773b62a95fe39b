"""Roles and what each may do. Roles are words in the database, never import paths.

A role holds within one authority. The national steward has no role in any: no plan, ever.
"""

from dataclasses import dataclass

PERMISSIONS = {
    "see-my-work": "see a list of their own work",
    "audit": "answer audits",
    "see-own-plans": "see plans that they wrote or advised on",
    "see-plans": "see the list of plans",
    "read-documents": "read plans and other documents",
    "see-identity": "see whom a plan is about",
    "add-documents": "add documents",
    "import-lists": "import lists of plans",
    "edit-plans": "change what is recorded of a plan",
    "see-samples": "see samples",
    "draw-samples": "draw samples and allot audits",
    "see-audits": "see all audits",
    "see-figures": "see figures of audits",
    "withdraw-audits": "withdraw or reopen audits",
    "moderate": "moderate audits and answer replies",
    "reply": "reply to audits of their own work",
    "see-trust": "see how far auditors agree",
    "see-strictness": "see how strict each auditor is",
    "calibrate": "mark anchor plans",
    "import-audits": "bring in past audits from spreadsheets",
    "issue-drafts": "ask whether a draft is ready to issue",
    "override-gate": "override what blocks a draft",
    "see-experience": "see what families said",
    "ask-families": "ask families about their plan",
    "see-people": "see who has access",
    "manage-people": "invite people and change their roles",
    "manage-settings": "change the authority's settings",
    "see-log": "read the event log",
    "export-subject": "export what is kept about a child or a person",
    "erase": "erase what is kept about a child or a person",
}


@dataclass(frozen=True)
class Role:
    """`limited`: the membership must end by a date."""

    title: str
    says: str
    permissions: frozenset[str]
    limited: bool = False


def _role(title: str, says: str, *permissions: str, limited: bool = False) -> Role:
    if unknown := set(permissions) - PERMISSIONS.keys():
        raise LookupError(f"{title}: no such permission: {', '.join(sorted(unknown))}")
    return Role(title, says, frozenset(permissions), limited)


_LEAD = (
    "see-my-work", "see-plans", "read-documents", "see-identity", "see-samples", "see-audits",
    "see-figures", "see-trust", "see-experience", "see-people",
)  # fmt: skip

ROLES: dict[str, Role] = {
    "auditor": _role(
        "Auditor",
        "Answers the audits allotted to them, and sees nothing else.",
        "see-my-work", "audit", "calibrate",
    ),
    "parent-carer-auditor": _role(
        "Parent carer auditor",
        "Answers the parts of audits allotted to parent carers, under pseudonyms.",
        "see-my-work", "audit", "calibrate",
    ),
    "plan-writer": _role(
        "Plan writer",
        "Sees the plans they write, adds drafts, asks whether they are ready to issue, and replies "
        "to audits.",
        "see-my-work", "see-own-plans", "add-documents", "issue-drafts",
        "reply",
    ),
    "adviser": _role(
        "Adviser",
        "Sees the audits of their own advice, and may reply to them.",
        "see-my-work", "see-own-plans", "reply",
    ),
    "quality-lead": _role(
        "Quality lead",
        "Draws samples, allots audits, follows and moderates them, and asks families.",
        *_LEAD, "audit", "calibrate", "add-documents", "import-lists", "import-audits",
        "edit-plans", "draw-samples", "withdraw-audits", "moderate", "see-strictness",
        "issue-drafts", "ask-families", "see-log",
    ),
    "send-manager": _role(
        "SEND manager",
        "Sees plans, samples and audits, and may override what blocks a draft.",
        *_LEAD, "add-documents", "edit-plans", "issue-drafts", "override-gate", "see-log",
    ),
    "director": _role(
        "Director",
        "Sees figures and audits, and no plan's text.",
        "see-my-work", "see-samples", "see-audits", "see-figures", "see-trust", "see-experience",
        "see-people",
    ),
    "analyst": _role(
        "Analyst",
        "Imports lists and past audits, and sees figures and audits, but no document.",
        "see-my-work", "see-plans", "import-lists", "import-audits", "see-samples", "see-audits",
        "see-figures", "see-trust", "see-experience",
    ),
    "partner-reader": _role(
        "Partner reader",
        "Sees figures only: for health, schools and the parent carer forum.",
        "see-my-work", "see-figures", "see-experience",
    ),
    "inspector": _role(
        "Inspector",
        "Reads everything until a date; every page read is logged.",
        "see-my-work", "see-plans", "read-documents", "see-identity", "see-samples", "see-audits",
        "see-figures", "see-trust", "see-experience", "see-people", "see-log",
        limited=True,
    ),
    "administrator": _role(
        "Administrator",
        "Invites people, sets roles, retention and sign-in, and answers requests about data.",
        "see-my-work", "see-people", "manage-people", "manage-settings", "see-log",
        "export-subject", "erase",
    ),
}  # fmt: skip

AGENCIES = {
    "education": "Education and SEND service",
    "health": "Health",
    "social-care": "Social care",
    "parent-carer": "Parent carers",
}

SUPPORT = frozenset({"see-my-work", "see-people", "see-samples", "see-log"})
"""What a support visit may read: how things are set up, never a plan or an audit."""


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """What these roles may do together; a word that is no role gives nothing."""
    return frozenset().union(*(ROLES[r].permissions for r in roles if r in ROLES))
