"""`verify_draws` says yes, names what differs, and refuses what it does not know."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.actions.outlet_inspection_draw import draw
from partners.models import OutletDraw
from portal.kernel import clock
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db


def said(*options: str) -> str:
    out = StringIO()
    call_command("verify_draws", *options, stdout=out)
    return out.getvalue()


def test_what_agrees_and_what_does_not(brand_manager, outlet_a):
    mary = actor(brand_manager)
    version = inspect.check_list_of(mary).versions.get()
    row = draw(mary, OutletDraw(check_version=version, planned_on=clock.today(), size=1))
    assert json.loads(said("--json")) == {"draws": 1, "differ": {}}
    assert "1 draws repeated, 0 differ" in said("--draw", row.number)
    with pytest.raises(CommandError):
        said("--draw", "CJ-0")
    OutletDraw.objects.update(sample=["W-B"])
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_draws", stdout=out)
    assert end.value.code == 1
    assert row.number in out.getvalue()
