"""What only brand managers do, with a reason, once."""

import pytest

from partners.actions.certificate import issue
from partners.actions.contract import put_in_force, terminate
from partners.actions.partner import set_standing
from partners.choices import Standing
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests import factories as make
from tests.cast import actor


def test_the_standing_is_set_once(brand_manager, partner_a):
    set_standing(actor(brand_manager), partner_a, Standing.WARNED, "投诉")
    with pytest.raises(Conflict):
        set_standing(actor(brand_manager), partner_a, Standing.WARNED, "投诉")
    assert entries_for(partner_a).count() == 1


@pytest.mark.parametrize(("standing", "reason"), [("gone", "x"), (Standing.WARNED, "  ")])
def test_a_standing_needs_sense(brand_manager, partner_a, standing, reason):
    with pytest.raises(InvalidInput):
        set_standing(actor(brand_manager), partner_a, standing, reason)


def test_others_are_refused(service_desk, partner_a, ann_staff, line):
    contract = partner_a.contracts.get()
    for attempt in (
        lambda: set_standing(actor(service_desk), partner_a, Standing.WARNED, "x"),
        lambda: terminate(actor(service_desk), contract, "x"),
        lambda: issue(
            actor(service_desk), ann_staff, line, number="1", valid_from=make.FIRST_DAY, valid_until=make.LAST_DAY
        ),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a03_another_region_is_refused(brand, partner_b):
    regional = actor(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",)))
    with pytest.raises(Refused):
        set_standing(regional, partner_b, Standing.WARNED, "x")


def test_a_contract_in_force_is_not_put_in_force_again(brand_manager, partner_a):
    with pytest.raises(Conflict):
        put_in_force(actor(brand_manager), partner_a.contracts.get())


def test_the_system_may_issue_certificates(ann_staff):
    line = make.ProductLineFactory()
    issue(Actor.system(), ann_staff, line, number="1", valid_from=make.FIRST_DAY, valid_until=make.LAST_DAY)
    assert entries_for(ann_staff).get().verb == "certificate_issued"


def test_a_certificate_that_ends_before_it_begins_is_refused(brand_manager, ann_staff, line):
    with pytest.raises(InvalidInput):
        issue(actor(brand_manager), ann_staff, line, number="1", valid_from=make.LAST_DAY, valid_until=make.FIRST_DAY)
