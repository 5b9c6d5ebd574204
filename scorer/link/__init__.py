"""Claims -> relations: what later reports do to what earlier ones claimed."""

from scorer.link.linking import link, relate

__all__ = ["link", "relate"]
