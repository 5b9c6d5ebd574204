"""Claims -> relations: what later reports do to what earlier ones claimed."""

from scorer.link.linking import link, link_report, relate

__all__ = ["link", "link_report", "relate"]
