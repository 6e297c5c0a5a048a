"""People, the organisations they belong to, and what they are there."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import ADMIN_SITE, ROLES_OF_KIND, Role


class OrganisationKind(models.TextChoices):
    """The three sides that hold accounts; customers need none."""

    BRAND = "brand", _("Brand owner")
    PARTNER = "partner", _("Partner")
    AUDITOR = "auditor", _("Third-party audit firm")


class OrganisationQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "OrganisationQuerySet":
        if actor.is_brand or actor.is_auditor or actor.role == Role.ADMINISTRATOR:
            return self.all()
        return self.filter(pk=actor.organisation_id)


class Organisation(models.Model):
    """A party with accounts: the brand owner, a partner or an audit firm."""

    kind = models.CharField(_("Kind"), max_length=10, choices=OrganisationKind.choices)
    code = models.CharField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40)

    history = HistoricalRecords()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "UserQuerySet":
        if actor.is_brand or actor.is_auditor or actor.role == Role.ADMINISTRATOR:
            return self.all()
        return self.filter(membership__organisation_id=actor.organisation_id, membership__active=True)


class User(AbstractUser):
    """Somebody who signs in. What he may do follows from his membership, not from this row."""

    first_name = None
    last_name = None
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    #: How often this person signed out everywhere: sessions and links to exports of before are dead (F07).
    #: The database knows the default too: a portal of the version before can make accounts until it is restarted.
    sign_outs = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    REQUIRED_FIELDS = ["email", "name"]

    history = HistoricalRecords(excluded_fields=["password", "last_login", "sign_outs"])
    objects = UserManager()
    scoped = UserQuerySet.as_manager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What sessions are bound to: the password, and how often he signed out everywhere."""
        bound = super()._get_session_auth_hash(secret=secret)
        if not self.sign_outs:
            return bound
        return salted_hmac("portal.accounts.sign_outs", f"{bound} {self.sign_outs}", secret=secret).hexdigest()

    def current_membership(self) -> "Membership | None":
        """The one active membership, with its organisation."""
        return self.membership_set.select_related("organisation").filter(active=True).first()


class Membership(models.Model):
    """What a user is, where; at most one is active. Regions narrow what brand staff see."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("User"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("Organisation"))
    role = models.CharField(_("Role"), max_length=20, choices=[(r.value, r.label) for r in Role][:10])
    regions = models.JSONField(_("Regions"), default=list, blank=True, help_text=_("Empty means all regions."))
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(active=True),
                name="one_active_membership",
                violation_error_message=_("This person already has an active membership: end that one first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation.short_name} · {self.get_role_display()}"

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.role not in ROLES_OF_KIND[self.organisation.kind]:
            raise ValidationError({"role": _("An organisation of this kind does not give this role.")})

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep `is_staff`, which Django's admin site asks for, in step with the role."""
        super().save(*args, **kwargs)
        staff = self.active and self.role in ADMIN_SITE
        User.objects.filter(pk=self.user_id).exclude(is_staff=staff).update(is_staff=staff)
