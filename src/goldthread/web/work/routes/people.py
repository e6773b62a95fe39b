"""Addresses of people, settings, the event log and privacy."""

from django.urls import path

from goldthread.web.work.views import conflicts, inviting, log, people, privacy, settings

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/roles/", people.roles, name="people-roles"),
    path("people/invite/", inviting.inviting, name="people-invite"),
    path(
        "people/invitations/<int:invitation>/withdraw/",
        inviting.withdrawing,
        name="people-invitation-withdraw",
    ),
    path("people/<int:member>/", people.member, name="people-member"),
    path("people/<int:member>/change/", people.change, name="people-change"),
    path("people/<int:member>/end/", people.end, name="people-end"),
    path("people/<int:member>/reset/", people.reset, name="people-reset"),
    path("people/<int:member>/conflicts/", conflicts.of_member, name="people-conflicts"),
    path(
        "people/<int:member>/conflicts/<int:conflict>/withdraw/",
        conflicts.withdrawing,
        name="people-conflict-withdraw",
    ),
    path("people/<int:member>/export/", privacy.export_person, name="privacy-person-export"),
    path("people/<int:member>/erase/", privacy.erase_person, name="privacy-person-erase"),
    path("conflicts/", conflicts.mine, name="conflicts"),
    path("settings/", settings.settings, name="settings"),
    path("settings/sign-in/", settings.sign_in, name="settings-sign-in"),
    path("settings/sign-in/<slug:slug>/", settings.switch, name="settings-switch"),
    path("settings/mappings/", settings.mappings, name="settings-mappings"),
    path("settings/mappings/<int:mapping>/delete/", settings.delete_mapping, name="mapping-delete"),
    path("log/", log.log, name="log"),
    path("log/events.csv", log.as_csv, name="log-csv"),
    path("log/verify/", log.verifying, name="log-verify"),
    path("privacy/", privacy.privacy, name="work-privacy"),
    path("privacy/<str:reference>/", privacy.plan, name="privacy-plan"),
    path("privacy/<str:reference>/export/", privacy.export_plan, name="privacy-plan-export"),
    path("privacy/<str:reference>/erase/", privacy.erase_plan, name="privacy-plan-erase"),
]
