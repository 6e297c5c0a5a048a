"""Notices: written in the transaction of the change that they tell of, delivered after it.

types.register("ticket.accepted", _("Your request %(number)s was accepted"), _("…"))
queue.queue("ticket.accepted", Recipient.of(user), {"number": …}, ticket, link=LinkTo("track", "/t/{token}/", 90))
"""
