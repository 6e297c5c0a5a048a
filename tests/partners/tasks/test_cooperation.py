"""The daily look: owed meetings are planned, invitations and tasks are reminded (R041, R076, R225)."""

from datetime import date, datetime

import pytest

from partners.models import Meeting
from partners.tasks.cooperation import keep_cooperation
from portal.kernel import clock
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db


def test_the_daily_look_plans_and_reminds_once(brand_manager, ann, partner_a):
    with clock.travel(datetime(2026, 11, 18, 7, 30, tzinfo=clock.LOCAL)):
        given.cycle(brand_manager, partner_a, since=date(2026, 10, 1))
        given.task(actor(brand_manager), ann, due_on=date(2026, 11, 19))
        assert keep_cooperation.call() == 2
        assert keep_cooperation.call() == 0
    assert Meeting.objects.count() == 1
