"""Matches the persons of bench:match with Splink, as its documentation does: FILE, CLUSTERS (a CSV: id, cluster_id).

Prints the seconds from file to clusters, training included.
"""

import sys
import time

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

source, target = sys.argv[1:3]
started_at = time.perf_counter()
database = DuckDBAPI()
database.duckdb_con.execute(
    "CREATE TABLE persons AS SELECT * REPLACE ("
    + ", ".join(
        f"nullif({name}, '') AS {name}"
        for name in ["first_name", "last_name", "date_of_birth", "email", "phone", "street", "postcode", "city"]
    )
    + ") FROM read_csv(?, all_varchar = true)",
    [source],
)
blocking = [
    block_on("email"),
    block_on("phone"),
    block_on("first_name", "last_name"),
    block_on("last_name", "postcode"),
    block_on("date_of_birth", "substr(last_name, 1, 2)"),
    block_on("date_of_birth", "postcode"),
]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="id",
    comparisons=[
        cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True),
        cl.EmailComparison("email"),
        cl.LevenshteinAtThresholds("phone", [1, 2]),
        cl.JaroWinklerAtThresholds("street", [0.9, 0.8]),
        cl.LevenshteinAtThresholds("postcode", [1]),
        cl.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=blocking,
)
linker = Linker(database.register("persons"), settings, log_level=40)
linker.training.estimate_probability_two_random_records_match(
    [block_on("email"), block_on("first_name", "last_name", "date_of_birth")], recall=0.7
)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "last_name"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
pairs = linker.inference.predict(threshold_match_probability=0.5)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
    pairs, threshold_match_probability=0.95
)
database.duckdb_con.execute(
    f"COPY (SELECT id, cluster_id FROM {clusters.physical_name}) TO '{target}' (FORMAT csv, HEADER)"
)
print(f"{time.perf_counter() - started_at:.1f}")
