"""The sheets of the duty roster and of the ladder of warnings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.queries.region import known_regions
from portal.exchange.keyed import PairedResource
from portal.exchange.registry import register
from tickets.models import DutyTurn, LadderRung


@register
class DutyTurnResource(PairedResource):
    """A turn is named by its officer and the moment at which it begins."""

    together = ("officer", "since")

    class Meta:
        model = DutyTurn
        import_id_fields = ("since",)
        fields = ("officer", "since", "until", "regions", "note")
        links = {"officer": "username"}
        planned = ("since", "until")
        renamed = {"since": ("从",), "until": ("至",)}

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        #: officer → turns that the sheet has named so far: two of them may overlap before either is written.
        self.turns: dict[int, list[DutyTurn]] = {}

    def validate_instance(
        self, instance: DutyTurn, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        strange = [region for region in instance.regions or [] if region not in known_regions()]
        if strange:
            errors["regions"] = ValidationError(_("There is no region “%s” that an outlet covers.") % strange[0][:40])
        if instance.officer_id and instance.since and instance.until:
            mine = self.turns.setdefault(instance.officer_id, [])
            if any(turn.since < instance.until and instance.since < turn.until for turn in mine):
                errors["since"] = ValidationError(_("This officer has a turn in that time already."))
            mine.append(instance)
        super().validate_instance(instance, errors, validate_unique)


@register
class LadderRungResource(PairedResource):
    """A rung is all that it says; a sheet adds rungs and takes them in and out of use."""

    together = ("audience", "kind", "category", "percent", "minutes_after")

    class Meta:
        model = LadderRung
        import_id_fields = ("audience",)
        fields = ("audience", "kind", "category", "percent", "minutes_after", "active")
        renamed = {"percent": ("自时限的百分比起",)}
