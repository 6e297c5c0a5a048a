"""Words of the partners' subjects, with label and colour: one module a subject; those of the network stand here too."""

from partners.choices.network import ChannelType, ContractState, Post, ServiceTier, Standing

__all__ = ["ChannelType", "ContractState", "Post", "ServiceTier", "Standing"]
