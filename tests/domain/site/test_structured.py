"""What search engines read of a page."""

import json

from fairapp.site.structured import Card, Shown, as_script, organization


def test_an_exhibitor_is_an_organization_with_the_products_that_it_offers():
    card = Card(
        name="Đại Nghĩa",
        legal_name="Công ty TNHH Đại Nghĩa",
        url="https://fair.example/x",
        country="VN",
        founded=1999,
        products=[Shown(name="Trục", image="https://fair.example/p")],
    )

    assert organization(card) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Đại Nghĩa",
        "legalName": "Công ty TNHH Đại Nghĩa",
        "url": "https://fair.example/x",
        "foundingDate": "1999",
        "address": {"@type": "PostalAddress", "addressCountry": "VN"},
        "makesOffer": [
            {
                "@type": "Offer",
                "itemOffered": {
                    "@type": "Product",
                    "name": "Trục",
                    "image": "https://fair.example/p",
                    "manufacturer": {"@type": "Organization", "name": "Đại Nghĩa"},
                },
            }
        ],
    }


def test_no_name_can_leave_the_script_element():
    text = as_script({"name": "</script><!-- & Đ"})

    assert "<" not in text
    assert ">" not in text
    assert json.loads(text) == {"name": "</script><!-- & Đ"}
