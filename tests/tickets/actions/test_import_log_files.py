"""import_log and files that are broken, odd or sheets: refused rows carry line and reason (R057)."""

from datetime import datetime
from functools import partial

import openpyxl
import pytest

from portal.kernel.errors import InvalidInput
from tests.tickets.actions.log_story import EVENTS, ROWS, take
from tickets.actions.import_log import import_log
from tickets.models import Ticket
from tickets.rules.log_mapping import parse


@pytest.fixture
def log(tmp_path):
    """Write the rows and import them."""
    return partial(take, tmp_path)


@pytest.mark.django_db
def test_wrong_rows_are_refused_with_line_and_reason(log):
    rows = ["1,N,,,C,P,,,Opened,2020-03-02", ",N,,,C,P,,,Opened,2020-03-02 09:00", "3,N", *ROWS]
    rows.append("1,North,Shop A,Ann,Acme,Car,7,,Closed,2020-03-02 09:30")
    rows.append("2,South,,Ann,Bolt,Car,,,Taken,2020-03-01 09:30")
    summary = log(rows)
    assert sorted(line for line, _reason in summary.refused) == [2, 3, 4, 12, 13]
    reasons = dict(summary.refused)
    assert "2020-03-02" in reasons[2]
    assert "2" in reasons[4]
    assert "7" in reasons[12]
    assert summary.tickets == 2


@pytest.mark.django_db
def test_a_broken_row_of_a_gbk_file_costs_only_itself(tmp_path):
    path = tmp_path / "工单.csv"
    text = "单号,动作,时间,客户\n1,开单,2020-03-02 09:00,东\n2,开单,2020-03-02 09:00,?\n3,开单,2020-03-02 10:00,西\n"
    path.write_bytes(text.encode("gbk").replace(b"?", b"\x81\x20\xff"))
    mapping = """
kind = "events"
encoding = "%s"
timestamp_formats = ["%%Y-%%m-%%d %%H:%%M"]
[columns]
ticket = "单号"
customer = "客户"
[events]
activity = "动作"
at = "时间"
"""
    with pytest.raises(Exception, match="gb18030"):
        import_log(path, parse(mapping % "utf-8"))
    summary = import_log(path, parse(mapping % "gbk"))
    assert summary.tickets == 2
    assert summary.source == "工单"
    ((line, reason),) = summary.refused
    assert line == 3
    assert "gbk" in reason
    assert Ticket.objects.get(external_id="3").customer.name == "西"


@pytest.mark.django_db
def test_a_record_over_two_lines_does_not_shift_the_numbers(log):
    rows = ['1,North,,,Acme,Car,,"two\nlines",Opened,2020-03-02 09:00', "1,North,,,Acme,Car,,,Taken,never"]
    assert [line for line, _reason in log(rows).refused] == [4]


@pytest.mark.django_db
def test_a_sheet_is_read_like_a_csv(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Log"
    sheet.append(["made by the old desk"])
    sheet.append(["Case", "Activity", "At"])
    sheet.append([17, "Opened", datetime(2020, 3, 2, 9)])
    sheet.append([17, "Closed", datetime(2020, 3, 3, 9)])
    path = tmp_path / "log.xlsx"
    book.save(path)
    text = """
kind = "events"
sheet = "Log"
header_row = 2
[columns]
ticket = "Case"
[events]
activity = "Activity"
at = "At"
[verbs]
"Closed" = "close"
"""
    summary = import_log(path, parse(text))
    assert (summary.rows, summary.tickets, summary.refused) == (2, 1, [])
    assert Ticket.objects.get(external_id="17").state == "closed"
    with pytest.raises(Exception, match="Log"):
        import_log(path, parse(text.replace('"Log"', '"Leg"')))
    path.write_bytes(b"PK\x03\x04 no sheet")
    with pytest.raises(Exception, match=r".+"):
        import_log(path, parse(text))


@pytest.mark.django_db
def test_odd_files(log, tmp_path):
    long = "North " * 10
    rows = [f"1,{long},,,Acme,Car,,,Opened,2020-03-02 09:00", "", "2,a\0b,,,Acme,Car,,,Opened,2020-03-02 09:00"]
    summary = log(rows)
    assert (summary.rows, summary.tickets, summary.refused) == (2, 2, [])
    assert len(Ticket.objects.get(external_id="1").partner.code) == 32
    assert [line for line, _why in log([f'1,"{"x" * 10_000_001}"', *ROWS]).refused] == [2]
    with pytest.raises(InvalidInput):
        import_log(tmp_path, parse(EVENTS))
