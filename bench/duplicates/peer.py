"""The peer: Splink on DuckDB with name, birth-date, address, e-mail and phone comparisons as its guide recommends."""

import polars as pl

BLOCKS = (
    ("first", "last"),
    ("last", "dob"),
    ("first", "dob"),
    ("email",),
    ("phone",),
    ("last", "zip"),
    ("street", "zip"),
    ("ssn",),
)
THRESHOLD = 0.01


def splink_pairs(frame: pl.DataFrame) -> list[tuple[frozenset[str], float]]:
    """Scored pairs of ids. Imports stay here: the peer is optional."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    library = {
        "first": cl.JaroWinklerAtThresholds("first", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        "last": cl.JaroWinklerAtThresholds("last", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        "dob": cl.DateOfBirthComparison("dob", input_is_string=True),
        "email": cl.EmailComparison("email"),
        "phone": cl.LevenshteinAtThresholds("phone", 1),
        "street": cl.JaroWinklerAtThresholds("street", [0.92, 0.85]),
        "zip": cl.ExactMatch("zip"),
        "ssn": cl.LevenshteinAtThresholds("ssn", 1),
    }
    if "street_no" in frame.columns:
        frame = frame.with_columns(street=pl.concat_str("street_no", "street", separator=" ", ignore_nulls=True))
    known = [c for c in library if c in frame.columns]
    clean = frame.select("id", *(pl.col(c).str.to_lowercase().str.strip_chars() for c in known))
    rules = [block_on(*names) for names in BLOCKS if set(names) <= set(known)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[library[name] for name in known],
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI()
    linker = Linker(api.register(clean.to_arrow()), settings)
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for names in (("first", "last"), ("dob",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*names))
    found = linker.inference.predict(threshold_match_probability=THRESHOLD).as_pandas_dataframe()
    pairs = zip(found["id_l"], found["id_r"], found["match_probability"], strict=True)
    return [(frozenset((a, b)), float(score)) for a, b, score in pairs]
