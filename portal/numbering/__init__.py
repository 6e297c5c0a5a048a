"""Gapless numbers such as FW20261122-0001."""
