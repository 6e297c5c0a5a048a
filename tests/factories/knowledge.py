"""Articles and good-practice cases, made by the actions."""

from typing import Any

from partners.actions import benchmark_case
from partners.actions import knowledge as actions
from partners.actions.knowledge_base import Text
from partners.models import Article, BenchmarkCase
from portal.accounts.actor import Actor

WRITER, REVIEWER = Actor.system("编辑"), Actor.system("审核")


def draft(title: str = "充电枪无法启动", body: str = "检查枪头端子。", symptoms: str = "", **values: Any) -> Article:
    """An article that nobody has reviewed."""
    return actions.write(values.pop("actor", WRITER), Text(title, body, symptoms), **values)


def published(
    title: str = "充电枪无法启动", body: str = "检查枪头端子。", symptoms: str = "", **values: Any
) -> Article:
    """An article that readers find."""
    article = draft(title, body, symptoms, **values)
    return actions.publish(REVIEWER, actions.submit(WRITER, article))


def case(**values: Any) -> BenchmarkCase:
    """A nominated case."""
    told = {"title": "一小时响应", "practice": "分区值班", "effect": "平均响应由三小时降到五十分钟", **values}
    return benchmark_case.nominate(WRITER, BenchmarkCase(**told))
