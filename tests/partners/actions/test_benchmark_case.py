"""Good examples: nominated with a measured effect, decided by a brand manager, read by all partners (R043–R046)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from partners.actions import benchmark_case as actions
from partners.models import BenchmarkCase
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.cast import actor
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db


def test_r044_from_nomination_to_the_list(service_desk, brand_manager, side_a, side_b):
    told = BenchmarkCase(title="一小时响应", practice="分区值班", effect="由三小时降到五十分钟", partner=side_a.partner)
    case = actions.nominate(actor(service_desk), told)
    stranger = actor(side_b.manager)
    assert not BenchmarkCase.objects.visible_to(stranger).exists()
    case = actions.recommend(actor(brand_manager), case)
    assert BenchmarkCase.objects.visible_to(stranger).get() == case
    with pytest.raises(Conflict):
        actions.decline(actor(brand_manager), case, "太晚")
    case = actions.retire(actor(brand_manager), case, "已写入标准")
    assert not BenchmarkCase.objects.visible_to(stranger).exists()
    assert list(entries_for(case).values_list("verb", flat=True)) == [
        "case_nominated",
        "case_recommended",
        "case_retired",
    ]


@pytest.mark.parametrize("person", ["technical", "service_desk", "marketing", "legal", "auditor", "ann", "manager_a"])
def test_only_brand_managers_decide(person, request):
    case, other = write.case(), actor(request.getfixturevalue(person))
    for deed in (lambda: actions.recommend(other, case), lambda: actions.decline(other, case, "不")):
        with pytest.raises(Refused):
            deed()


@pytest.mark.parametrize("person", ["legal", "auditor", "ann"])
def test_only_brand_staff_who_know_the_work_nominate(person, request):
    with pytest.raises(Refused):
        actions.nominate(actor(request.getfixturevalue(person)), BenchmarkCase(title="a", practice="b", effect="c"))


def test_a_case_without_effect_is_none():
    with pytest.raises(InvalidInput) as caught:
        write.case(effect=" ")
    assert caught.value.field == "effect"
    with pytest.raises(InvalidInput):
        actions.decline(write.WRITER, write.case(), "")


def test_a_figure_has_two_sides_and_a_name():
    case = BenchmarkCase(title="a", practice="b", effect="c", before=Decimal(3))
    with pytest.raises(ValidationError):
        case.clean()
    case.after, case.measure = Decimal("0.75"), "响应"
    case.clean()
    assert case.change_percent == Decimal("-75.0")
