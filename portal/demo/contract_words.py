"""What the cooperation agreements of the demonstration say: clauses with their figures, reviewed and signed."""

from decimal import Decimal
from typing import Any

from partners.actions import contract_version
from partners.choices.contract import (
    ClauseKind,
    IncentiveKind,
    LevelKind,
    LevelUnit,
    PenaltyBasis,
)
from partners.models import ContractClause, ContractVersion, PartnerContract
from portal.accounts.actor import Actor
from portal.accounts.roles import Role

SYSTEM = Actor.system("演示数据")
LAWYER = Actor(role=Role.LEGAL, label="法务部")

_LEVEL, _PENALTY, _INCENTIVE = ClauseKind.SERVICE_LEVEL, ClauseKind.PENALTY, ClauseKind.INCENTIVE
_HOURS = {"unit": LevelUnit.HOUR}
#: Number, kind, title, words, figures.
CLAUSES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("2.1", ClauseKind.SCOPE, "合作范围", "乙方在授权区域内承担授权产品线的检测、维修、零部件更换与技术咨询。", {}),
    (
        "5.1",
        _LEVEL,
        "接收工单",
        "乙方应在派单后四十五分钟内接收工单并指定责任人。",
        {"level": LevelKind.ACCEPTANCE, "limit": 45, "unit": LevelUnit.MINUTE, "replaces": "R204"},
    ),
    (
        "5.2",
        _LEVEL,
        "上门时限",
        "一般故障应在派单后三十六小时内到达现场。",
        {"level": LevelKind.ARRIVAL, "category": "fault", "limit": 36, "replaces": "R208", **_HOURS},
    ),
    (
        "6.1",
        _PENALTY,
        "逾期违约金",
        "解决时限每逾期一小时支付违约金五十元，单次不超过两千元。",
        {"basis": PenaltyBasis.PER_HOUR_LATE, "rate": Decimal(50), "cap": Decimal(2000), "level": "resolution"},
    ),
    (
        "6.2",
        _PENALTY,
        "季度考核不合格",
        "季度考核不合格的，按当季服务费的百分之三支付违约金，最高三万元。",
        {"basis": PenaltyBasis.PERCENT_OF_QUARTER, "rate": Decimal(3), "cap": Decimal(30000)},
    ),
    (
        "7.1",
        _INCENTIVE,
        "返点",
        "连续三个季度考核达标的，返还当季服务费的百分之二。",
        {"incentive": IncentiveKind.REBATE, "rate": Decimal(2), "quarters": 3},
    ),
    (
        "7.2",
        _INCENTIVE,
        "优先合作权",
        "连续三个季度考核达标的，新增授权区域时优先合作。",
        {"incentive": IncentiveKind.PREFERRED, "quarters": 3},
    ),
    ("9.1", ClauseKind.CONFIDENTIALITY, "保密", "双方对客户信息与技术资料保密，合作终止后三年内仍然有效。", {}),
]


def sign(contract: PartnerContract) -> ContractVersion:
    """The first version, cleared by legal and signed before its first day."""
    version = contract_version.write(SYSTEM, contract)
    for number, kind, title, text, figures in CLAUSES:
        row = ContractClause(version=version, number=number, kind=kind, title=title, text=text, **figures)
        row.full_clean()
        row.save()
    contract_version.send_to_legal(SYSTEM, version)
    contract_version.clear(LAWYER, version, "条款合规，违约金与激励措施约定明确。")
    signed_on, place = contract.signed_on or contract.valid_from, contract.signed_at or contract.partner.region
    return contract_version.sign(SYSTEM, version, signed_on=signed_on, signed_at=place, scan=None)
