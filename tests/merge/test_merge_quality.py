"""B-cubed floor of merging from gold codes, over the development reports where they are at hand."""

import json
from pathlib import Path
from statistics import fmean

import pytest

from seamwatch.merge import cluster, items_from_lines

REPORTS = Path(__file__).parents[2] / "../shared/reports"
FLOOR = 0.97


def b_cubed_f1(gold: list[list[str]], made: list[tuple[str, ...]]) -> float:
    of_gold = {key: set(group) for group in gold for key in group}
    of_made = {key: set(group) for group in made for key in group}
    common = {key: of_made[key] & of_gold.get(key, {key}) for key in of_made}
    precision = fmean(len(common[key]) / len(of_made[key]) for key in of_made)
    recall = fmean(len(common[key]) / len(of_gold.get(key, {key})) for key in of_made)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.shared
@pytest.mark.skipif(not REPORTS.exists(), reason="needs ../shared/reports")
@pytest.mark.parametrize("name", ["dev", "real"])
def test_clusters_from_gold_codes(name):
    items, errors = items_from_lines((REPORTS / f"{name}_reports.jsonl").read_text("utf-8").splitlines())
    gold = json.loads((REPORTS / f"{name}_clusters.json").read_text("utf-8"))
    assert not errors and b_cubed_f1(gold, list(cluster(items))) >= FLOOR
