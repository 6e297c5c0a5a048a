"""A standard changes with ten days' notice: refused too early, read on a telephone, answered, understood, watched.

Mary at the brand, Alan who manages partner A; partner B says nothing (R100, R147, R226, R227).
"""

import re
from datetime import timedelta

import pytest

from partners.models import Opinion, Receipt, Release
from portal.kernel import clock
from tests.browser.visitor import PHONE
from tests.factories import standard as make

pytestmark = pytest.mark.browser


def test_a_core_clause_changes(stage, visitor):
    make.announced(stage.manager, make.publication(), clock.today())
    mary = visitor("Mary")
    mary.tolerates(400)
    mary.sign_in("mary")
    document = Release.objects.get().publication
    mary.open(f"/admin/partners/publication/{document.pk}/change/")
    mary.follow("新建版本")
    mary.send("新建版本")
    draft = Release.objects.get(number=2)
    mary.open(f"/admin/partners/release/{draft.pk}/change/")
    mary.page.locator("[name=summary]").fill("首次响应由十五分钟缩短为十分钟。")
    mary.page.locator("[name=clauses-0-value]").fill("10")
    mary.send("保存并继续编辑")
    mary.sees("1.1")

    today = clock.today()
    mary.follow("公告")
    mary.page.locator("[name=effective_on]").fill(str(today + timedelta(days=3)))
    mary.send("公告")
    mary.sees(re.compile("重大变更须至少提前10日公告.*" + str(today + timedelta(days=10))))
    mary.page.locator("[name=effective_on]").fill(str(today + timedelta(days=10)))
    mary.page.locator("[name=opinions_until]").fill(str(today + timedelta(days=5)))
    mary.send("公告")
    mary.sees("已公告")

    alan = visitor("Alan", PHONE)
    alan.sign_in("alan")
    alan.open("/field/standards/")
    alan.page.locator("li.work-card a").first.click()
    alan.sees("重大变更", "10 分钟", "首次响应由十五分钟缩短为十分钟。")
    alan.page.locator("[name=clause_number]").select_option("1.1")
    alan.page.locator("#opinion [name=text]").fill("夜间只有一人值守，十分钟有困难。")
    alan.send("提交意见")
    alan.sees("夜间只有一人值守")

    opinion = Opinion.objects.get()
    mary.open(f"/admin/partners/opinion/{opinion.pk}/change/")
    mary.sees("夜间只有一人值守")
    mary.follow("答复")
    mary.page.locator("[name=outcome]").select_option("adopted")
    mary.page.locator("[name=answer]").fill("夜间由品牌客服先行响应。")
    mary.send("答复")

    alan.page.reload()
    alan.sees("夜间由品牌客服先行响应。")
    alan.page.locator("[name=understood]").check()
    alan.send("代表公司确认")
    alan.sees("已阅读")

    mary.open("/admin/partners/release/")
    mary.sees("1 / 2")
    mary.open(f"/admin/partners/release/{draft.pk}/change/")
    mary.sees("合作伙伴A有限公司", "合作伙伴B有限公司")
    waiting = Receipt.objects.filter(release=draft, acknowledged_at=None)
    assert [row.partner.short_name for row in waiting] == ["B"]
