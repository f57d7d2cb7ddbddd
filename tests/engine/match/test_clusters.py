"""Clusters: no chains of strangers, no dependence on order, verdicts obeyed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.engine.match.cluster import clusters


def group(pairs, apart=()):
    left, right, same = zip(*pairs, strict=True)
    return clusters(np.array(left), np.array(right), np.array(same), apart)


def test_three_records_of_one_person_become_one_cluster():
    assert group([(0, 1, 0.99), (1, 2, 0.98), (0, 2, 0.7)]) == {0: 0, 1: 0, 2: 0}


def test_one_weak_link_does_not_chain_two_groups():
    found = group([(0, 1, 0.999), (2, 3, 0.999), (1, 2, 0.55)])
    assert found[0] == found[1] != found[2] == found[3]


def test_records_a_steward_told_apart_are_never_together():
    found = group([(0, 1, 0.999), (1, 2, 0.99), (0, 2, 0.9)], apart=[(0, 2)])
    assert found.get(0) != found.get(2)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_clusters_do_not_depend_on_the_order_of_pairs(data):
    known = data.draw(
        st.dictionaries(st.tuples(st.integers(0, 8), st.integers(9, 16)), st.floats(0.01, 0.999), min_size=1)
    )
    pairs = [(a, b, round(p, 6)) for (a, b), p in known.items()]
    assert group(pairs) == group(data.draw(st.permutations(pairs)))
