"""The sheet of articles: new ones come as drafts, another text as a new version; both wait for review (R039)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import knowledge as actions
from partners.actions.base import signed_by
from partners.actions.knowledge_base import Text, index
from partners.choices.knowledge import Audience
from partners.models import Article
from partners.rules.knowledge import is_number
from portal.accounts.roles import PARTNER, Role
from portal.exchange.cells import ChoiceCell, ListCell, TextCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource

#: What of an article is not its text.
KEPT = ("kind", "tags", "audience", "roles", "owner")


class ReadersCell(ListCell):
    """Roles of partners, stored as codes divided by commas; empty means every role."""

    def __init__(self) -> None:
        super().__init__(ChoiceCell([(role.value, role.label) for role in Role if role in PARTNER]))

    @property
    def hint(self) -> str:  # type: ignore[override]
        return f"{ListCell.hint}: {self.choice.hint if self.choice else ''}"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:  # type: ignore[override]
        return ",".join(super().clean(value, row, **kwargs))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return super().render([role for role in (value or "").split(",") if role])


@register
class ArticleResource(BaseResource):
    title = Column("title", TextCell(), gettext_lazy("Title"), required=True)
    symptoms = Column("symptoms", TextCell(), gettext_lazy("Fault symptoms"))
    body = Column("body", TextCell(), gettext_lazy("Text"), required=True)
    roles = Column("roles", ReadersCell(), gettext_lazy("Roles of the readers"))

    class Meta:
        model = Article
        import_id_fields = ("number",)
        fields = (
            "number",
            "kind",
            "title",
            "symptoms",
            "body",
            "tags",
            "product_lines",
            "product_models",
            "audience",
            "partners",
            "roles",
            "owner",
            "review_due",
            "state",
        )
        links = {"owner": "username"}
        shown_only = ("state", "review_due")

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, str], **kwargs: Any) -> None:
        """The text of an article stands in its newest version."""
        if not new:
            self._unfold(instance)
        super().after_init_instance(instance, new, row, **kwargs)

    def line(self, instance: Any, *, masked: bool) -> list[str]:
        self._unfold(instance)
        return super().line(instance, masked=masked)

    @staticmethod
    def _unfold(instance: Article) -> None:
        version = instance.versions.latest("number")
        instance.title, instance.symptoms, instance.body = version.title, version.symptoms, version.body

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if not getattr(instance, "body", "").strip():
            errors.setdefault("body", ValidationError(_("An article needs a title and a text.")))
        if not instance.pk and not is_number(instance.number):
            words = _("Use letters, digits, dots and dashes only, 24 at most.")
            errors.setdefault("number", ValidationError(words))
        chosen = self.links["partners"] if "partners" in self.links else self.before.get("partners")
        if instance.audience == Audience.CHOSEN and not chosen:
            errors.setdefault("partners", ValidationError(_("Choose the partners who may read it.")))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        """By the actions: nothing reaches a reader that nobody reviewed."""
        text = Text(instance.title, instance.body, instance.symptoms)
        if new:
            values = {name: getattr(instance, name) for name in ("number", *KEPT)}
            made = actions.write(self.actor, text, reason=_("From a sheet"), **values)
            vars(instance).update(vars(made))  # links are set on it next
            return
        stored = Article.objects.get(pk=instance.pk)
        self._unfold(stored)
        if (stored.title, stored.symptoms, stored.body) != (instance.title, instance.symptoms, instance.body):
            actions.revise(self.actor, stored, text, _("From a sheet"))
        row = signed_by(self.actor, Article.objects.get(pk=instance.pk), "import")
        for name in KEPT:
            setattr(row, name, getattr(instance, name))
        row.save(update_fields=KEPT)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, str], **kwargs: Any) -> None:
        super().save_instance(instance, is_create, row, **kwargs)
        if not kwargs.get("dry_run"):
            index(Article.objects.get(pk=instance.pk))
