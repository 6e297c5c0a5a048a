"""The sheet of what posts ask for (R117–R119, R173)."""

from partners.models import PostRequirement
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class PostRequirementResource(BaseResource):
    class Meta:
        model = PostRequirement
        import_id_fields = ("code",)
        fields = (
            "code", "post", "product_line", "kind", "name", "course", "explanation", "valid_months", "bars_work",
            "active",
        )  # fmt: skip
        renamed = {"name": ("依据",), "explanation": ("解析",)}
