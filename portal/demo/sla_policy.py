"""The next version of the policy: drafted by the manager, in legal review, with lines for a region and an agreement."""

from datetime import date, datetime, time, timedelta
from random import Random

from portal.demo.network import Network
from portal.kernel import clock
from tickets.actions import sla_policy as actions
from tickets.models import PolicyLine, PolicyVersion, ServiceAgreement

#: Clock and clause → the new limit, in the line's own unit.
STRICTER = {("response", "R200"): 1, ("response", "R201"): 2, ("follow_up", "R172"): 2}
WHY = "缩短一般故障和咨询的响应时间，边远地区另行约定上门时限。"
REMOTE = "西藏自治区"


def fill(random: Random, network: Network, today: date) -> None:
    """A draft of three weeks ago, in legal review since last week."""
    drafted = datetime.combine(today - timedelta(days=21), time(10, random.randrange(60)), clock.LOCAL)
    with clock.travel(drafted):
        row = actions.draft(
            network.manager, f"{today.year + 1}年服务标准", "缩短一般故障和咨询的响应时间，边远地区另行约定上门时限。"
        )
        for (kind, clause), limit in STRICTER.items():
            line = row.lines.get(kind=kind, clause=clause)
            line.limit = limit
            actions.set_line(network.manager, line)
        actions.set_line(network.manager, _remote(row))
        agreement = ServiceAgreement.objects.filter(valid_until__gte=today).order_by("number").first()
        if agreement is not None:
            actions.set_line(network.manager, _agreed(row, agreement))
    with clock.travel(drafted + timedelta(days=14)):
        actions.send(network.manager, PolicyVersion.objects.get(pk=row.pk))


def _remote(row: PolicyVersion) -> PolicyLine:
    text = "边远地区一般故障96小时内到达现场"
    return PolicyLine(
        policy=row, kind="arrival", category="fault", region=REMOTE, limit=96, unit="hour", clause="R208",
        clause_text=text, core=False,
    )  # fmt: skip


def _agreed(row: PolicyVersion, agreement: ServiceAgreement) -> PolicyLine:
    return PolicyLine(
        policy=row, kind="resolution", category="fault", contract=agreement.number, limit=48, unit="hour",
        clause="4.2", replaces="R200", clause_text="一般故障48小时内修复",
    )  # fmt: skip
