"""The sheet of contract versions: a new line writes a draft, only drafts are changed (R031, R038)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import contract_version as actions
from partners.choices.contract import VersionState
from partners.models import ContractVersion, PartnerContract
from portal.exchange.keyed import ComposedResource, KeyColumn
from portal.exchange.registry import register

TERMS = ("kind", "reason", "valid_from", "valid_until")


def code_of(version: ContractVersion) -> str:
    """Contract and version: HZ-2026-001/2."""
    return f"{version.contract.number}/{version.number}"


@register
class ContractVersionResource(ComposedResource):
    code = KeyColumn(
        "code", gettext_lazy("Version code"), code_of, gettext_lazy("Contract number / version, such as HZ-2026-001/2")
    )

    class Meta:
        model = ContractVersion
        import_id_fields = ("code",)
        fields = (
            "code", "kind", "reason", "tier", "product_lines", "valid_from", "valid_until", "state", "opinion",
            "signed_on", "signed_at",
        )  # fmt: skip
        reworded = {"kind": {"首次编写": "first"}}
        fixed = ("kind",)
        shown_only = ("state", "opinion", "signed_on", "signed_at")
        rehearse = True

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("contract")

    def filled_later(self) -> set[str]:
        return {"contract"}

    def stand(self, instance: ContractVersion, key: str) -> None:
        """A new version takes the next number of its contract."""
        number, _slash, version = key.rpartition("/")
        contract = PartnerContract.objects.visible_to(self.actor).filter(number=number).first()
        if contract is None:
            raise ValidationError(_("No contract is called so: write contract number/version, such as HZ-2026-001/2."))
        last = contract.versions.order_by("-number").first()
        following = last.number + 1 if last else 1
        if version.strip() != str(following):
            words = {"code": f"{number}/{following}"}
            raise ValidationError(_("The next version of this contract is %(code)s.") % words)
        instance.contract, instance.number = contract, following

    def keeper(self, instance: ContractVersion) -> ContractVersion:
        return instance

    def need_open(self, keeper: ContractVersion) -> None:
        if keeper.state != VersionState.DRAFT:
            raise ValidationError(_("Only a draft is written: amend the contract by a new version."))

    def write(self, instance: Any, *, new: bool) -> None:
        """By the action: it copies the clauses of the version before and journals; tier and lines follow."""
        if new:
            wanted = {name: getattr(instance, name) for name in TERMS}
            made = actions.write(self.actor, instance.contract, **wanted)
            tier = instance.tier or made.tier
            instance.__dict__.update({**vars(made), "tier": tier, "_history_user": instance._history_user})
        super().write(instance, new=False)
