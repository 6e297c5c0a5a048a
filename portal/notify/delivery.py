"""Send one notice by one channel, once: claim, check, hand over, say what became of it (K06, K09, K11, K14, A16).

A claim is one conditional UPDATE that holds for the time of the lease; closing it asks for the same number of
attempts. So of two workers one sends, and what a dead worker had claimed is due again after the lease. A message
whose answer was cut may arrive twice: with the same Message-ID or Idempotency-Key, by which receivers tell.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.notify import breaker, channels, fanout, gateway, message, preferences, types
from portal.notify.models import Delivery, DeliveryState, Notice, NoticeState
from portal.notify.outcome import Kind, Outcome, of_mail_error

logger = logging.getLogger(__name__)

#: Waiting times after refusals of one message.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))
#: So long it is tried; then a person has to look at it. A day without mail server loses nothing (K09).
GIVE_UP = timedelta(days=2)
#: A claim that was not closed within this time belonged to a worker that died.
LEASE = timedelta(minutes=10)
#: How many notes of one group go out as one message at most (K11).
MERGED = 20


def due(moment: datetime) -> Q:
    """Deliveries whose next try has come and that nobody has in hand."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=moment)
    return Q(state=DeliveryState.WAITING) & free & (Q(next_try_at__lte=moment) | Q(next_try_at=None))


def deliver(pk: int) -> bool:
    """Deliver if it is due, its channel works and nobody else has it; True if it was sent now."""
    delivery = _claim(pk)
    if delivery is None or not _meant(delivery) or _held(delivery):
        return False
    together = [delivery, *_others_of_group(delivery)]
    outcome = _hand_over(together)
    rests = breaker.note(delivery.channel, outcome)
    for one in together:
        _close(one, outcome, rests)
    return outcome.kind == Kind.SENT


def deliver_notice(pk: int) -> bool:
    """All channels of one notice, also the one to which an urgent notice falls; True if it was sent by one of them."""
    seen: set[int] = set()
    sent = False
    while True:
        waiting = Delivery.objects.filter(due(clock.now()), notice=pk).exclude(pk__in=seen).order_by("pk")
        one = waiting.values_list("pk", flat=True).first()
        if one is None:
            return sent
        seen.add(one)
        sent = deliver(one) or sent


def _claim(pk: int) -> Delivery | None:
    """Take the delivery for the time of the lease: one conditional UPDATE, so that of two workers one gets it."""
    now = clock.now()
    mine = Delivery.objects.filter(due(now), pk=pk)
    channel = mine.values_list("channel", flat=True).first()
    if channel is None:
        return None
    if rests := breaker.may_go(channel):
        mine.update(next_try_at=rests)
        _fall_if_urgent(pk)
        return None
    taken = mine.update(attempts=F("attempts") + 1, claimed_until=now + LEASE)
    return Delivery.objects.select_related("notice__user").get(pk=pk) if taken else None


def _meant(delivery: Delivery) -> bool:
    """Recipients are asked for again now: who may no longer know is not told (A16)."""
    if types.still_meant(delivery.notice):
        return True
    _give_back(delivery, state=DeliveryState.WITHDRAWN, next_try_at=None, error="")
    return False


def _held(delivery: Delivery) -> bool:
    """Quiet hours hold everything but urgent notices; those say why they came (K14, workflow rule 10)."""
    notice, kind = delivery.notice, types.registered().get(delivery.notice.type)
    customers_mail = notice.user is None and delivery.channel == channels.MAIL
    if customers_mail or (kind and kind.prompt):
        return False
    until = preferences.quiet_of(notice.user).until(clock.now())
    if until is None:
        return False
    with translation.override(notice.language):
        urgent = _("It is urgent, therefore it comes in your quiet hours.")
        held = _("Held until %(time)s: quiet hours.") % {"time": f"{clock.local(until):%m-%d %H:%M}"}
    if notice.urgent:
        delivery.remark = urgent
        Delivery.objects.filter(pk=delivery.pk).update(remark=urgent)
        return False
    _give_back(delivery, next_try_at=until, remark=held, attempts=F("attempts") - 1)
    return True


def _others_of_group(delivery: Delivery) -> list[Delivery]:
    """What else waits for the same robot goes along."""
    if not delivery.notice.group:
        return []
    waiting = Delivery.objects.filter(due(clock.now()), channel=delivery.channel, notice__urgent=delivery.notice.urgent)
    claimed = []
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[: MERGED - 1]):
        now = clock.now()
        taken = Delivery.objects.filter(due(now), pk=pk).update(attempts=F("attempts") + 1, claimed_until=now + LEASE)
        other = Delivery.objects.select_related("notice__user").get(pk=pk)
        if taken and _meant(other) and not _held(other):
            claimed.append(other)
    return claimed


def _hand_over(together: list[Delivery]) -> Outcome:
    """One try. Whatever a server or a resolver comes up with is an outcome."""
    first = together[0]
    try:
        if first.channel == channels.MAIL:
            get_connection(timeout=settings.EMAIL_TIMEOUT).send_messages([message.mail(first)])
            return Outcome(Kind.SENT)
        channel = channels.configured().get(first.channel)
        if channel is None:
            return Outcome(Kind.REFUSED, _("NOTIFY_URLS does not name this channel any more."))
        title, body = message.note(together) if first.notice.group else message.text(first)
        return gateway.send(channel, first.address, title, body, message.key(first))
    except Exception as error:
        return of_mail_error(error)


def _close(delivery: Delivery, outcome: Outcome, rests: datetime | None) -> None:
    """Say what became of the try, and where an urgent or lost notice goes now."""
    now = clock.now()
    if outcome.kind == Kind.SENT:
        _give_back(
            delivery, state=DeliveryState.SENT, sent_at=now, next_try_at=None, error="", answer=outcome.words[:200]
        )
        return
    words = channels.scrubbed(outcome.words)[:300]
    logger.warning("notice %s by %s: try %s failed", delivery.notice_id, delivery.channel, delivery.attempts)
    lost = now - delivery.created_at >= GIVE_UP
    changes: dict[str, object] = {"error": words, "answer": words[:200]}
    if outcome.kind == Kind.REFUSED:
        changes["refusals"] = F("refusals") + 1
        changes["next_try_at"] = now + breaker.jittered(PAUSES[min(delivery.refusals, len(PAUSES) - 1)])
    else:
        changes["next_try_at"] = rests
    if lost:
        changes |= {"state": DeliveryState.FAILED, "next_try_at": None}
    _give_back(delivery, **changes)
    if lost or delivery.notice.urgent:
        fall(delivery)


def _fall_if_urgent(pk: int) -> None:
    """Its channel rests, so there was no try; an urgent notice does not wait for it."""
    delivery = Delivery.objects.select_related("notice__user").get(pk=pk)
    if delivery.notice.urgent and types.still_meant(delivery.notice):
        fall(delivery)


def fall(delivery: Delivery) -> Delivery | None:
    """Put the notice on the next channel that it has not taken yet, if there is one (K11).

    Not where another channel brought it already, or has it and was not tried yet.
    """
    notice = delivery.notice
    if notice.group:
        return None
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        ways = list(Delivery.objects.filter(notice=notice).values_list("channel", "state", "attempts"))
        others = [way for way in ways if way[0] != delivery.channel]
        if any(state == DeliveryState.SENT or (state == DeliveryState.WAITING and not n) for _c, state, n in others):
            return None
        channel = fanout.following(notice, {channel for channel, _state, _n in ways})
        if not channel:
            return None
        falls_to = fanout.row(notice, channel, clock.now())
        falls_to.save(force_insert=True)
        Notice.objects.filter(pk=notice.pk).update(state=NoticeState.QUEUED)
    return falls_to


def _give_back(delivery: Delivery, **changes: object) -> None:
    """Close the claim that is still ours, and bring the notice's own state up to date."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts)
    with transaction.atomic():
        if ours.update(**{"claimed_until": None, **changes}):
            settle(delivery.notice_id)


def settle(notice: int) -> None:
    """The notice's state follows from its deliveries: sent by one channel is sent."""
    rows = list(Delivery.objects.filter(notice=notice).values_list("state", "sent_at"))
    states = {state for state, _sent in rows}
    ranked = [
        (DeliveryState.SENT, NoticeState.SENT),
        (DeliveryState.WAITING, NoticeState.QUEUED),
        (DeliveryState.FAILED, NoticeState.FAILED),
        (DeliveryState.WITHDRAWN, NoticeState.WITHDRAWN),
    ]
    state = next(found for wanted, found in ranked if wanted in states)
    first = min((sent for _state, sent in rows if sent), default=None)
    Notice.objects.filter(pk=notice).update(state=state, sent_at=first)
