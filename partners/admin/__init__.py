from partners.admin import benchmark_case, contract, knowledge, outlet, partner, product, staff

__all__ = ["benchmark_case", "contract", "knowledge", "outlet", "partner", "product", "staff"]
