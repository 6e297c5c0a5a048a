"""Absences on the partner's pages: the manager keeps them, the dispatcher reads them."""

from datetime import timedelta

import pytest

from partners.actions import absence
from partners.models import Absence
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.cast import actor

pytestmark = pytest.mark.django_db
LIST, NEW = "/field/absences/", "/field/absences/new/"


def typed(moment):
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M")


def said(staff, start=1, days=2, **more):
    since = clock.now() + timedelta(hours=start)
    return {
        "staff": staff.pk,
        "since": typed(since),
        "until": typed(since + timedelta(days=days)),
        "reason": "leave",
        **more,
    }


@pytest.fixture
def alan(client, manager_a):
    client.force_login(manager_a)
    return client


def test_the_manager_notes_an_absence_with_a_deputy(alan, ann_staff, amy_staff):
    assert alan.post(NEW, said(ann_staff, deputy=amy_staff.pk, note="年假")).status_code == 302
    row = Absence.objects.get()
    assert (row.staff, row.deputy, row.note) == (ann_staff, amy_staff, "年假")
    text = alan.get(LIST).content.decode()
    assert "Ann" in text
    assert "Amy" in text
    assert [entry.verb for entry in entries_for(ann_staff)][-1] == "absence_noted"


def test_what_was_typed_stays_and_the_wrong_field_is_named(alan, ann_staff):
    answer = alan.post(NEW, said(ann_staff, days=-1, note="写错了"))
    assert answer.status_code == 400
    assert "写错了" in answer.content.decode()
    assert "until" in answer.context["form"].errors
    assert alan.post(NEW, said(ann_staff, start=-99, days=1)).context["form"].errors["until"]


def test_one_absence_at_a_time_and_a_deputy_who_is_there(alan, ann_staff, amy_staff, bob_staff):
    alan.post(NEW, said(ann_staff))
    assert "since" in alan.post(NEW, said(ann_staff)).context["form"].errors
    assert "deputy" in alan.post(NEW, said(amy_staff, deputy=ann_staff.pk)).context["form"].errors
    assert "deputy" in alan.post(NEW, said(amy_staff, deputy=bob_staff.pk)).context["form"].errors
    assert alan.post(NEW, said(amy_staff, deputy=amy_staff.pk)).status_code == 400


def test_it_is_changed_and_cancelled(alan, ann_staff, amy_staff):
    alan.post(NEW, said(ann_staff))
    row = Absence.objects.get()
    address = f"{LIST}{row.pk}/"
    assert alan.get(address).status_code == 200
    assert alan.post(address, said(ann_staff, deputy=amy_staff.pk)).status_code == 302
    row.refresh_from_db()
    assert row.deputy == amy_staff
    assert alan.post(f"{address}cancel/").status_code == 302
    assert not Absence.objects.exists()


def test_who_is_back_early_is_back_now(manager_a, ann_staff):
    row = absence.note(actor(manager_a), ann_staff, clock.now() - timedelta(hours=1), clock.now() + timedelta(days=3))
    absence.cancel(actor(manager_a), row)
    row.refresh_from_db()
    assert row.until <= clock.now()
    with pytest.raises(Conflict):
        absence.cancel(actor(manager_a), row)


def test_a01_a_strangers_absence_is_404(client, side_b, ann_staff, manager_a):
    row = absence.note(actor(manager_a), ann_staff, clock.now(), clock.now() + timedelta(days=1))
    client.force_login(side_b.manager)
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
    assert client.post(f"{LIST}{row.pk}/cancel/").status_code == 404
    assert "Ann" not in client.get(LIST).content.decode()
    assert client.post(NEW, said(ann_staff)).status_code == 400


def test_the_dispatcher_reads_and_others_do_nothing(client, dispatcher_a, ann, ann_staff, amy_staff):
    client.force_login(dispatcher_a)
    page = client.get(LIST)
    assert page.status_code == 200
    assert NEW not in page.content.decode()
    assert client.post(NEW, said(ann_staff)).status_code == 403
    with pytest.raises(Refused):
        absence.note(actor(ann), amy_staff, clock.now(), clock.now() + timedelta(days=1))


def test_brand_staff_read_them_in_the_admin(client, service_desk, manager_a, ann_staff, django_assert_max_num_queries):
    absence.note(actor(manager_a), ann_staff, clock.now(), clock.now() + timedelta(days=1))
    client.force_login(service_desk)
    with django_assert_max_num_queries(12):
        assert "Ann" in client.get("/admin/partners/absence/").content.decode()
    assert client.get("/admin/partners/absence/add/").status_code == 403


def test_a_time_that_is_over_is_refused(manager_a, ann_staff):
    with pytest.raises(InvalidInput):
        absence.note(actor(manager_a), ann_staff, clock.now() - timedelta(days=3), clock.now() - timedelta(days=1))


def test_cancelling_twice_says_that_it_is_cancelled(alan, client, ann_staff, manager_b):
    assert alan.post(NEW, said(ann_staff)).status_code == 302
    address = f"{LIST}{Absence.objects.get().pk}/cancel/"
    assert alan.post(address).status_code == 302
    for again in (address, address.replace("cancel/", "")):
        answer = alan.post(again, said(ann_staff))
        assert answer.status_code == 409
        assert "已经取消" in answer.content.decode()
    client.force_login(manager_b)
    assert client.post(address).status_code == 404
