"""The words that data/fixtures/README.md holds."""

README = """\
# Fixtures: nobody's fingerprints

Everything here is invented. No finger, name, date, notice or reference belongs to a real person;
the prints were grown by `benchmarks/synthetic`, a generator of this project in the way of
SFinGe, and the countries are borrowed only so that regions and bureaus can be shown.

| file | holds |
|---|---|
| `people.csv` | one row a print: 64 persons in five regions, three fingers each |
| `prints/` | the prints: PNG, 8-bit grey in 32 levels, 500 ppi stated in `pHYs` |
| `notices.json` | notices of about half of the persons, and some about things |
| `probes/` | three pictures to search with, and `probes.json`, the truth about them |

`people.csv` is UTF-8. `nationalities` are ISO 3166 codes joined by `;`, dates are `YYYY/MM/DD`,
and an unknown body has neither name nor date. Namibia's code is the text `NA`: read it without
NA conversion. In `notices.json` a field that a notice lacks is left out.

In `probes.json`, `person` is null where nobody enrolled the finger.

Made again, pixel for pixel, by

    .venv/bin/python -m benchmarks.synthetic.fixtures

in about a minute. Results on these prints are results on synthetic prints; say so.
"""
