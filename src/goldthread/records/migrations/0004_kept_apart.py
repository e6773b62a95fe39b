from django.db import migrations

from goldthread.records.tenancy import ME, OWN, ForceRowSecurity, SameAuthority, at_door

OWNED = (
    "Settings", "Conflict", "Invitation", "Plan", "Adviser", "Identity", "Mapping", "Import",
    "Document", "Stored", "GateDecision", "Experience", "Sample", "SampleLine", "Audit", "Part",
    "Answer", "Chain",
)  # fmt: skip
HISTORIES = (
    "SettingsHistory", "MembershipHistory", "ConflictHistory", "InvitationHistory",
    "ProviderHistory", "SupportVisitHistory", "PlanHistory", "MappingHistory", "DocumentHistory",
    "GateDecisionHistory", "ExperienceHistory", "SampleHistory", "SampleLineHistory",
    "AuditHistory", "PartHistory", "AnswerHistory",
)  # fmt: skip
IN_SCOPE = (
    "EXISTS (SELECT 1 FROM records_membership m WHERE m.person_id = records_person.id"
    " AND m.authority_id = nullif(current_setting('goldthread.authority', true), ''))"
    " OR EXISTS (SELECT 1 FROM records_supportvisit v WHERE v.person_id = records_person.id"
    " AND v.authority_id = nullif(current_setting('goldthread.authority', true), ''))"
)
ACCOUNT_DOORS = at_door("sign-in", "erase", "command")
THIS_SESSION = "session_key = current_setting('goldthread.session', true)"
MY_OWN = f"user_id = {ME} OR {ACCOUNT_DOORS}"
POINTERS = (
    ("Conflict", "member", "plan"),
    ("Invitation", "invited_by"),
    ("Plan", "writer", "source"),
    ("Adviser", "plan", "member"),
    ("Identity", "plan"),
    ("Import", "by"),
    ("Document", "plan", "author"),
    ("Stored", "document"),
    ("GateDecision", "document", "by"),
    ("Experience", "plan"),
    ("Sample", "drawn_by"),
    ("SampleLine", "sample", "plan", "takes_from"),
    ("Audit", "plan", "document", "line", "signed_by", "experience"),
    ("Part", "audit", "auditor"),
    ("Answer", "audit", "part", "answered_by"),
)


class Migration(migrations.Migration):
    dependencies = (("records", "0003_rows"),)
    operations = (
        *(ForceRowSecurity(model, read=OWN, write=OWN) for model in OWNED),
        *(ForceRowSecurity(model, read=OWN, write=OWN, append=True) for model in HISTORIES),
        ForceRowSecurity("Event", read=OWN, write=OWN, append=True),
        # People see where they belong, whichever authority's page they are on.
        ForceRowSecurity(
            "Membership",
            read=f"{OWN} OR person_id = {ME} OR {ACCOUNT_DOORS}",
            write=f"{OWN} OR {at_door('erase')}",
        ),
        ForceRowSecurity("SupportVisit", read=f"{OWN} OR person_id = {ME}", write=OWN),
        ForceRowSecurity("Provider", read=f"{OWN} OR {at_door('sign-in')}", write=OWN),
        ForceRowSecurity(
            "Person",
            read=f"id = {ME} OR {ACCOUNT_DOORS} OR {IN_SCOPE}",
            write=f"id = {ME} OR {ACCOUNT_DOORS}",
        ),
        ForceRowSecurity(
            "SignedIn",
            read=f"{THIS_SESSION} OR person_id = {ME} OR {at_door('erase', 'command')}",
            write=f"{THIS_SESSION} OR person_id = {ME} OR {at_door('erase', 'command')}",
        ),
        *(
            ForceRowSecurity("", read=MY_OWN, write=MY_OWN, table=table)
            for table in (
                "account_emailaddress",
                "mfa_authenticator",
                "socialaccount_socialaccount",
            )
        ),
        ForceRowSecurity("Attempt", read=at_door("sign-in"), write=at_door("sign-in")),
        *(SameAuthority(*pointer) for pointer in POINTERS),
    )
