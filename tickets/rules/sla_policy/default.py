"""The first version of the policy: the default limits of spec/workflow.md with the words of the standard."""

from typing import Any

from tickets.rules.sla_policy.line import DAY, HOUR, MINUTE, WORKING_DAY, PolicyLine
from tickets.rules.sla_policy.policy import Policy


def _line(
    kind: str, limit: int, unit: str, clause: str, text: str, category: str | None = None, **scope: Any
) -> PolicyLine:
    channel, tier, core = scope.get("channel"), scope.get("tier"), scope.get("core", True)
    return PolicyLine(kind, category, channel, tier, limit, unit, clause, core=core, clause_text=text)


#: R010 is a ceiling: it stands beside the limit of the category. What depends on the place may differ by region.
DEFAULT_POLICY = Policy(
    "1",
    (
        _line("acknowledgement", 15, MINUTE, "R131", "15分钟内首次响应", core=False),
        _line("acknowledgement", 1, MINUTE, "R127", "在线咨询响应不得超过1分钟", channel="chat", core=False),
        _line("registration", 1, WORKING_DAY, "R194", "1个工作日内完成信息登记"),
        _line("emergency_call", 30, MINUTE, "R197", "30分钟内电话联系", "emergency"),
        _line("response", 30, MINUTE, "R199", "紧急故障30分钟内响应", "emergency"),
        _line("response", 2, HOUR, "R200", "一般故障2小时内响应", "fault"),
        _line("response", 4, HOUR, "R201", "咨询类4小时内响应", "consultation"),
        _line("response", 1, WORKING_DAY, "R202", "投诉建议1个工作日内响应", "complaint"),
        _line("response", 24, HOUR, "R010", "响应时间不超过24小时", tier="basic"),
        _line("complaint_response", 24, HOUR, "R192", "投诉24小时内响应并协调解决", "complaint"),
        _line("complaint_feedback", 48, HOUR, "R139", "48小时内向客户反馈初步处理意见", "complaint"),
        _line("acceptance", 1, HOUR, "R204", "1小时内接收工单"),
        _line("arrival", 24, HOUR, "R208", "紧急故障24小时内到达现场", "emergency", core=False),
        _line("arrival", 48, HOUR, "R208", "一般故障48小时内到达现场", "fault", core=False),
        _line("resolution", 24, HOUR, "R199", "紧急故障24小时内修复", "emergency"),
        _line("resolution", 72, HOUR, "R200", "一般故障72小时内修复", "fault"),
        _line("resolution", 48, HOUR, "R201", "咨询类48小时内答复", "consultation"),
        _line("resolution", 5, WORKING_DAY, "R202", "投诉建议5个工作日内反馈", "complaint"),
        _line("escalation", 2, WORKING_DAY, "R210", "超出能力的问题2个工作日内升级"),
        _line("progress_update", 1, DAY, "R212", "每日更新《处理进度跟踪表》"),
        _line("reassessment", 3, WORKING_DAY, "R217", "3个工作日内重新评估方案"),
        _line("follow_up", 3, DAY, "R172", "规定时间内满意度回访", core=False),
        _line("low_score_callback", 1, WORKING_DAY, "R223", "低于3分的工单100%回访"),
        _line("delivery_follow_up", 7, DAY, "R128", "7天内首次客户回访", core=False),
        _line("arbitration", 48, HOUR, "R050", "48小时内出具裁决意见"),
    ),
)
