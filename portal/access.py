"""One table: which address is for whom. A page that is not listed fails the tests, so none is born open.

The admin decides by model and scope (portal.adminkit) and is walked by its own tests. Where an address names a row,
the row's scope decides as well: a stranger's row is 404 whatever the role.
"""

from kpi.queries.report import READERS as REPORT_READERS
from portal.accounts.roles import PARTNER, READERS, Role

PUBLIC = "public"
#: Behind a signed link or a look-up that this browser made: the link is the right, not an account.
HOLDER = frozenset({Role.CUSTOMER})
TICKET_READERS = READERS | PARTNER | HOLDER

ACCESS: dict[str, str | frozenset[Role]] = {
    "home": PUBLIC,
    "login": PUBLIC,
    "logout": PUBLIC,
    "set_language": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "public:request": PUBLIC,
    "public:done": PUBLIC,
    "public:track": PUBLIC,
    "public:progress": HOLDER,
    "public:send_code": HOLDER,
    "public:open": HOLDER,
    "customer:ticket": HOLDER,
    "customer:step": HOLDER,
    "customer:rate": HOLDER,
    "record_pdf": TICKET_READERS,
    "files:attachment": TICKET_READERS,
    "files:thumb": TICKET_READERS,
    "certificate_pdf": READERS | PARTNER,
    "verify_ask": PUBLIC,
    "verify_certificate": PUBLIC,
    "verify_record": PUBLIC,
    "verify": PUBLIC,
    "field:inbox": PARTNER,
    "field:search": PARTNER,
    "field:notices": PARTNER,
    "field:me": PARTNER,
    "field:notice_settings": PARTNER,
    "field_menu": PARTNER,
    "house:training": PARTNER,
    "house:course": PARTNER,
    "house:enrol": PARTNER,
    "house:leave": PARTNER,
    "house:exam_start": PARTNER,
    "house:exam": PARTNER,
    "house:exam_answer": PARTNER,
    "house:exam_hand_in": PARTNER,
    "house:certificates": PARTNER,
    "house:team": PARTNER - {Role.TECHNICIAN},
    "house:person": PARTNER - {Role.TECHNICIAN},
    "ticket_articles": READERS | PARTNER,
    "ticket_article": PARTNER,
    "ticket_contribute": PARTNER,
    "house:knowledge": PARTNER,
    "house:article": PARTNER,
    "house:contributions": PARTNER,
    "house:recommended": PARTNER,
    "field:ticket": PARTNER,
    "field:step": PARTNER,
    "house:standards": PARTNER,
    "house:standard": PARTNER,
    "house:standard_propose": frozenset({Role.PARTNER_MANAGER}),
    "house:calendar": PARTNER,
    "house:absences": frozenset({Role.PARTNER_MANAGER, Role.DISPATCHER}),
    "house:absence_new": frozenset({Role.PARTNER_MANAGER}),
    "house:absence": frozenset({Role.PARTNER_MANAGER}),
    "house:absence_cancel": frozenset({Role.PARTNER_MANAGER}),
    "reports:list": REPORT_READERS,
    "reports:file": REPORT_READERS,
}
