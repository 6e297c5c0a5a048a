"""Two browsers hand in the same paper at the same moment: one result, one certificate (C02, M17, R115)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from partners.actions import exam
from partners.models import Certificate, ExamAttempt
from portal.journal.log import entries_for
from tests.cast import actor, make_side
from tests.factories import ProductLineFactory
from tests.factories import training as make


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_c02_handed_in_four_times_at_once_marked_once():
    person = make_side("A", ProductLineFactory(), "上海市", ("Alan", "Dick", ("Ann",))).technicians[0]
    paper = make.PaperFactory(course__needs_attendance=False)
    ann, ready = actor(person.user), Barrier(4)
    with ThreadPoolExecutor(4) as threads:

        def run(act):
            def one():
                try:
                    ready.wait(timeout=30)
                    return act()
                finally:
                    connection.close()

            return [future.result() for future in [threads.submit(one) for _ in range(4)]]

        attempts = run(lambda: exam.start(ann, paper))
        assert len({attempt.pk for attempt in attempts}) == 1
        right = {str(n): question["right"] for n, question in enumerate(attempts[0].sheet)}
        assert {done.state for done in run(lambda: exam.hand_in(ann, attempts[0], right))} == {"passed"}
    assert ExamAttempt.objects.count() == 1
    assert Certificate.objects.filter(course=paper.course).count() == 1
    assert [entry.verb for entry in entries_for(attempts[0])] == ["exam_begun", "exam_passed"]
