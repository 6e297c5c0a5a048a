"""Notices, their deliveries, the wording that managers changed, the health of channels, and what people prefer."""

from portal.notify.models.channel import ChannelHealth
from portal.notify.models.delivery import Delivery, DeliveryState
from portal.notify.models.notice import Notice, NoticeState
from portal.notify.models.preference import NoticePreference
from portal.notify.models.text import NoticeText

__all__ = [
    "ChannelHealth",
    "Delivery",
    "DeliveryState",
    "Notice",
    "NoticePreference",
    "NoticeState",
    "NoticeText",
]
