"""Words of the knowledge base, with label and colour (R018, R165, R177)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class ArticleKind(ColouredChoices):
    """What an article is for."""

    SOLUTION = "solution", "blue", _("Fault solution")
    MANUAL = "manual", "teal", _("Product manual")
    ANSWER = "answer", "purple", _("Standard answer")
    CASE = "case", "orange", _("Case")


class ArticleState(ColouredChoices):
    """An article's life; readers see what is published."""

    DRAFT = "draft", "secondary", _("Draft")
    REVIEW = "review", "yellow", _("In review")
    PUBLISHED = "published", "green", _("Published")
    EXPIRED = "expired", "orange", _("Expired")
    WITHDRAWN = "withdrawn", "red", pgettext_lazy("article", "Withdrawn")


class VersionState(ColouredChoices):
    """What became of one text of an article."""

    DRAFT = "draft", "secondary", _("Draft")
    REVIEW = "review", "yellow", _("In review")
    RETURNED = "returned", "orange", _("Sent back")
    PUBLISHED = "published", "green", _("In force")
    REPLACED = "replaced", "secondary", _("Replaced")


class Audience(ColouredChoices):
    """Whom an article is meant for, besides the brand's own people."""

    BRAND = "brand", "secondary", _("Brand only")
    PARTNERS = "partners", "green", _("All partners")
    CHOSEN = "chosen", "blue", _("Chosen partners")


class CaseKind(ColouredChoices):
    """What a good example is an example of (R044, R045)."""

    TECHNICAL = "technical", "blue", _("Technical solution")
    MANAGEMENT = "management", "purple", _("Management practice")


class CaseState(ColouredChoices):
    """A good-practice case on its way to the recommended list."""

    NOMINATED = "nominated", "yellow", _("Nominated")
    RECOMMENDED = "recommended", "green", _("Recommended")
    DECLINED = "declined", "red", _("Not taken")
    RETIRED = "retired", "secondary", _("Taken off the list")
