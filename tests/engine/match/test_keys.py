"""Blocking: rules find what they name, giant blocks stay small, database keys are the frame's keys."""

import polars as pl

from crm_app.engine.match import keys, records

PEOPLE = [
    {"id": 1, "first": "Ana", "last": "Lopez", "email": "ana.l9@example.org", "phone": "312 555 7496", "zip": "60601"},
    {"id": 2, "first": "Ann", "last": "Miller", "email": "x@example.org", "phone": "5557496", "zip": "90210"},
    {"id": 3, "first": "Lopez", "last": "Ana", "email": None, "phone": None, "zip": "60601"},
    {"id": 4, "first": "Zed", "last": "Quist", "email": None, "phone": None, "zip": "10001"},
]


def pairs(frame):
    return {tuple(pair) for pair in keys.candidates(records.many(frame)).tolist()}


def test_a_shared_phone_and_swapped_names_make_candidates():
    found = pairs(pl.DataFrame(PEOPLE))
    assert {(0, 1), (0, 2)} <= found
    assert not any(3 in pair for pair in found)


def test_a_giant_block_makes_no_more_than_rows_times_window_pairs():
    frame = pl.DataFrame(
        {"first": [f"p{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)], "phone": ["3125557496"] * 500}
    )
    rule = tuple(rule for rule in keys.PERSON_RULES if rule.name == "phone")
    assert len(keys.candidates(records.many(frame), rules=rule)) <= 500 * keys.WINDOW


def test_keys_of_one_record_are_those_of_the_frame():
    frame = pl.DataFrame(PEOPLE)
    made = keys.of_frame(records.many(frame))
    for row, person in enumerate(PEOPLE):
        assert set(made.filter(pl.col("row") == row)["key"]) == set(keys.of_one(records.one(person)))


def test_keys_are_the_same_for_ever():
    assert keys.hash_word("smith") == 0x38A8B572B9CBAF10
    assert keys.hash_words(pl.Series(["smith", None, "łódź"])).tolist() == [
        0x38A8B572B9CBAF10,
        0,
        keys.hash_word("łódź"),
    ]


def test_pairs_do_not_depend_on_the_order_of_rows():
    frame = pl.DataFrame(PEOPLE)
    turned = frame.reverse()
    size = frame.height - 1
    assert pairs(frame) == {(min(size - a, size - b), max(size - a, size - b)) for a, b in pairs(turned)}
