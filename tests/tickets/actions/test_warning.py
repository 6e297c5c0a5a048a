"""Each level is told once, in order, to whoever is at work (workflow.md, Clocks; M12, N07)."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from partners.models import Absence
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.notify.models import Notice
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.actions import dispatch, warning
from tickets.actions.ladder import install
from tickets.choices import Category, ClockKind, ClockState, TicketState
from tickets.models import ClockWarning, DutyTurn, LadderRung, SlaClock, TicketWatch

pytestmark = pytest.mark.django_db
T0 = clock.now().replace(microsecond=0)


def after(minutes):
    return clock.travel(T0 + timedelta(minutes=minutes))


def run(minutes):
    with after(minutes):
        return warning.warn_due()


def told(kind="acceptance"):
    rows = ClockWarning.objects.filter(kind=kind).order_by("pk")
    return [(row.step, (row.reached_at - T0) / timedelta(minutes=1), row.names) for row in rows]


@pytest.fixture
def stage(db):
    return Stage()


@pytest.fixture
def ticket(stage):
    """Dispatched a moment ago: an hour to accept it."""
    with after(0):
        return stage.ticket_in(TicketState.DISPATCHED)


@pytest.fixture
def at_work(stage):
    """Accepted by Ann: 72 hours to solve it."""
    with after(0):
        return stage.ticket_in(TicketState.ACCEPTED)


def test_each_level_goes_to_its_people(ticket, stage):
    for minute in (10, 30, 48, 61, 182):
        run(minute)
    # Nobody is responsible before the acceptance, so the dispatcher hears of it first.
    assert told() == [
        ("50", 30, "Dick"),
        ("80", 48, "Dick"),
        ("breach", 60, "Alan"),
        ("breach+120", 180, "Mary"),
    ]
    notice = Notice.objects.filter(type="ticket.clock_breach", user__name="Alan").first()
    assert ticket.number in notice.title


def test_m12_a_worker_that_was_away_for_hours_tells_each_once_and_in_order(ticket):
    with after(200):
        assert warning.warn_due() > 0
        assert warning.warn_due() == 0
    assert [step for step, _at, _who in told()] == ["50", "80", "breach", "breach+120"]
    reached = list(ClockWarning.objects.order_by("pk").values_list("reached_at", flat=True))
    assert reached == sorted(reached)


def test_rule_1_a_late_job_changes_nothing_that_is_stored(ticket, stage):
    twin = stage.ticket_in
    with after(0):
        other = twin(TicketState.DISPATCHED)
    run(61)
    TicketWatch.objects.filter(pk=other.pk).delete()  # nobody looks at the twin until much later
    run(600)
    stored = [
        list(
            SlaClock.objects.filter(ticket=row)
            .order_by("kind", "due_at")
            .values_list("kind", "due_at", "original_due_at")
        )
        for row in (ticket, other)
    ]
    assert stored[0] == stored[1]
    entry = entries_for(ticket).get(verb="clock_breached", facts__clock="acceptance")
    assert entry.happened_at == T0 + timedelta(minutes=60)
    assert SlaClock.objects.get(ticket=ticket, kind="acceptance").state == ClockState.BREACHED


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1)])
def test_n07_a_clock_that_jumps_escalates_nothing_twice(ticket, jump):
    run(61)
    before = told()
    with clock.travel(T0 + timedelta(minutes=61) + jump):
        warning.warn_due()
    run(62)
    steps = [step for step, _at, _who in told()]
    assert len(steps) == len(set(steps))
    assert told()[: len(before)] == before
    assert all(row.paused_s >= 0 and row.due_at >= row.started_at for row in SlaClock.objects.all())


def test_a_clock_that_was_stopped_meanwhile_is_not_warned_about(ticket, stage):
    with after(20):
        stage.accept(ticket)
    run(70)
    assert told() == []


def test_a_paused_clock_waits_and_a_moved_level_is_reached_anew(stage):
    with after(0):
        ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    run(36 * 60)
    assert [step for step, *_ in told("resolution")] == ["50"]
    with after(36 * 60 + 1):
        from_here = stage.suspend(ticket)
        suspended = told("resolution")
    run(60 * 60)
    assert told("resolution") == suspended
    assert from_here.state == TicketState.SUSPENDED


def test_an_absent_person_is_stood_in_for_by_his_deputy_or_the_dispatcher(at_work, stage):
    away = {"since": T0, "until": T0 + timedelta(hours=40)}
    absence = Absence.objects.create(staff=stage.ann, **away)
    run(36 * 60)
    assert [who for _step, _at, who in told("resolution")] == ["Dick（代Ann）"]
    absence.until, absence.deputy = T0 + timedelta(hours=90), stage.side.technicians[1]
    absence.save()
    run(58 * 60)
    assert told("resolution")[1][2] == "Amy（代Ann）、Dick"


def test_who_is_off_duty_is_not_told(at_work, stage):
    stage.ann.on_duty = False
    stage.ann.save()
    run(36 * 60)
    assert told("resolution")[0][2] == "Dick（代Ann）"


def test_the_roster_says_who_answers_for_the_brand(ticket, stage):
    officer = make.member("service_desk", stage.brand, name="Otto")
    far = make.member("service_desk", stage.brand, name="Fern")
    turn = {"since": T0, "until": T0 + timedelta(days=1)}
    DutyTurn.objects.create(officer=officer, regions=["上海市"], **turn)
    DutyTurn.objects.create(officer=far, regions=["江苏省"], **turn)
    run(200)
    assert told()[-1][2] == "Otto"


def test_a_ticket_that_nobody_has_lies_with_the_desk(stage):
    with after(0):
        stage.receive()
    run(60 * 24 * 4)
    assert {who for _step, _at, who in told("registration")} >= {"Dora", "Mary"}


def test_emergencies_climb_at_once_and_pass_quiet_hours(stage):
    stage.category = Category.EMERGENCY
    with after(0):
        stage.ticket_in(TicketState.DISPATCHED)
    run(61)
    assert told()[-1][2] == "Alan、Mary"
    assert Notice.objects.filter(type="ticket.clock_breach", urgent=True).exists()


def test_what_was_over_long_ago_when_the_ticket_came_in_is_no_news(stage):
    with after(-60 * 24 * 9):
        ticket = stage.ticket_in(TicketState.DISPATCHED)
    TicketWatch.objects.filter(ticket=ticket).update(watched_from=T0, next_at=T0)
    run(1)
    assert told() == []


def test_a_tick_is_one_look_when_nothing_is_due(ticket, django_assert_num_queries):
    run(1)
    with after(2), django_assert_num_queries(2):  # the ladder and the index
        assert warning.warn_due() == 0


def test_one_ticket_that_fails_does_not_hold_up_the_others(ticket, stage, monkeypatch):
    with after(0):
        other = stage.ticket_in(TicketState.DISPATCHED)
    real = warning._one

    def broken(pk, *rest):
        if pk == ticket.pk:
            raise warning.DatabaseError("disk")
        return real(pk, *rest)

    monkeypatch.setattr(warning, "_one", broken)
    run(61)
    assert set(ClockWarning.objects.values_list("ticket", flat=True)) == {other.pk}
    monkeypatch.setattr(warning, "_one", real)
    run(62)
    assert ClockWarning.objects.filter(ticket=ticket).exists()


def test_a_closed_ticket_is_not_looked_at(stage):
    ticket = stage.ticket_in(TicketState.CLOSED)
    assert not TicketWatch.objects.filter(ticket=ticket, next_at__isnull=False).exists()


def test_a_declined_ticket_warns_of_no_acceptance(ticket, stage):
    with after(10):
        dispatch.decline(stage.dispatcher, ticket, "没有备件")
    run(200)
    assert told() == []


def test_the_ladder_is_installed_once():
    install()
    count = LadderRung.objects.count()
    install()
    assert LadderRung.objects.count() == count > 8


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once():
    stage = Stage()
    with after(0):
        for _ in range(4):
            stage.ticket_in(TicketState.DISPATCHED)
    counts, failures = [], []

    def work():
        try:
            counts.append(run(61))
        except Exception as error:  # noqa: BLE001  whatever goes wrong in the thread is what we look for
            failures.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert failures == []
    assert sum(counts) == ClockWarning.objects.count()
    assert ClockWarning.objects.filter(kind="acceptance").count() == 4 * 3
    label = str(ClockKind.ACCEPTANCE.label)
    assert Notice.objects.filter(type="ticket.clock_breach", user__name="Alan", body__contains=label).count() == 4


def test_the_system_tells_and_nobody_else_is_named_in_the_log(ticket):
    run(61)
    assert entries_for(ticket).filter(verb="clock_breached").first().actor["label"] == Actor.system("clocks").label
