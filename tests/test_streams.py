"""Order and completeness, in one process and in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.streams import batched, paired_map


def double(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    return 2 * n


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_hold_everything_in_order(items: list[int], size: int) -> None:
    batches = list(batched(items, size))
    assert [i for b in batches for i in b] == items and all(0 < len(b) <= size for b in batches)


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_is_kept(jobs: int) -> None:
    assert list(paired_map(double, range(500), jobs=jobs, chunk=7)) == [(n, 2 * n) for n in range(500)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_function_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        list(paired_map(double, [1, -1], jobs=jobs))


def test_one_process_reads_no_further_than_asked() -> None:
    taken: list[int] = []
    results = paired_map(double, (taken.append(n) or n for n in range(1000)))
    next(results)
    assert taken == [0]
