"""What the public pages and the printed catalogue read."""

from fairapp.site.queries.catalogue import PRINT, Readiness, forget, list_catalogue, list_prints, readiness, valid_codes
from fairapp.site.queries.listed import (
    booths_by_exhibitor,
    get_listed,
    get_logo,
    get_photo,
    list_booths_of,
    list_co_exhibitors,
    list_neighbors,
    list_served,
    listed_on,
    load_directory,
    page_of_answer,
    places_by_exhibitor,
)

__all__ = [
    "PRINT",
    "Readiness",
    "booths_by_exhibitor",
    "forget",
    "get_listed",
    "get_logo",
    "get_photo",
    "list_booths_of",
    "list_catalogue",
    "list_co_exhibitors",
    "list_neighbors",
    "list_prints",
    "list_served",
    "listed_on",
    "load_directory",
    "page_of_answer",
    "places_by_exhibitor",
    "readiness",
    "valid_codes",
]
