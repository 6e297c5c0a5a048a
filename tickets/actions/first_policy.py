"""The first version of the policy: every installation begins with the limits of the standard (R003)."""

from datetime import UTC, date, datetime

from django.db import transaction

from tickets.models import PolicyLine, PolicyPause, PolicyVersion
from tickets.rules.sla_policy import DEFAULT_POLICY

BEGIN = datetime(2019, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai


@transaction.atomic
def install() -> bool:
    """Plant version 1 where there is no version at all; whether it did."""
    if PolicyVersion.objects.exists():
        return False
    version = PolicyVersion(
        number=int(DEFAULT_POLICY.version),
        title="统一售后服务标准",
        note="服务标准与服务流程文件规定的默认时限。",
        state="in_force",
        created_at=BEGIN,
        reviewed_at=BEGIN,
        effective_on=date(2020, 1, 1),
    )
    PolicyVersion.objects.bulk_create([version])
    PolicyLine.objects.bulk_create(
        PolicyLine(
            policy=version,
            code=f"{version.number}-{serial:03d}",
            kind=line.kind,
            category=line.category or "",
            channel=line.channel or "",
            tier=line.tier or "",
            limit=line.limit,
            unit=line.unit,
            clause=line.clause,
            clause_text=line.clause_text,
            core=line.core,
            calendar=line.calendar,
            warn_at=", ".join(map(str, line.warn_at)),
        )
        for serial, line in enumerate(DEFAULT_POLICY.lines, 1)
    )
    PolicyPause.objects.bulk_create(
        PolicyPause(
            policy=version,
            reason=rule.reason,
            credited=rule.credited,
            cap_hours=None if rule.cap is None else int(rule.cap.total_seconds()) // 3600,
            roles=sorted(rule.roles),
            evidence=rule.evidence,
        )
        for rule in DEFAULT_POLICY.pause_rules.values()
    )
    return True
