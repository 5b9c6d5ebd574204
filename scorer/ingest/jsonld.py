"""The article in schema.org's terms: a NewsArticle as JSON-LD, on its own or inside a page.

Read straight from the JSON: expanding it against its context would need the network, and a
general reader such as extruct brings an RDF stack along for the same dozen properties.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from scorer.ingest.found import Found
from scorer.ingest.plain import plain_text

Node = dict[str, Any]

ARTICLE_TYPES = {"Report", "BlogPosting", "LiveBlogPosting"}  # beside all that end in Article


def article_in(value: object) -> Found | None:
    """Find the article among the nodes of a JSON-LD value.

    Parameters
    ----------
    value : object
        A node, a list of nodes, or a node with a ``@graph``. References by ``@id`` to other
        nodes of the same value are followed.

    Returns
    -------
    Found or None
        Of the first article, but sooner one with a body; None if there is none.
    """
    nodes = list(_nodes(value))
    articles = [(pointer, node) for pointer, node in nodes if _is_article(node)]
    if not articles:
        return None
    pointer, node = next((pair for pair in articles if "articleBody" in pair[1]), articles[0])
    return _found(pointer, node, {_identifier(node): node for _, node in nodes})


def _nodes(value: object) -> Iterator[tuple[str, Node]]:
    waiting = deque([("", value)])
    while waiting:
        pointer, item = waiting.popleft()
        if isinstance(item, list):
            waiting.extend((f"{pointer}/{index}", each) for index, each in enumerate(item))
        elif isinstance(item, dict):
            yield pointer, item
            inner = (key for key in ("@graph", "mainEntity") if key in item)
            waiting.extend((f"{pointer}/{key}", item[key]) for key in inner)


def _is_article(node: Node) -> bool:
    types = _listed(node.get("@type"))
    names = [kind.replace(":", "/").rpartition("/")[2] for kind in types if isinstance(kind, str)]
    return any(name.endswith("Article") or name in ARTICLE_TYPES for name in names)


def _found(pointer: str, node: Node, nodes: Mapping[str, Node]) -> Found:
    outlet = _name(node.get("publisher"), nodes)
    url = next(filter(None, map(_address, (node.get("url"), node.get("mainEntityOfPage")))), None)
    fields = {
        "headline": _plain(node.get("headline") or node.get("name")),
        "body": _plain(node.get("articleBody")),
        "date": _bare(node.get("datePublished")),
        "outlet": outlet,
        "url": url or _address(node.get("@id")),
        "credit": _credit(node, outlet, nodes),
    }
    if fields["url"] is None:
        fields["domain"] = _publisher_address(node, nodes)
    properties = {
        "headline": "headline",
        "body": "articleBody",
        "date": "datePublished",
        "outlet": "publisher",
        "url": "url",
        "domain": "url",
    }
    return Found(fields, {name: f"{pointer}/{its}" for name, its in properties.items()})


def _credit(node: Node, outlet: str | None, nodes: Mapping[str, Node]) -> str | None:
    """Name an organisation that the byline credits and that is not the outlet itself."""
    authors = [_resolved(each, nodes) for each in _listed(node.get("author"))]
    organisations = [each for each in authors if "Organization" in str(_get(each, "@type"))]
    for each in (*organisations, *_listed(node.get("sourceOrganization"))):
        name = _name(each, nodes)
        if name and name.casefold() != (outlet or "").casefold():
            return name
    return None


def _publisher_address(node: Node, nodes: Mapping[str, Node]) -> str | None:
    return _address(_get(_resolved(node.get("publisher"), nodes), "url"))


def _name(entity: object, nodes: Mapping[str, Node]) -> str | None:
    """Name an entity given as a name, a node, a reference or a list of them."""
    entity = next(iter(_listed(entity)), None)
    if isinstance(entity, str):
        entity = _get(nodes.get(entity), "name") or entity
    else:
        entity = _bare(_get(_resolved(entity, nodes), "name"))
    return plain_text(entity) or None if isinstance(entity, str) else None


def _resolved(entity: object, nodes: Mapping[str, Node]) -> object:
    reference = _get(entity, "@id")
    if isinstance(reference, str) and _get(entity, "name") is None:
        return nodes.get(reference, entity)
    return entity


def _address(value: object) -> str | None:
    """Return a web address given as such or as a node."""
    value = value if isinstance(value, str) else _get(value, "url") or _get(value, "@id")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _plain(value: object) -> object:
    value = _bare(value)
    return plain_text(value) if isinstance(value, str) else value


def _bare(value: object) -> object:
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _identifier(node: Node) -> str:
    return str(node.get("@id"))


def _get(node: object, key: str) -> object:
    return node.get(key) if isinstance(node, dict) else None


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
