"""People who sign in, what they may do where, and how they came in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now

from goldthread.records.models.history import with_history
from goldthread.records.models.owned import Classed, Owned, PersonalClass


class People(BaseUserManager):
    """Finds and makes people, for Django's and allauth's own code."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email__iexact=email)


class Person(Classed, AbstractBaseUser):
    """Somebody who may sign in. What they may do is said by their memberships, not here."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_steward = models.BooleanField(default=False)
    is_support = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    personal: ClassVar[dict[str, PersonalClass]] = {
        "email": "named", "name": "named", "password": "credential", "last_login": "trace",
        "joined_at": "trace",
    }  # fmt: skip
    plain = ("id", "is_active", "is_steward", "is_support", "erased_at")

    class Meta:
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_in_small_letters"
            ),
        )

    def __str__(self) -> str:
        return f"person {self.pk}"


@with_history
class Membership(Owned):
    """One person's place in one authority."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30), default=list)
    agency = models.CharField(max_length=20, default="")
    profession = models.CharField(max_length=40, default="")
    team = models.CharField(max_length=80, default="")
    capacity = models.PositiveSmallIntegerField(default=4, help_text="Audits a month.")
    starts_on = models.DateField(db_default=Now())
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, PersonalClass]] = {
        "person": "staff", "roles": "staff", "agency": "staff", "profession": "staff",
        "team": "staff", "capacity": "staff", "starts_on": "staff", "ends_at": "staff",
        "ended_at": "staff",
    }  # fmt: skip
    plain = ("id", "authority")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("authority", "person"), name="membership_once"),
        )


@with_history
class Conflict(Owned):
    """A declared conflict of interest: this person may not audit this plan, or this setting's."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="conflicts")
    plan = models.ForeignKey("records.Plan", null=True, on_delete=models.CASCADE)
    urn = models.CharField(max_length=8, default="")
    team = models.CharField(max_length=80, default="")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(db_default=Now())

    personal: ClassVar[dict[str, PersonalClass]] = {"reason": "words", "member": "staff"}
    plain = ("id", "authority", "plan", "urn", "team", "made_at")


@with_history
class Invitation(Owned):
    """An open door for one e-mail address. Only the digest of its link is kept."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, default="")
    roles = ArrayField(models.CharField(max_length=30), default=list)
    agency = models.CharField(max_length=20, default="")
    profession = models.CharField(max_length=40, default="")
    team = models.CharField(max_length=80, default="")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    member_until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, PersonalClass]] = {
        "email": "named", "name": "named", "roles": "staff", "agency": "staff",
        "profession": "staff", "team": "staff", "digest": "credential", "invited_by": "trace",
    }  # fmt: skip
    plain = (
        "id", "authority", "made_at", "expires_at", "member_until", "used_at", "withdrawn_at",
    )  # fmt: skip


@with_history
class Provider(Owned):
    """An authority's own sign-in service (OpenID Connect)."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    secret = models.TextField(default="", help_text="Encrypted.")
    active = models.BooleanField(default=True)

    personal: ClassVar[dict[str, PersonalClass]] = {"secret": "credential"}
    plain = ("id", "authority", "slug", "name", "issuer", "client_id", "active")


@with_history
class SupportVisit(Owned):
    """A timed, reasoned entry of support staff: read only, and every page seen is an event."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    began_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, PersonalClass]] = {"person": "staff", "reason": "words"}
    plain = ("id", "authority", "began_at", "ends_at", "ended_at")


class SignedIn(Classed, AbstractBaseSession):
    """A session. `session_key` is the digest of what the browser holds, so that nobody who reads
    this table can sign in with it."""

    session_key = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField(db_default=Now())

    personal: ClassVar[dict[str, PersonalClass]] = {
        "session_key": "credential", "session_data": "credential", "person": "trace",
        "began_at": "trace", "expire_date": "trace",
    }  # fmt: skip

    @classmethod
    def get_session_store_class(cls) -> type:
        from goldthread.records.sessions import SessionStore

        return SessionStore
