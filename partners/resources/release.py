"""The sheet of the clauses of standards and bulletins; only a draft takes rows (R001, R100, R104)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Clause, Release
from partners.rules.standard import may_publish
from portal.exchange.keyed import ComposedResource, KeyColumn
from portal.exchange.registry import register


def code_of(clause: Clause) -> str:
    """Document, version and clause: BZ-001/2/3.1."""
    return f"{clause.release.publication.code}/{clause.release.number}/{clause.number}"


@register
class ClauseResource(ComposedResource):
    code = KeyColumn(
        "code", gettext_lazy("Clause code"), code_of, gettext_lazy("Document / version / clause, such as BZ-001/2/3.1")
    )

    class Meta:
        model = Clause
        import_id_fields = ("code",)
        fields = ("code", "place", "title", "text", "core", "value", "unit", "lowest", "highest")
        reworded = {"unit": {"倍": "count"}}

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("release__publication")

    def among(self, rows: Any, keys: list[str]) -> Any:
        return rows.filter(release__publication__code__in={key.split("/")[0] for key in keys})

    def filled_later(self) -> set[str]:
        return {"release"}

    def stand(self, instance: Clause, key: str) -> None:
        document, _slash, rest = key.partition("/")
        number, _slash, clause = rest.partition("/")
        release = self._release(document, number) if clause.strip() else None
        if release is None:
            raise ValidationError(_("No version is called so: write document/version/clause, such as BZ-001/2/3.1."))
        instance.release, instance.number = release, clause.strip()

    def keeper(self, instance: Clause) -> Release:
        return instance.release

    def need_open(self, keeper: Release) -> None:
        """A draft that the person's department releases."""
        verdict = may_publish(self.actor.role, keeper.publication.kind)
        if not verdict:
            raise ValidationError(str(verdict.reason))  # type: ignore[union-attr]
        if not keeper.is_draft:
            raise ValidationError(_("What was announced is not changed: make a new version."))

    def _release(self, document: str, number: str) -> Release | None:
        if not (number.isascii() and number.isdigit() and len(number) < 6):
            return None
        rows = Release.objects.visible_to(self.actor).select_related("publication")
        return rows.filter(publication__code=document, number=int(number)).first()
