"""The working calendar on the partner's pages."""

import pytest

from tests.factories.calendar import make_calendar

pytestmark = pytest.mark.django_db
PAGE = "/field/calendar/"


@pytest.fixture
def ann_in(client, ann):
    client.force_login(ann)
    return client


def test_everybody_reads_the_calendar_of_the_brand(ann_in):
    answer = ann_in.get(PAGE, {"month": "2026-10"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "国庆节" in text
    assert "cal-add" not in text
    assert "尚未公布" in ann_in.get(PAGE, {"month": "2027-02"}).content.decode()


def test_ones_own_comes_first_and_a_strangers_is_404(ann_in, side_a, side_b):
    side_a.outlet.calendar = make_calendar("outlet-a", weekly=[[["10:00", "19:00"]]] * 7)
    side_a.outlet.save()
    make_calendar("b", organisation=side_b.organisation)
    answer = ann_in.get(PAGE, {"month": "2026-03"})
    assert answer.context["calendar"].code == "outlet-a"
    assert "10:00-19:00" in answer.content.decode()
    assert ann_in.get(PAGE, {"calendar": "b"}).status_code == 404
    assert ann_in.get(PAGE, {"calendar": "brand"}).status_code == 200


def test_the_menu_leads_there(ann_in):
    assert PAGE in ann_in.get("/field/more/").content.decode()
