"""Certificates by hand, revoked, warned of; and what a person lacks (R115, R173, R175)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from partners.actions import certificate, proof
from partners.choices import Post
from partners.models import Certificate, ExpiryWarning
from partners.queries.qualification import lacks_for_work, standing_of
from partners.queries.training import partner_figures, team_of
from partners.tasks.training import warn_of_expiry
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests.cast import actor
from tests.factories import CertificateFactory
from tests.factories import training as make


def by_hand(staff, line, **values):
    row = Certificate(staff=staff, product_line=line, valid_from=clock.today(), valid_until=clock.today(), **values)
    row.valid_until += timedelta(days=values.get("days", 30))
    return row


def test_r115_the_brand_issues_by_hand_with_a_reason(brand_manager, bob_staff, line):
    with pytest.raises(InvalidInput):
        certificate.issue_by_hand(actor(brand_manager), by_hand(bob_staff, line))
    made = certificate.issue_by_hand(actor(brand_manager), by_hand(bob_staff, line, reason="原厂讲师"))
    assert made.number.startswith("ZS")
    assert entries_for(bob_staff).last().facts["reason"] == "原厂讲师"
    made.valid_until += timedelta(days=1)
    with pytest.raises(ValidationError):
        made.full_clean()


def test_partners_issue_nothing(manager_a, ann_staff, line):
    with pytest.raises(Refused):
        certificate.issue_by_hand(actor(manager_a), by_hand(ann_staff, line, reason="x"))
    with pytest.raises(Refused):
        certificate.revoke(actor(manager_a), ann_staff.certificates.get(), "x")


def test_r175_a_revoked_certificate_counts_from_that_moment_no_more(brand_manager, ann_staff, line):
    held = ann_staff.certificates.get()
    assert not lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]
    with pytest.raises(InvalidInput):
        certificate.revoke(actor(brand_manager), held, "")
    certificate.revoke(actor(brand_manager), held, "弄虚作假")
    (lack,) = lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]
    assert "已被吊销" in lack.lack()
    assert Notice.objects.filter(type="training.revoked").count() == 2
    with pytest.raises(Conflict):
        certificate.revoke(actor(brand_manager), held, "again")


def test_r115_warnings_go_out_once_each_to_holder_and_manager(ann_staff, line):
    held = ann_staff.certificates.get()
    end = clock.today() + timedelta(days=100)
    Certificate.objects.filter(pk=held.pk).update(valid_until=end)
    told = []
    for left in (91, 90, 90, 60, 30, 29, 7, 1, 0, -1):
        with clock.travel(clock.now() + timedelta(days=100 - left)):
            told.append(warn_of_expiry.func())
    assert told == [0, 1, 0, 0, 1, 0, 1, 0, 0, 0]
    assert list(ExpiryWarning.objects.values_list("days", flat=True).order_by("-days")) == [90, 30, 7]
    people = Notice.objects.filter(type="training.expires").values_list("user__username", flat=True)
    assert sorted(people) == ["alan"] * 3 + ["ann"] * 3


def test_who_has_renewed_already_is_not_warned(ann_staff, line):
    held = ann_staff.certificates.get()
    Certificate.objects.filter(pk=held.pk).update(valid_until=clock.today() + timedelta(days=5))
    CertificateFactory(staff=ann_staff, product_line=line, number="NEW")
    assert warn_of_expiry.func() == 0


def test_r173_a_barring_skill_is_missing_until_the_manager_saw_it(manager_a, ann, ann_staff, line):
    wanted = make.RequirementFactory(bars_work=True, valid_months=12)
    (lack,) = lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]
    assert lack.requirement == wanted
    with pytest.raises(Refused):
        proof.record_proof(actor(ann), ann_staff, wanted, met=True)
    with pytest.raises(InvalidInput) as refused:
        proof.record_proof(actor(manager_a), ann_staff, wanted, met=False)
    assert refused.value.field == "note"
    proof.record_proof(actor(manager_a), ann_staff, wanted, met=True)
    assert not lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]
    with clock.travel(clock.now() + timedelta(days=366)):
        assert lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]
    proof.record_proof(actor(manager_a), ann_staff, wanted, met=False, note="复查不合格")
    assert lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]


def test_requirements_of_other_posts_and_lines_ask_nothing(ann_staff, line):
    make.RequirementFactory(post=Post.REPRESENTATIVE, bars_work=True)
    make.RequirementFactory(product_line=CertificateFactory().product_line, bars_work=True)
    make.RequirementFactory(bars_work=True, active=False)
    assert not lacks_for_work([ann_staff], line, clock.today())[ann_staff.pk]


def test_r173_a_post_that_is_no_technicians_is_refused_a_proof(manager_a, ann_staff):
    wanted = make.RequirementFactory(post=Post.REPRESENTATIVE)
    with pytest.raises(InvalidInput):
        proof.record_proof(actor(manager_a), ann_staff, wanted, met=True)


def test_r174_the_sheet_of_a_person_and_the_figures_of_a_partner(
    manager_a, ann_staff, side_b, django_assert_num_queries
):
    make.RequirementFactory(kind="appearance", name="统一着装并佩戴工牌")
    course = make.CourseFactory()
    make.RequirementFactory(kind="course", name="岗前培训", course=course, bars_work=True)
    CertificateFactory(staff=ann_staff, product_line=None, course=course, number="GQ-1")
    team = list(team_of(actor(manager_a)))
    with django_assert_num_queries(3):
        sheets = standing_of(team, clock.today())
    assert [(item.name, item.state) for item in sheets[ann_staff.pk]] == [
        ("纯电轿车证书", "held"),
        ("统一着装并佩戴工牌", "missing"),
        ("岗前培训", "held"),
    ]
    rows = {row.partner.code: row for row in partner_figures(Actor.system(), clock.today())}
    assert (rows["P-A"].people, rows["P-A"].certified, rows["P-A"].percent) == (2, 1, 50)
    assert (rows["P-B"].people, rows["P-B"].certified) == (1, 0)
