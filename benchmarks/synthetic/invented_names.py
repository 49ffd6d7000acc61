"""Names that nobody bears: words for "test", "sample" and "example" dressed as names."""

from __future__ import annotations

FAMILY_NAMES = {
    "Europe": (
        "Testova", "Probeson", "Mustermensch", "Ejemplez", "Essaiard", "Provinelli",
        "Voorbeeldsma", "Prøvesgaard", "Przykładowiak", "Näyteläinen", "Mintafalvi",
        "Exemplescu", "Dokimakis", "Örnekyapan", "Pavyzdauskas", "Zkouškovič",
    ),
    "Americas": (
        "Samplewood", "Testerfield", "Pruebanez", "Ensayoza", "Amostrinha", "Exemplarez",
        "Ficticiano", "Placeholder-Smythe", "Demovilla", "Fixtureau", "Muestrarios",
        "Modelinho", "O'Sample", "Plantillez",
    ),
    "Africa": (
        "Mfanowetu", "Jaribukwa", "Testumba", "Voorbeeldtjie", "Misaliwa", "Essaikouma",
        "Fictandala", "Probakwena", "Samplenko", "Exemploua", "Isibonelwa", "Demobanga",
    ),
    "Asia & South Pacific": (
        "Testamoto", "Mihonagawa", "Contohwan", "Udaharanam", "Halimbawan", "Sampleratne",
        "Probanbekov", "Yangbonsu", "Vidutran", "Namunabadi", "Tauirafoli", "Testerjee",
        "Shiyangli", "Demogunawan",
    ),
    "Middle East & North Africa": (
        "Testaoui", "Namoudhajian", "Ikhtibarli", "al-Fixturi", "Mithaloun", "Tajribawi",
        "Probahimi", "al-Sampli",
    ),
}  # fmt: skip
"""As many a region as `invented_people.REGION_SHARES` asks for, so that none repeats."""

FEMALE_FORENAMES = (
    "Exempla", "Testina", "Probina", "Fikta", "Anonyma", "Modelina", "Sampla", "Demonia",
    "Prøva", "Paradeigma", "Ensaya", "Nemesta",
)  # fmt: skip
MALE_FORENAMES = (
    "Ficto", "Testus", "Quidam", "Demo", "Typus", "Probor", "Samplo", "Vzorek", "Modelin",
    "Ensayo", "Próbás", "Beispielo",
)  # fmt: skip

CHARGES = (
    ("Counterfeiting of test stamps", "en", None),
    ("Fraud with invented vouchers", "en", None),
    ("Contrefaçon de timbres d'essai", "fr", "Counterfeiting of trial stamps"),
    ("Robo de un cuadro inexistente", "es", "Theft of a painting that does not exist"),
    ("Diebstahl von Mustergold", "de", "Theft of sample gold"),
    ("Armed robbery of a model bank", "en", None),
    ("Escroquerie en bande imaginaire", "fr", "Fraud as a member of an imaginary gang"),
    ("Tráfico de mercancías de muestra", "es", "Trafficking in sample goods"),
)
"""Charge, its language, and its translation where that is not English."""

TOWNS = (
    "Exampleton", "Sampleville", "Testhausen", "Villa Ejemplo", "Essai-sur-Rien", "Fiktograd",
    "Demo Bay", "Mfanoni", "Modelabad", "Port Fixture",
)  # fmt: skip

MARKS = (
    "Scar in the shape of a question mark on the left forearm",
    "Tattoo of the word SAMPLE on the right shoulder",
    "Birthmark behind the left ear",
    "Small scar over the right eyebrow",
    None,
    None,
)
