"""The sections of service figures on a meeting's agenda are those of the reports (R225)."""

from datetime import date

import pytest
from django.utils import translation

from kpi.queries import agenda as service
from kpi.queries.figures import figures
from kpi.queries.scope import Scope
from kpi.rules.period import of_days
from partners.queries.agenda import About, filled, register, sections
from partners.rules.agenda import label_of
from tests.tickets.stages import Stage
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db


def test_the_agenda_counts_what_the_reports_count():
    stage = Stage()
    ticket = stage.ticket_in(TicketState.RESOLVED)
    day = ticket.received_at.date()
    what = About(ticket.outlet.partner, None, day.replace(day=1), date(day.year, day.month, 28))
    by_code = {section.code: section for section in sections()}
    shown = {row["code"]: row for row in filled(by_code["service"], what)}
    found = figures(Scope(partner=what.partner), of_days(what.first, what.last))
    assert shown["service.tickets"]["value"] == str(found.tickets) == "1"
    assert len(shown) == 2 + len(service.SHOWN)
    assert filled(by_code["repeated"], what)[1]["value"] == "0"
    assert len(filled(by_code["opinions"], what)) == len(service.OPINIONS)


def test_a_section_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        register("service", "x", {}, lambda what: [], 1)


@pytest.mark.parametrize(("language", "word"), [("en", "Tickets received"), ("zh-hans", "受理工单")])
def test_a_kept_figure_is_named_in_the_language_of_the_reader(language, word):
    with translation.override(language):
        assert label_of({"code": "service.tickets"}) == word
        assert not label_of({"code": "metric.csat"}).startswith("metric")
