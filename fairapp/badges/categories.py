"""Badge categories: the letter before a serial, the number in a credential, the band on the paper."""

from dataclasses import dataclass

from fairapp.enterprises.taxonomy import code_list


@dataclass(frozen=True, kw_only=True)
class Category:
    """One kind of badge; ``number`` stands in signed credentials and never changes."""

    code: str
    letter: str
    number: int

    @property
    def colour(self) -> str:
        """The colour of the band on the printed badge."""
        return str(code_list("badge_categories")[self.code].facts["colour"])


CATEGORIES = {
    code: Category(code=code, letter=letter, number=number)
    for number, (code, letter) in enumerate(
        (
            ("exhibitor", "E"),
            ("buyer", "B"),
            ("visitor", "V"),
            ("vip", "Q"),
            ("press", "P"),
            ("speaker", "S"),
            ("interpreter", "N"),
            ("contractor", "C"),
            ("organizer", "R"),
        ),
        start=1,
    )
}
BY_NUMBER = {category.number: category for category in CATEGORIES.values()}
