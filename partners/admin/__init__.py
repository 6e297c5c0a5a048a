from partners.admin import contract, outlet, partner, product, staff

__all__ = ["contract", "outlet", "partner", "product", "staff"]
