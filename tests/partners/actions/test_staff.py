"""A14: an account that moves to another partner leaves no open door behind."""

from partners.actions.staff import part_from
from tests.cast import actor


def test_a14_who_moves_is_no_longer_staff_of_the_other_partner(brand_manager, ann_staff, partner_b):
    user = ann_staff.user
    assert part_from(actor(brand_manager), user, partner_b.organisation) == 1
    ann_staff.refresh_from_db()
    assert (ann_staff.user, ann_staff.active, ann_staff.on_duty) == (None, False, False)
    last = ann_staff.history.first()
    assert (last.history_user_id, last.history_change_reason) == (brand_manager.pk, "account moved")


def test_a14_at_home_nothing_changes(brand_manager, ann_staff, partner_a):
    assert part_from(actor(brand_manager), ann_staff.user, partner_a.organisation) == 0
    ann_staff.refresh_from_db()
    assert ann_staff.active


def test_colleagues_stay(brand_manager, ann_staff, amy_staff, partner_b):
    part_from(actor(brand_manager), ann_staff.user, partner_b.organisation)
    amy_staff.refresh_from_db()
    assert amy_staff.user is not None
