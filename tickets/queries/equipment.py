"""What happened to an equipment: parts put in, inspections made and to come (R187, R191)."""

from tickets.models import Equipment, MaintenanceVisit, PartUsage

MOST = 50


def parts_of(equipment: Equipment) -> list[PartUsage]:
    """The parts that its tickets put in, the newest first."""
    if not equipment.pk:
        return []
    rows = PartUsage.objects.filter(completion__ticket__equipment=equipment).select_related("completion__ticket")
    return list(rows.order_by("-completion__created_at", "pk")[:MOST])


def visits_of(equipment: Equipment) -> list[MaintenanceVisit]:
    """Its inspections, those to come first."""
    if not equipment.pk:
        return []
    rows = MaintenanceVisit.objects.filter(plan__equipment=equipment).select_related("ticket")
    return list(rows.order_by("-due_on")[:MOST])
