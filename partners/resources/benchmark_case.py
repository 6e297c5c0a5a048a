"""The sheet of good-practice cases: new ones are nominated, what was decided is only shown (R043–R046)."""

from django.utils.translation import gettext_lazy

from partners.actions import benchmark_case as actions
from partners.models import BenchmarkCase
from portal.exchange.columns import Column
from portal.exchange.keyed import NumberCell, NumberedResource
from portal.exchange.registry import register


@register
class BenchmarkCaseResource(NumberedResource):
    number = Column("number", NumberCell(), gettext_lazy("Case number"), required=True)

    class Meta:
        model = BenchmarkCase
        import_id_fields = ("number",)
        fields = (
            "number", "kind", "title", "practice", "effect", "measure", "unit", "before", "after", "partner", "article",
            "ticket_number", "for_training", "state", "nominated_by", "decided_by",
        )  # fmt: skip
        links = {"article": "number"}
        shown_only = ("state", "nominated_by", "decided_by")
        renamed = {"before": ("修改前",), "after": ("修改后",)}
        rehearse = True

    def filled_later(self) -> set[str]:
        return {"nominated_at", "nominated_by"}

    def write(self, instance: BenchmarkCase, *, new: bool) -> None:
        """A new case is nominated, so that its journal begins."""
        if new:
            actions.nominate(self.actor, instance)
        else:
            super().write(instance, new=new)
