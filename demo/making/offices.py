"""The offices that speak in the papers. Offices only: the miniature names no persons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """A minister or state secretary: the office without article, its ministry's name and abbreviation."""

    title: str
    ministry: str
    short: str

    @property
    def addressed(self) -> str:
        """As addressee or speaker inside a sentence: "de Minister van …"."""
        return f"de {self.title}"

    @property
    def signed(self) -> str:
        """As signature and author: "De Minister van …"."""
        return f"De {self.title}"

    @property
    def department(self) -> str:
        """The ministry's name with the word for it."""
        return f"Ministerie van {self.ministry}"


EZK = Office("Minister van Economische Zaken en Klimaat", "Economische Zaken en Klimaat", "EZK")
EZK_STATE = Office("Staatssecretaris van Economische Zaken en Klimaat", "Economische Zaken en Klimaat", "EZK")
VWS = Office("Minister van Volksgezondheid, Welzijn en Sport", "Volksgezondheid, Welzijn en Sport", "VWS")
BZK = Office("Minister van Binnenlandse Zaken en Koninkrijksrelaties", "Binnenlandse Zaken en Koninkrijksrelaties", "BZK")
IENW = Office("Minister van Infrastructuur en Waterstaat", "Infrastructuur en Waterstaat", "IenW")
OCW = Office("Minister van Onderwijs, Cultuur en Wetenschap", "Onderwijs, Cultuur en Wetenschap", "OCW")
SZW = Office("Minister van Sociale Zaken en Werkgelegenheid", "Sociale Zaken en Werkgelegenheid", "SZW")
JENV = Office("Minister van Justitie en Veiligheid", "Justitie en Veiligheid", "JenV")
LNV = Office("Minister van Landbouw, Natuur en Voedselkwaliteit", "Landbouw, Natuur en Voedselkwaliteit", "LNV")
FIN = Office("Staatssecretaris van Financiën", "Financiën", "FIN")
