"""R160, R178: nothing of a contributed text tells whose ticket it was."""

import pytest

from tickets.rules.anonymise import anonymous, traces

KNOWN = ["浦江物流有限公司", "赵女士", "137 0000 0001", "上海市徐汇区漕溪北路 8 号", "SN-0001", "", "王"]


@pytest.mark.parametrize(
    "text",
    [
        "请致电 13812345678",
        "电话 138-1234-5678",
        "+86 138 1234 5678",
        "座机 021-50001234",
        "邮箱 li.ming@example.com",
        "车牌沪A12345",
        "车牌 苏E·D12345",
        "车架号 LSVAA4182E2123456",
        "身份证 11010519491231002X",
        "浦江物流有限公司的桩",
        "赵女士反映",
        "序列号 sn-0001",
        "地址：上海市徐汇区漕溪北路 8 号",
    ],
)
def test_r160_traces_are_found_and_taken_out(text):
    assert traces(text, KNOWN)
    left = anonymous(text, KNOWN)
    assert traces(left, KNOWN) == []
    assert "…" in left


@pytest.mark.parametrize(
    "text",
    [
        "检测电压 6.1 V，绝缘 90 kΩ",
        "备件 LQP-DC-1101，数量 2",
        "运行 20261126 小时",
        "报 E12，功率 120000 W",
        "王者归来",
    ],
)
def test_figures_and_parts_stay(text):
    assert traces(text, KNOWN) == []
    assert anonymous(text, KNOWN) == text
