"""Drawn numbers keep to their paper."""

import re

from crm_app.ui.chart import path, sticks


def test_a_path_goes_from_edge_to_edge_with_the_highest_value_on_top():
    points = [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", path([3, 9, 6], 100, 20))]
    assert [x for x, _ in points] == [0, 50, 100]
    assert points[1][1] == 2
    assert points[0][1] == 18


def test_a_flat_or_single_or_missing_line_is_drawn_without_dividing_by_zero():
    assert path([5, 5, 5]).startswith("M0.0 ")
    assert path([5]).startswith("M0.0 ")
    assert path([]) == ""


def test_sticks_stand_on_the_ground_and_the_tallest_reaches_the_top():
    drawn = sticks([("2024", 10, "$10"), ("2025", 40, "$40")], 100, 50)
    assert [stick["y"] + stick["height"] for stick in drawn] == [50, 50]
    assert drawn[1]["height"] == 50
    assert drawn[0]["share"] * 4 == drawn[1]["share"]
    assert sticks([("", 0, "")])[0]["height"] == 0
    assert sticks([]) == []
