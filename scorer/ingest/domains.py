"""Registered domains: what identifies an outlet."""

from __future__ import annotations

import idna
import tldextract

# Offline: the list that comes with the package. Its private part is counted in, because every
# tenant of a blog host is an outlet of its own.
EXTRACT = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


def registered_domain(address: str) -> str | None:
    """Return the registered domain of a URL or host name.

    Parameters
    ----------
    address : str
        Such as ``https://www.bbc.co.uk/news`` or ``News.BBC.co.uk``.

    Returns
    -------
    str or None
        Lower case, ASCII (``bbc.co.uk``): what anyone can register under the Public Suffix List,
        whose rule for an unlisted top level is that its second level can be registered. A host
        that is itself a suffix stands for itself, as an IPv4 address does. None where there is
        no host name.
    """
    parts = EXTRACT(address.strip())
    host = parts.top_domain_under_public_suffix or parts.ipv4
    if not host and parts.suffix:
        host = parts.suffix
    elif not host:
        host = ".".join([*parts.subdomain.split("."), parts.domain][-2:]).strip(".")
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None
