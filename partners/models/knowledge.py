"""Article of the knowledge base (知识库): what it is about, for whom, and which text is in force (R018, R146)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.knowledge import ArticleKind, ArticleState, Audience, VersionState
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.staff import Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role
from portal.kernel import clock


class ArticleQuerySet(ScopedQuerySet):
    """Brand and auditor: all. Partner: what is published for him, and what he contributed himself."""

    def scope(self, actor: Actor) -> "ArticleQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self
        if not actor.is_partner:
            return self.none()
        return self.filter(Q(pk__in=self._published_for(actor).values("pk")) | _contributed_by(actor))

    def readable_by(self, actor: Actor) -> "ArticleQuerySet":
        """What the actor may rely on: published, and meant for him. For lists, search and suggestions."""
        if actor.is_partner:
            return self._meant_for(actor).published()
        return self.visible_to(actor).published()

    def published(self) -> "ArticleQuerySet":
        return self.filter(state=ArticleState.PUBLISHED)

    def contributed_by(self, actor: Actor) -> "ArticleQuerySet":
        """What the person handed in himself; of a partner's manager, his people's."""
        return self.filter(_contributed_by(actor))

    def _published_for(self, actor: Actor) -> "ArticleQuerySet":
        return self.model._default_manager.all()._meant_for(actor).published()

    def _meant_for(self, actor: Actor) -> "ArticleQuerySet":
        chosen = Article.partners.through.objects.filter(partner__organisation_id=actor.organisation_id)
        whom = Q(audience=Audience.PARTNERS) | Q(audience=Audience.CHOSEN, pk__in=chosen.values("article"))
        return self.filter(whom, Q(roles="") | Q(roles__contains=str(actor.role)))


def _contributed_by(actor: Actor) -> Q:
    if actor.role == Role.PARTNER_MANAGER:
        return Q(contributor_partner__organisation_id=actor.organisation_id)
    own = Q(contributor__user_id=actor.user_id) if actor.user_id else Q(pk=None)
    return own & Q(contributor_partner__organisation_id=actor.organisation_id)


class Article(models.Model):
    """One article. `title` and `symptoms` are those of the text in force, before that of the newest one."""

    number = models.CharField(_("Article number"), max_length=24, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=ArticleKind.choices, default=ArticleKind.SOLUTION)
    state = models.CharField(_("State"), max_length=12, choices=ArticleState.choices, default=ArticleState.DRAFT)
    title = models.CharField(_("Title"), max_length=160)
    symptoms = models.CharField(_("Fault symptoms"), max_length=600, blank=True)
    tags = models.CharField(_("Tags"), max_length=200, blank=True, help_text=_("Several, divided by 、"))
    product_lines = models.ManyToManyField(ProductLine, blank=True, verbose_name=_("Product lines"))
    product_models = models.ManyToManyField(ProductModel, blank=True, verbose_name=_("Product models"))

    audience = models.CharField(_("Readers"), max_length=12, choices=Audience.choices, default=Audience.PARTNERS)
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=_("Chosen partners"), help_text=_("For “Chosen partners”.")
    )
    roles = models.CharField(_("Roles of the readers"), max_length=80, blank=True)

    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Owner of the article")
    )
    review_due = models.DateField(_("Review date"), null=True, blank=True)
    warned_on = models.DateField(null=True, editable=False)
    published_at = models.DateTimeField(_("Published at"), null=True, editable=False)

    current = models.ForeignKey(
        "partners.ArticleVersion", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Text")
    )
    #: State of the newest text while it is not in force.
    pending = models.CharField(max_length=12, choices=VersionState.choices, blank=True, editable=False)

    contributor = models.ForeignKey(
        Staff, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Contributed by")
    )
    contributor_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Partner")
    )
    credited_at = models.DateTimeField(_("Credited at"), null=True, editable=False)
    source = models.CharField(_("From ticket"), max_length=40, blank=True, editable=False)

    views = models.PositiveIntegerField(_("Views"), default=0, editable=False)
    solved = models.PositiveIntegerField(pgettext_lazy("number", "Solved it"), default=0, editable=False)

    history = HistoricalRecords(
        m2m_fields=[product_lines, product_models, partners], excluded_fields=["views", "solved", "warned_on"]
    )
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["state", "-solved", "-published_at"], name="article_useful"),
            models.Index(fields=["state", "-published_at"], name="article_recent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ArticleState.PUBLISHED) | models.Q(current__isnull=False),
                name="article_published_has_text",
                violation_error_message=_("A published article needs a text that was reviewed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def become(self, state: ArticleState) -> None:
        """Only `partners.actions.knowledge` calls this; it asks and journals."""
        self.state = state

    @property
    def days_left(self) -> int | None:
        """Days until the review date; negative when it has passed."""
        return (self.review_due - clock.today()).days if self.review_due else None

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.replace("，", "、").replace(",", "、").split("、") if tag.strip()]

    @property
    def role_list(self) -> list[Any]:
        """The roles that the article is limited to, none when all of a partner's people may read it."""
        return [Role(role) for role in self.roles.split(",") if role]
