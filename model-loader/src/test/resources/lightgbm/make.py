"""Writes the LightGBM models of this folder, and what Python's lightgbm predicts of each.

    pip install lightgbm==4.7.0 && python make.py

<name>.txt is the model as save_model wrote it, <name>.csv has a row for each vector: its features
(empty where missing), then the raw score and the prediction of each output.
"""

import pathlib

import lightgbm
import numpy

HERE = pathlib.Path(__file__).parent
NAMES = ["orders_90d", "country", "revenue_90d", "days_since_last_order"]


def vectors(random, rows):
    x = numpy.column_stack(
        [
            random.poisson(2, rows).astype(float),
            random.integers(0, 70, rows).astype(float),
            numpy.exp(random.normal(3, 2, rows)),
            random.uniform(0, 90, rows),
        ]
    )
    x[random.random(x.shape) < 0.1] = numpy.nan
    return x


def make(name, rounds=5, label=None, group=None, names=NAMES, categorical=None, **parameters):
    random = numpy.random.default_rng(len(name))
    x = vectors(random, 600)
    signal = numpy.nan_to_num(x[:, 0]) + (numpy.nan_to_num(x[:, 1]) % 7 > 3) + random.normal(0, 1, 600)
    y = label(signal) if label else signal
    data = lightgbm.Dataset(
        x, y, group=group, feature_name=names or "auto", categorical_feature=categorical or []
    )
    parameters = {
        "verbose": -1, "num_threads": 1, "deterministic": True, "num_leaves": 7, "seed": 1, **parameters
    }
    lightgbm.train(parameters, data, rounds).save_model(HERE / f"{name}.txt")
    model = lightgbm.Booster(model_file=HERE / f"{name}.txt")
    rows = vectors(random, 40)
    rows[:8, 1] = [-1, 0, 31, 32, 69, 70, 1e9, numpy.inf]
    rows[8:12, 0] = [0.0, 1e-36, -1e-36, -5.0]
    raw = model.predict(rows, raw_score=True).reshape(len(rows), -1)
    predicted = model.predict(rows).reshape(len(rows), -1)
    with open(HERE / f"{name}.csv", "w") as file:
        for row in numpy.column_stack([rows, raw, predicted]):
            file.write(",".join("" if numpy.isnan(v) else repr(float(v)) for v in row) + "\n")


def positive(signal):
    return (signal > 2.5).astype(float)


def classes(signal):
    return numpy.digitize(signal, [1.5, 3.0]).astype(float)


make("binary", objective="binary", label=positive)
make("categorical", objective="binary", sigmoid=0.8, label=positive, categorical=["country"],
     max_cat_to_onehot=1, min_data_per_group=5, cat_smooth=1)
make("multiclass", objective="multiclass", num_class=3, label=classes, categorical=["country"])
make("ova", objective="multiclassova", num_class=3, label=classes)
make("zero-as-missing", objective="poisson", label=lambda s: numpy.floor(numpy.exp(s / 2)), zero_as_missing=True)
make("no-missing", objective="tweedie", label=lambda s: numpy.exp(s / 2), use_missing=False)
make("forest", objective="binary", boosting="rf", bagging_freq=1, bagging_fraction=0.6, label=positive)
make("dart", objective="regression", boosting="dart", drop_rate=0.5)
make("one-leaf", objective="regression", min_data_in_leaf=1000)
make("without-names", objective="quantile", alpha=0.7, names=None)
make("ranking", objective="lambdarank", group=[20] * 30, label=classes)
make("linear-leaves", objective="regression", linear_tree=True)
