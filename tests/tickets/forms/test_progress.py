"""附件2, waiting, and photos that are looked at before anything is written."""

import pytest

from tests.tickets.stages import Stage, picture
from tests.tickets.views.field_page import wall
from tickets.choices import TicketState
from tickets.forms.controls import MOST_PHOTOS, PhotosField
from tickets.forms.progress import ProgressForm, SuspendForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


class Uploads(dict):
    def getlist(self, name):
        return self.get(name, [])


def test_measures_are_owed_and_the_rest_is_not(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    form = ProgressForm({"status": "in_progress"}, actor=stage.technician, ticket=ticket)
    assert set(form.errors) == {"measures"}


@pytest.mark.parametrize("hours", [-1, 0])
def test_nobody_waits_until_yesterday(stage, hours):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    data = {"reason": "parts", "expected_at": wall(hours)}
    assert "expected_at" in SuspendForm(data, actor=stage.technician, ticket=ticket).errors


def test_too_many_photos_are_refused(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    files = Uploads(files=[picture(f"{n}.png") for n in range(MOST_PHOTOS + 1)])
    form = ProgressForm({"status": "in_progress", "measures": "x"}, files, actor=stage.technician, ticket=ticket)
    assert str(MOST_PHOTOS) in str(form.errors["files"])


def test_each_bad_photo_is_named(stage):
    bad = picture("b.png")
    bad.name = "b.pdf"
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    files = Uploads(files=[picture("a.png"), bad])
    form = ProgressForm({"status": "in_progress", "measures": "x"}, files, actor=stage.technician, ticket=ticket)
    assert "b.pdf" in str(form.errors["files"])
    assert "a.png" not in str(form.errors["files"])


def test_the_limit_is_known_to_the_page():
    assert PhotosField().max_mb == 20
