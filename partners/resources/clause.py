"""The sheet of clauses: the code names contract, version and clause; only drafts take rows (R031)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.choices.contract import VersionState
from partners.models import ContractClause, ContractVersion
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.workflow.corridor import lock_row


@register
class ContractClauseResource(BaseResource):
    class Meta:
        model = ContractClause
        import_id_fields = ("code",)
        fields = (
            "code", "kind", "title", "text", "level", "category", "limit", "unit", "replaces", "basis", "rate", "cap",
            "incentive", "quarters",
        )  # fmt: skip
        fixed = ("code",)
        renamed = {"rate": ("评价",)}
        reworded = {"kind": {"服务等级": "service_level"}}

    def filled_later(self) -> set[str]:
        return {"version", "number"}

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """The code must name a draft of a contract in sight."""
        errors = dict(import_validation_errors or {})
        if instance.version_id is None:
            contract, _slash, rest = instance.code.rpartition("/")[0].rpartition("/")
            version = self._version(contract, rest)
            if version is None:
                errors["code"] = ValidationError(_("No version is called so: write contract number/version/clause."))
            else:
                instance.version, instance.number = version, instance.code.rpartition("/")[2]
        if instance.version_id is not None and instance.version.state != VersionState.DRAFT:
            errors["code"] = ValidationError(_("Only the clauses of a draft are written: amend the contract."))
        super().validate_instance(instance, errors, **kwargs)

    def write(self, instance: Any, *, new: bool) -> None:
        """Under the version's lock: nobody sends it to the legal department meanwhile."""
        if lock_row(instance.version).state != VersionState.DRAFT:
            words = _("Only the clauses of a draft are written: amend the contract.")
            raise ValidationError({"code": words})
        super().write(instance, new=new)

    def _version(self, contract: str, number: str) -> ContractVersion | None:
        if not (number.isascii() and number.isdigit()):
            return None
        rows = ContractVersion.objects.visible_to(self.actor).select_related("contract")
        return rows.filter(contract__number=contract, number=int(number)).first()
