"""The demonstration brand: masters, and tickets that live their life through the actions under a travelled clock."""
