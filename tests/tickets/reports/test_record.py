"""附件1–4: one page each, the right words, the same bytes; the printed code can be checked (R195, R212, R216, R220)."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from portal.kernel.errors import InvalidInput
from portal.pdf.pool import POOL
from tests.cast import actor
from tests.tickets.stages import Stage, picture
from tickets.actions import feedback
from tickets.choices import TicketState
from tickets.reports.record import ROWS, available, record_pdf
from tickets.rules.proof import Proof, code, read

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _close_the_child():
    yield
    POOL.close()


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def finished(stage):
    """A ticket with all four records: low score and call-back."""
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    for n in range(3):
        ticket = stage.progress(ticket, measures=f"第 {n + 1} 次拆检")
    part = {"part_number": "P-100", "name": "保险丝", "quantity": 2, "in_warranty": True, "unit_price": "12.50"}
    ticket = stage.rate(stage.confirm(stage.complete(ticket, parts=[part])), 2)
    return feedback.call_back(stage.desk, ticket, cause="首次维修不彻底", measures="加强复检", result="客户接受")


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (1, ("附件1", "问题受理记录表", "按下启动键没有反应", "先远程检查")),
        (2, ("附件2", "处理进度跟踪表", "第 3 次拆检", "Ann")),
        (3, ("附件3", "服务完成确认单", "保险丝熔断", "P-100", "赵女士")),
        (4, ("附件4", "满意度反馈表", "首次维修不彻底", "加强复检")),
    ],
)
def test_each_record_is_one_page_with_its_words_and_embedded_fonts(finished, form, words):
    content = record_pdf(finished, form)
    pages = pages_of(content)
    assert len(pages) == 1
    flat = pages[0].replace("\n", "").replace(" ", "")
    assert finished.number in flat
    for word in words:
        assert word.replace(" ", "") in flat
    assert record_pdf(finished, form) == content
    assert len(content) < 250_000


def test_long_texts_and_photos_still_fit_on_one_page(stage):
    text = "设备在雨天多次出现绝缘告警，重启后短暂恢复。" * 60
    ticket = stage.receive(files=[picture(f"{n}.png", (400, 300)) for n in range(6)])
    ticket = stage.register(ticket, description=text, first_opinion=text)
    ticket = stage.start(stage.diagnose(stage.accept(stage.dispatch(ticket))))
    for _ in range(ROWS + 3):
        ticket = stage.progress(ticket, measures=text, communication=text, needed_from_customer=text, next_step=text)
    part = {
        "part_number": "P-100",
        "name": "直流接触器总成",
        "quantity": 1,
        "old_serial": "O" * 20,
        "new_serial": "N" * 20,
    }
    ticket = stage.complete(ticket, cause=text, work_and_result=text, parts=[part] * 9, inspection=["通电测试"] * 5)
    ticket = stage.rate(stage.confirm(ticket), 1, suggestions=text)
    ticket = feedback.call_back(stage.desk, ticket, cause=text, measures=text, result=text)
    assert [len(pages_of(record_pdf(ticket, form))) for form in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_a_picture_that_is_gone_does_not_stop_the_sheet(stage, settings, tmp_path):
    ticket = stage.register(stage.receive(files=[picture("a.png")]))
    settings.MEDIA_ROOT = tmp_path
    assert len(pages_of(record_pdf(ticket, 1))) == 1


def test_a_record_that_is_not_there_is_said_in_words(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    assert available(ticket) == [1]
    for form in (2, 3, 4):
        with pytest.raises(InvalidInput):
            record_pdf(ticket, form)


def test_a_rejected_sheet_is_marked(stage):
    ticket = stage.ticket_in(TicketState.REASSESSING)
    assert "客户未认可" in pages_of(record_pdf(ticket, 3))[0]


def test_a_stranger_gets_404_and_the_holder_of_the_link_his_sheet(client, finished, stage):
    url = reverse("record_pdf", args=[finished.number, 1])
    assert client.get(url).status_code == 404
    client.force_login(stage.other.technicians[0].user)
    assert client.get(url).status_code == 404
    client.force_login(stage.ann.user)
    assert client.get(url)["Content-Type"] == "application/pdf"


def test_who_does_not_handle_the_ticket_sees_a_masked_telephone(finished, auditor):
    phone = finished.contact_phone
    assert phone in pages_of(record_pdf(finished, 1, masked=False))[0]
    assert phone not in pages_of(record_pdf(finished, 1, masked=True))[0]
    assert not actor(auditor).is_desk


def test_the_printed_code_is_known_and_a_changed_one_is_not(client, finished):
    proof = Proof(finished.number, 3, 1)
    printed = code("secret", proof)
    assert read("secret", printed.lower()) == proof
    assert read("another", printed) is None
    assert read("secret", printed.replace("-F3-", "-F2-")) is None
    assert read("secret", printed[:-1]) is None


def test_the_page_of_a_code_tells_what_came_after(client, finished, settings):
    printed = code(settings.SECRET_KEY, Proof(finished.number, 1, 2))
    page = client.get(reverse("verify_record", args=[printed]))
    assert page.status_code == 200
    assert "问题受理记录表" in page.content.decode()
    asked = client.get(reverse("verify_ask"), {"code": f" {printed.lower()} "}, follow=True)
    assert "问题受理记录表" in asked.content.decode()
    forged = printed[:-1] + ("A" if printed[-1] != "A" else "B")
    assert client.get(reverse("verify_record", args=[forged])).status_code == 404


def test_the_command_writes_all_sheets(finished, tmp_path, capsys):
    call_command("record_pdf", finished.number, "--all", "--out", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{finished.number}-F{n}.pdf" for n in (1, 2, 3, 4)]
    with pytest.raises(CommandError):
        call_command("record_pdf", "FW-nothing", "--form", "1", "--out", str(tmp_path / "x.pdf"))
