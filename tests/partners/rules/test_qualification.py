"""Posts that take tickets (R115); states and terms are in test_training.py."""

from partners.choices import Post
from partners.rules.qualification import TICKET_POSTS, WARN_DAYS


def test_r115_who_takes_tickets_needs_the_certificates_of_the_lines():
    assert {Post.TECHNICIAN, Post.SUPPORT_ENGINEER} == TICKET_POSTS


def test_r115_warnings_come_three_times():
    assert WARN_DAYS == (90, 30, 7)
