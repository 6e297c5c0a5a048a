"""The sheets of agreement versions and of their service levels: written in drafts, then only shown (R184–R191)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.exchange.keyed import ComposedResource, KeyColumn
from portal.exchange.registry import register
from tickets.actions import agreement as actions
from tickets.choices.agreement import AgreementState
from tickets.models import AgreementLine, AgreementVersion, ServiceAgreement

TERMS = (
    "tier", "product_name", "contract_number", "warranty_from", "warranty_until", "valid_until", "inspection_months",
    "cycles_add_up",
)  # fmt: skip


def version_code(version: AgreementVersion) -> str:
    """Agreement and version: FW-2026-001/2."""
    return f"{version.agreement.number}/{version.number}"


def line_code(line: AgreementLine) -> str:
    """Agreement, version and clause: FW-2026-001/2/3."""
    return f"{version_code(line.version)}/{line.number}"


class InDraftResource(ComposedResource):
    """What is signed is never changed."""

    def need_open(self, keeper: AgreementVersion) -> None:
        if keeper.state != AgreementState.DRAFT:
            raise ValidationError(_("Only a draft is written: amend the agreement by a new version."))


@register
class AgreementVersionResource(InDraftResource):
    code = KeyColumn(
        "code", gettext_lazy("Version code"), version_code,
        gettext_lazy("Agreement number / version, such as FW-2026-001/2"),
    )  # fmt: skip

    class Meta:
        model = AgreementVersion
        import_id_fields = ("code",)
        fields = ("code", "reason", "valid_from", *TERMS, "state", "signed_on", "signed_at")
        shown_only = ("state", "signed_on", "signed_at")
        rehearse = True

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("agreement")

    def filled_later(self) -> set[str]:
        return {"agreement"}

    def import_instance(self, instance: AgreementVersion, row: dict[str, str], **kwargs: Any) -> None:
        """What a new line leaves empty is as the agreement says now."""
        if not self.before:
            number = row["code"].strip().rpartition("/")[0]
            agreement = ServiceAgreement.objects.visible_to(self.actor).filter(number=number).first()
            for name in TERMS if agreement else ():
                setattr(instance, name, getattr(agreement, name))
            instance.__dict__["_agreement"] = agreement
        super().import_instance(instance, row, **kwargs)

    def stand(self, instance: AgreementVersion, key: str) -> None:
        """A new version takes the next number of its agreement."""
        agreement = instance.__dict__["_agreement"]
        if agreement is None:
            raise ValidationError(_("No agreement is called so: write agreement number/version."))
        last = agreement.versions.order_by("-number").first()
        following = last.number + 1 if last else 1
        if key.rpartition("/")[2].strip() != str(following):
            words = {"code": f"{agreement.number}/{following}"}
            raise ValidationError(_("The next version of this agreement is %(code)s.") % words)
        instance.agreement, instance.number = agreement, following

    def keeper(self, instance: AgreementVersion) -> AgreementVersion:
        return instance

    def write(self, instance: Any, *, new: bool) -> None:
        """By the action: it copies parties and service levels of the version before and journals."""
        if new:
            said = {name: getattr(instance, name) for name in TERMS}
            made = actions.write(self.actor, instance.agreement, valid_from=instance.valid_from, reason=instance.reason)
            instance.__dict__.update({**vars(made), **said, "_history_user": instance._history_user})
        super().write(instance, new=False)


@register
class AgreementLineResource(InDraftResource):
    code = KeyColumn(
        "code", gettext_lazy("Clause code"), line_code,
        gettext_lazy("Agreement number / version / clause, such as FW-2026-001/2/3"),
    )  # fmt: skip

    class Meta:
        model = AgreementLine
        import_id_fields = ("code",)
        fields = ("code", "text", "level", "category", "limit", "unit", "replaces")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("version__agreement")

    def filled_later(self) -> set[str]:
        return {"version"}

    def stand(self, instance: AgreementLine, key: str) -> None:
        rest, _slash, clause = key.rpartition("/")
        agreement, _slash, number = rest.rpartition("/")
        rows = AgreementVersion.objects.visible_to(self.actor).filter(agreement__number=agreement)
        plain = number.isascii() and number.isdigit() and len(number) < 6
        version = rows.filter(number=int(number)).first() if plain and clause.strip() else None
        if version is None:
            raise ValidationError(_("No version is called so: write agreement number/version/clause."))
        instance.version, instance.number = version, clause.strip()

    def keeper(self, instance: AgreementLine) -> AgreementVersion:
        return instance.version
