"""What the customer reads: the public entries, each with the files that came with it."""

import pytest

from tests.tickets.stages import Stage, picture
from tickets.queries.story import public_story

pytestmark = pytest.mark.django_db


def test_each_entry_shows_its_own_files():
    stage = Stage()
    ticket = stage.ticket_in("in_progress", files=[picture("故障.png")])
    stage.progress(ticket, files=[picture("拆检.png")])
    shown = {str(item["title"]): [file["name"] for file in item["attachments"]] for item in public_story(ticket)}
    assert {title: files for title, files in shown.items() if files} == {
        "处理进度": ["拆检.png"],
        "已接收": ["故障.png"],
    }
