"""The covering letter's rules, the same in every format.

They come from the Regulation on official correspondence (Resmî Yazışmalarda Uygulanacak Usul ve Esaslar Hakkında
Yönetmelik, Official Gazette 10 June 2020, no. 31151).
"""

from __future__ import annotations

from assistant.guide.model import Brand


def turkish_upper(text: str) -> str:
    """Return *text* in capitals, by Turkish rules."""
    return text.replace("i", "İ").upper()


def addressee(brand: Brand) -> str:
    """Return the addressee's line: one institution in capitals, several as the list."""
    if len(brand.addressees) > 1:
        return "DAĞITIM YERLERİNE"
    (only,) = brand.addressees or ("",)
    return only if only.startswith("Sayın") else turkish_upper(only)


def for_action(brand: Brand) -> tuple[str, ...]:
    """Return the "Gereği" list: the addressees themselves unless the institution gave another one."""
    if brand.for_action or len(brand.addressees) < 2:
        return brand.for_action
    return brand.addressees
