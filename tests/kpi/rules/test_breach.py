from django.utils import translation

from kpi.rules.breach import Course, reasons


def words(**course):
    with translation.override("en"):
        return reasons(Course(**course))


def test_r219_a_late_ticket_tells_every_reason_on_record():
    course = {"rejections": 2, "reopenings": 1, "declines": 1, "dispatches": 3, "escalated": True, "is_open": True}
    found = words(suspended_for="waiting for parts", accepted_late=True, **course)
    assert found[0] == "suspended: waiting for parts"
    assert "(2×)" in found[1]
    assert len(found) == 8


def test_without_a_reason_the_report_says_so():
    assert words(dispatches=1) == ["no cause on record"]
