"""The easy-first plan, worked out without a database: typed input, typed result, the same for the same input."""

from prep.selectors.easy_first.bound import Bound, lower_bound
from prep.selectors.easy_first.checks import Obstacle, Relief, obstacles, overlaps, relief
from prep.selectors.easy_first.layout import Placed, lay_out
from prep.selectors.easy_first.load import Load, LoadRules, VillageFacts, load_of
from prep.selectors.easy_first.problem import Job, Problem, Squad
from prep.selectors.easy_first.solve import Solution, solve

__all__ = [
    "Bound",
    "Job",
    "Load",
    "LoadRules",
    "Obstacle",
    "Placed",
    "Problem",
    "Relief",
    "Solution",
    "Squad",
    "VillageFacts",
    "lay_out",
    "load_of",
    "lower_bound",
    "obstacles",
    "overlaps",
    "relief",
    "solve",
]
