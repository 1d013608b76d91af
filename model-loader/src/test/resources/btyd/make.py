"""Writes bg-nbd.csv: P(alive) and the expected number of transactions, by mpmath to 40 digits.

    pip install mpmath==1.4.1 && python make.py

Straight from Fader, Hardie, Lee (2005), equations 10 and 11. Columns: r, alpha, a, b, x, recency,
age, horizon, alive, transactions.
"""

import pathlib
import random

from mpmath import hyp2f1, mp, mpf

mp.dps = 40
random.seed(1)


def alive(r, alpha, a, b, x, recency, age):
    if x == 0:
        return mpf(1)
    return 1 / (1 + a / (b + x - 1) * ((alpha + age) / (alpha + recency)) ** (r + x))


def transactions(r, alpha, a, b, x, recency, age, t):
    z = t / (alpha + age + t)
    series = hyp2f1(r + x, b + x, a + b + x - 1, z, maxterms=10**6)
    gone = ((alpha + age) / (alpha + age + t)) ** (r + x) * series
    return (a + b + x - 1) / (a - 1) * (1 - gone) * alive(r, alpha, a, b, x, recency, age)


with open(pathlib.Path(__file__).parent / "bg-nbd.csv", "w") as file:
    for i in range(300):
        r = random.choice([0.243, 0.01, 1.0, 5.0, 20.0, random.uniform(0.05, 20)])
        alpha = random.choice([4.414, 0.1, 50.0, random.uniform(0.1, 100)])
        a = random.choice([0.793, 0.02, 1.0000001, 2.5, 30.0, random.uniform(0.01, 5)])
        b = random.choice([2.426, 0.3, 1.7, 100.0, 10000.0, random.uniform(0.1, 10)])
        x = random.choice([0, 0, 1, 2, 7, 50, 1000])
        age = random.choice([0.0, 1.0, 38.86, 300.0])
        recency = 0.0 if x == 0 else age * random.choice([0.1, 0.5, 0.9, 1.0])
        t = alpha * random.choice([0.001, 1.0, 8.8, 100.0, 999.0])
        given = [r, alpha, a, b, float(x), recency, age, t]
        exact = [mpf(v) for v in given]
        results = [float(alive(*exact[:7])), float(transactions(*exact))]
        file.write(",".join(repr(v) for v in given + results) + "\n")
