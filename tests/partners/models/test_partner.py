"""What a partner's own row refuses (R184)."""

import pytest
from django.core.exceptions import ValidationError

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_credit_code_belongs_to_one_partner():
    first, second = make.PartnerFactory(), make.PartnerFactory()
    second.uscc = first.uscc
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert first.name in str(refused.value.message_dict["uscc"])


def test_a_reason_lets_it_pass_and_the_own_row_is_no_twin():
    first, second = make.PartnerFactory(), make.PartnerFactory()
    first.full_clean()
    second.uscc, second.uscc_exception = first.uscc, "同一法人的两个渠道"
    second.full_clean()


def test_a_wrong_check_character_is_told_unless_a_reason_is_given():
    partner = make.PartnerFactory()
    partner.uscc = partner.uscc[:-1] + ("A" if partner.uscc[-1] != "A" else "B")
    with pytest.raises(ValidationError, match=r"uscc|校验"):
        partner.full_clean()
    partner.uscc_exception = "早期试点代码"
    partner.full_clean()
