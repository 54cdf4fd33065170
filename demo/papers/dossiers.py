"""The dossiers in which the papers of the story stand: number and title."""

BEDRIJFSLEVEN = ("32637", "Bedrijfslevenbeleid")
INNOVATIE = ("33009", "Innovatiebeleid")
INDUSTRIE = ("29826", "Industriebeleid")
HOGER_ONDERWIJS = ("31288", "Hoger Onderwijs-, Onderzoek- en Wetenschapsbeleid")
BEGROTING_EZK = (
    "35925-XIII",
    "Vaststelling van de begrotingsstaten van het Ministerie van Economische Zaken en Klimaat voor het jaar 2022",
)
BEGROTING_VWS = (
    "35925-XVI",
    "Vaststelling van de begrotingsstaten van het Ministerie van Volksgezondheid, Welzijn en Sport voor het jaar 2022",
)
ICT_ZORG = ("27529", "Informatie- en Communicatietechnologie (ICT) in de Zorg")
WONEN = ("32847", "Integrale visie op de woningmarkt")
CORPORATIES = ("29453", "Woningcorporaties")
VERKEERSVEILIGHEID = ("29398", "Maatregelen verkeersveiligheid")
SPOOR = ("29984", "Spoor: vervoer- en beheerplan")
OUDERENZORG = ("29389", "Vergrijzing en het integrale ouderenbeleid")
ZORGSTELSEL = ("29689", "Herziening Zorgstelsel")
KLIMAAT = ("32813", "Kabinetsaanpak Klimaatbeleid")
LEZEN = ("31293", "Primair Onderwijs")
ARBEIDSMARKT = ("29544", "Arbeidsmarktbeleid")
RUIMTEVAART = ("24446", "Ruimtevaartbeleid")
WATER = ("27625", "Waterbeleid")
