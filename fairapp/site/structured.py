"""What search engines read of an exhibitor's page: schema.org as JSON-LD."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A product as the page shows it."""

    name: str
    text: str = ""
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """An exhibitor as the page shows it; addresses are absolute."""

    name: str
    legal_name: str
    url: str
    text: str = ""
    logo: str = ""
    website: str = ""
    country: str = ""
    region: str = ""
    street: str = ""
    founded: int | None = None
    knows: Sequence[str] = ()
    """What it can do, in the reader's language."""
    certificates: Sequence[str] = ()
    products: Sequence[Shown] = ()


def organization(card: Card) -> dict[str, Any]:
    """Return an exhibitor with its products in the words of schema.org."""
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": card.name,
            "legalName": card.legal_name,
            "url": card.url,
            "description": card.text,
            "logo": card.logo,
            "sameAs": card.website,
            "foundingDate": str(card.founded or ""),
            "address": _filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": card.street,
                    "addressRegion": card.region,
                    "addressCountry": card.country,
                }
            ),
            "knowsAbout": list(card.knows),
            "hasCertification": [{"@type": "Certification", "name": name} for name in card.certificates],
            "makesOffer": [{"@type": "Offer", "itemOffered": _product(product, card)} for product in card.products],
        }
    )


def as_script(values: Mapping[str, Any]) -> str:
    """Return JSON that can stand within a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(values, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _product(product: Shown, card: Card) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Product",
            "name": product.name,
            "description": product.text,
            "image": product.image,
            "manufacturer": {"@type": "Organization", "name": card.name},
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
