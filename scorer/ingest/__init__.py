"""Bytes to reports: JSON Lines, single articles (HTML, schema.org, ninjs, plain JSON), feeds."""

from scorer.ingest.article import parse_article
from scorer.ingest.feed import parse_feed
from scorer.ingest.formats import Format, sniff
from scorer.ingest.lines import read_objects, read_reports

__all__ = ["Format", "parse_article", "parse_feed", "read_objects", "read_reports", "sniff"]
