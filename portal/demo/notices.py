"""The delivery log of the demonstration: what was sent, what never arrived, and one wording of the brand's own."""

from datetime import date, timedelta
from random import Random

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.demo.network import Network
from portal.kernel import clock
from portal.notify import texts
from portal.notify.channels import MAIL
from portal.notify.models import Delivery, DeliveryState, Notice, NoticeState

#: The log reaches back so far.
DAYS = 90
LOST = 3
NO_SUCH_PERSON = "SMTP 550 5.1.1 User unknown in virtual mailbox table"
WORDING = (
    "{number}：请为本次服务打分",
    "感谢您确认服务结果。请花一分钟为本次服务打分，可以匿名；您的意见会直接送到品牌方质量部门：\n{link}",
)


def fill(random: Random, network: Network, today: date) -> None:
    """One delivery for each notice of the last months, as if the mail server had answered at once."""
    now = clock.now()
    sent = Notice.objects.filter(state=NoticeState.SENT, created_at__gt=now - timedelta(days=DAYS))
    rows = [
        Delivery(
            notice_id=pk, channel=MAIL, address=email, state=DeliveryState.SENT, attempts=1, created_at=at,
            sent_at=at + timedelta(seconds=random.randint(1, 40)),
        )
        for pk, email, at in sent.exclude(email="").values_list("pk", "email", "created_at")
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows, batch_size=1000)
    _lose(random)
    manager = User.objects.filter(username="manager").first()
    if manager is not None:
        texts.change(Actor.of(manager), "ticket.rate", "zh-hans", *WORDING)


def _lose(random: Random) -> None:
    """Customers whose address was mistyped: tried for two days, then given up."""
    old = clock.now() - timedelta(days=2)
    to_customers = Delivery.objects.filter(
        notice__user=None, created_at__lt=old, created_at__gt=old - timedelta(days=9)
    )
    pks = list(to_customers.values_list("pk", flat=True))
    for pk in random.sample(pks, min(LOST, len(pks))):
        lost = Delivery.objects.filter(pk=pk)
        lost.update(
            state=DeliveryState.FAILED,
            attempts=11,
            refusals=11,
            sent_at=None,
            error=NO_SUCH_PERSON,
            answer=NO_SUCH_PERSON,
        )
        Notice.objects.filter(deliveries__in=lost).update(state=NoticeState.FAILED, sent_at=None)
