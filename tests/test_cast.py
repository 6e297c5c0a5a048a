"""The cast is legal: every row passes its own checks, everybody acts as what he is."""

import pytest

from partners.choices import ServiceTier
from partners.models import Staff
from partners.queries.outlet import outlets_serving
from portal.accounts.roles import ROLES_OF_KIND, Role
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor


@pytest.mark.parametrize("role", sorted(role for group in ROLES_OF_KIND.values() for role in group))
def test_everybody_acts_as_what_he_is(db, role):
    user = make.member(role)
    assert actor(user).role == Role(role)
    user.current_membership().full_clean()


def test_rows_pass_their_own_checks(side_a, served):
    contract = side_a.partner.contracts.get()
    certificate = side_a.technicians[0].certificates.get()
    rows = [side_a.organisation, side_a.partner, side_a.outlet, contract, certificate, *side_a.technicians]
    for row in [*rows, side_a.manager, served.customer, served.contact, served.equipment, served.agreement]:
        row.full_clean()


def test_each_outlet_takes_tickets_of_its_own_region(side_a, side_b, line):
    for side, region in ((side_a, "上海市"), (side_b, "江苏省")):
        assert outlets_serving(region, line.pk, ServiceTier.BASIC, clock.today()) == [side.outlet]


def test_technicians_are_certified(side_a, line):
    assert set(side_a.technicians) <= set(Staff.objects.certified_for(line.pk, clock.today()))


def test_bob_is_a_stranger(bob, ann, partner_a):
    assert partner_a in type(partner_a).objects.visible_to(actor(ann))
    assert partner_a not in type(partner_a).objects.visible_to(actor(bob))
