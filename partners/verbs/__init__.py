"""What the service log says of the partners' subjects: one module a subject, all of them registered by this import."""

from partners.verbs import (
    absence,
    application,
    contract,
    cooperation,
    knowledge,
    meeting,
    outlet_inspection,
    standard,
    stock,
    tool,
    tool_grant,
    training,
)
from partners.verbs.network import CERTIFICATE_ISSUED, CONTRACT_BEGUN, CONTRACT_ENDED, STANDING_SET

__all__ = [
    "CERTIFICATE_ISSUED",
    "CONTRACT_BEGUN",
    "CONTRACT_ENDED",
    "STANDING_SET",
    "absence",
    "application",
    "contract",
    "cooperation",
    "knowledge",
    "meeting",
    "outlet_inspection",
    "standard",
    "stock",
    "tool",
    "tool_grant",
    "training",
]
