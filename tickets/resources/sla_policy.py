"""The sheet of a policy's lines (R003): a draft's lines are changed and added, whatever is wrong is told by cell."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.kernel.errors import PortalError
from tickets.actions import sla_policy as actions
from tickets.forms.sla_policy_line import LINE_FIELDS
from tickets.models import PolicyLine, PolicyVersion
from tickets.rules import sla_policy as rules
from tickets.rules.sla_policy.checking import flaws_of_line


@register
class PolicyLineResource(BaseResource):
    """'3-007' names a line of version 3; a new line takes the next free number of its version."""

    class Meta:
        model = PolicyLine
        import_id_fields = ("code",)
        fields = ("code", *(name for name in LINE_FIELDS if name != "policy"))

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.versions: dict[str, PolicyVersion | None] = {}
        #: The version's lines as the sheet leaves them so far, by code.
        self.said: dict[int, dict[str, rules.PolicyLine]] = {}

    def after_init_instance(self, instance: PolicyLine, new: bool, row: dict[str, str], **kwargs: Any) -> None:
        super().after_init_instance(instance, new, row, **kwargs)
        version = self._version(row["code"].strip())
        if version is not None:
            instance.policy = version

    def validate_instance(
        self, instance: PolicyLine, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The draft that the code names, the line's own rules, and its sisters as the sheet leaves them."""
        code = instance.code.strip()
        version = self._version(code)
        if version is None:
            raise ValidationError({"code": _("No version has this number: write a code such as 3-025.")})
        verdict = version.verdict(self.actor, "policy_changed")
        if not verdict:
            raise ValidationError({"code": str(verdict.reason)})
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if self.checked:
            return
        line = instance.as_rule()
        sisters = self.said.setdefault(version.pk, {each.code: each.as_rule() for each in version.lines.all()})
        others = [each for name, each in sisters.items() if name != code]
        errors = {flaw.field: flaw.message for flaw in flaws_of_line(line, others)}
        if errors:
            raise ValidationError(errors)
        sisters[code] = line

    def filled_later(self) -> set[str]:
        return {"policy"}

    def write(self, instance: Model, *, new: bool) -> None:
        try:
            actions.set_line(self.actor, instance)
        except PortalError as error:
            raise ValidationError({"code": str(error)}) from error

    def _version(self, code: str) -> PolicyVersion | None:
        number = code.partition("-")[0]
        if number not in self.versions:
            found = PolicyVersion.objects.visible_to(self.actor)
            self.versions[number] = found.filter(number=number).first() if number.isdecimal() else None
        return self.versions[number]
