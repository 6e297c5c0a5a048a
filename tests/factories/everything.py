"""At least one row of everything that has a sheet, two of what belongs to either partner."""

from datetime import timedelta
from decimal import Decimal

from kpi.models import QuarterlyReport
from partners.actions import (
    adjustment,
    meeting_topic,
    outlet_inspection_draw,
    outlet_inspection_list,
    standard_reply,
    stock_count,
)
from partners.actions.ledger import place_of
from partners.choices.contract import VersionState
from partners.choices.cooperation import PlanStage
from partners.choices.outlet_inspection import Result
from partners.choices.stock import PlaceKind
from partners.models import (
    Absence,
    CheckVersion,
    ExamAttempt,
    ExamPaper,
    OutletDraw,
    PostRequirement,
    SparePart,
    StaffProof,
)
from portal.accounts.models import User
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import (
    agreement,
    application,
    calendar,
    contract,
    cooperation,
    knowledge,
    outlet_inspection,
    sla_policy,
    standard,
    tool,
    training,
)
from tests.factories.maintenance import PlanFactory
from tests.tickets.stages import Stage
from tickets.actions import part_request
from tickets.choices import TicketState
from tickets.choices.agreement import AgreementState
from tickets.choices.warning import Audience
from tickets.models import (
    ClockWarning,
    DutyTurn,
    HandOver,
    LadderRung,
    MaintenancePlan,
    MaintenanceVisit,
    SatisfactionFeedback,
)


def fill() -> Stage:
    """The stage, with a row for every sheet that brings rows in."""
    stage = Stage()
    ann, mary = stage.ann, stage.manager
    model = make.ProductModelFactory(line=stage.line)
    course = training.CourseFactory(code="KC-1")
    training.PaperFactory(course=course)
    session = training.SessionFactory(course=course, number="PX-1")
    training.EnrolmentFactory(session=session, staff=ann)
    training.RequirementFactory()
    for side in (stage.side, stage.other):
        contract.AuthorisationFactory(partner=side.partner, product_line=stage.line)
        version = contract.VersionFactory(contract=side.partner.contracts.get(), state=VersionState.DRAFT)
        contract.ClauseFactory(version=version)
    standard.draft(mary, standard.publication())
    knowledge.published(number="ZS-1", lines=[stage.line], models=[model])
    knowledge.case(partner=stage.side.partner)
    application.ApplicationFactory(lines=[stage.line])
    version = agreement.AgreementVersionFactory(agreement=stage.served.agreement, state=AgreementState.DRAFT)
    agreement.AgreementLineFactory(version=version)
    PlanFactory(equipment=stage.served.equipment)
    outlet_inspection.draft(mary)
    for side in (stage.side, stage.other):
        cooperation.plan(mary, side.partner, number=f"HZ-{side.partner.code}-1")
        code = f"HZ-{side.partner.code}-2"
        cooperation.plan_in(PlanStage.SERVICE, mary, actor(side.manager), side.partner, number=code)
        cooperation.cycle(User.objects.get(pk=mary.user_id), side.partner)
        cooperation.task(mary, side.manager)
    sla_policy.draft()
    calendar.make_calendar("warehouse")
    calendar.override(clock.today() + timedelta(days=30), code="warehouse")
    day = clock.now() + timedelta(days=1)
    DutyTurn.objects.create(officer_id=mary.user_id, since=day, until=day + timedelta(hours=8), regions=["上海市"])
    LadderRung.objects.get_or_create(audience=Audience.OWNER, percent=66)
    tool.everything(stage)
    return stage


def evidence(stage: Stage) -> None:
    """And tickets, and a row in every other list that only actions write."""
    ann, mary, now, today = stage.ann, stage.manager, clock.now(), clock.today()
    alan = actor(stage.side.manager)
    ticket = stage.ticket_in(TicketState.CLOSED)
    fuse, working = SparePart.objects.get(number="FU-30"), stage.ticket_in(TicketState.IN_PROGRESS)
    part_request.request(actor(ann.user), fuse, 1, ticket=working, outlet=stage.side.outlet)
    Absence.objects.create(staff=ann, since=now, until=now + timedelta(hours=4))
    skill = PostRequirement.objects.exclude(kind="course").first()
    StaffProof.objects.create(staff=ann, requirement=skill, checked_on=today, checked_by="Alan")
    ExamAttempt.objects.create(
        paper=ExamPaper.objects.get(), staff=ann, number="KS-1", seed="1", sheet=[], pass_percent=80, started_at=now,
        closes_at=now,
    )  # fmt: skip
    outlet_inspection_list.release(mary, CheckVersion.objects.get(), today)
    outlet_inspection.submitted(mary, stage.side.outlet, i1_1=Result.FAIL)
    outlet_inspection_draw.draw(mary, OutletDraw(check_version=CheckVersion.objects.get(), size=1, planned_on=today))
    meeting = cooperation.planned(mary, stage.side.partner)
    meeting_topic.bring_up(alan, meeting, "派工半径太大", "周末无法在 24 小时内到场。")
    release = standard.announced(mary, standard.publication(code="BZ-002"), today)
    standard_reply.give_opinion(alan, release, "三十秒接待有困难", "2.1")
    adjustment.propose(alan, release.clauses.get(number="2.1"), "上海市", Decimal(60), "高峰期")
    stock_count.open_count(actor(stage.side.dispatcher), place_of(PlaceKind.STORE, outlet=stage.side.outlet))
    ClockWarning.objects.create(ticket=ticket, kind="response", step="80", percent=80, due_at=now, reached_at=now,
                                told_at=now)  # fmt: skip
    MaintenanceVisit.objects.get_or_create(plan=MaintenancePlan.objects.get(), due_on=today)
    HandOver.objects.create(
        partner=stage.side.partner, successor=stage.other.partner, reason="x", ordered_at=now, touched_at=now
    )
    QuarterlyReport.objects.create(quarter="2026Q1", scope="brand", code="ABCDEFGH", requested_at=now)
    SatisfactionFeedback.objects.get_or_create(
        ticket=ticket, partner=ticket.partner,
        defaults={"timeliness": 5, "competence": 5, "attitude": 5, "overall": 5, "rated_on": today},
    )  # fmt: skip
