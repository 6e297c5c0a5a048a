import pytest

from kpi.rules.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请电话 13812345678 联系", "请电话 138****5678 联系"),
        ("+86 138 1234 5678", "+86****5678"),
        ("138-1234-5678", "138****5678"),
        ("身份证310101199001011234", "身份证310****1234"),
        ("li@example.com 等您", "***@*** 等您"),
        ("2026-08-10 更换 3 件", "2026-08-10 更换 3 件"),
        ("SR-2026-000123", "SR-2026-000123"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_of_people_do_not_travel(text, shown):
    assert masked(text) == shown
