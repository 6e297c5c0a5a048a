from partners.admin import (
    benchmark_case,
    contract,
    knowledge,
    outlet,
    partner,
    product,
    staff,
    standard,
    standard_reply,
)

__all__ = [
    "benchmark_case",
    "contract",
    "knowledge",
    "outlet",
    "partner",
    "product",
    "staff",
    "standard",
    "standard_reply",
]
