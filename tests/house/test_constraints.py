"""What must not stand twice is refused in words of the house, with the remedy (house rule 7)."""

from django.apps import apps
from django.db.models import Model, UniqueConstraint

from tests.house.tree import PACKAGES

#: Rows that only the portal writes, by keys that nobody types.
KEPT_BY_THE_PORTAL = {
    "journal.JournalEntry", "journal.SealedHead", "partners.CalibrationWarning", "partners.ExpiryWarning",
    "partners.GrantWarning", "partners.OutletInspectionAnswer", "partners.PlanReading", "partners.Stock",
    "partners.StockLine", "partners.StockPlace", "tickets.ArticleUse", "tickets.ArticleVote", "tickets.ClockWarning",
    "tickets.IntakeRecord", "tickets.SlaClock", "tickets.Ticket",
}  # fmt: skip


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def wordless(model: type[Model]) -> list[str]:
    rows = (row for row in model._meta.constraints if isinstance(row, UniqueConstraint))
    return [row.name for row in rows if row.violation_error_message == UniqueConstraint.default_violation_error_message]


def test_what_people_write_is_refused_in_words():
    mute = {model._meta.label: names for model in ours() if (names := wordless(model))}
    assert set(mute) == KEPT_BY_THE_PORTAL, {label: mute.get(label) for label in set(mute) ^ KEPT_BY_THE_PORTAL}
