"""Writes small models with this environment's xgboost, and what it predicts of them.

Run once for each version that is to be covered, each in an environment of its own:

    pip install "numpy<2" scipy scikit-learn xgboost==1.7.6   # then 2.1.4, 3.1.1
    python make_fixtures.py model-loader/src/test/resources/xgboost

The rows that all models score are rows.csv, a column for each feature; nothing is a missing value.
A case is <version>-<name>.json and .ubj (one of the two for most) and <version>-<name>.csv: one
line for each row, margins (m0..), then predictions (p0..). Numbers are the shortest decimals that
are the same floats.
"""

import sys

import numpy as np
import xgboost as xgb

FOLDER = sys.argv[1]
VERSION = xgb.__version__
ROWS = 40


def data(rows, seed):
    """Continuous, counts, large, category of few, category of many, constant; some are missing."""
    random = np.random.RandomState(seed)
    columns = np.column_stack(
        [
            random.normal(size=rows),
            random.poisson(2, size=rows),
            np.exp(8 * random.uniform(size=rows)) * 1e4,
            random.randint(0, 3, size=rows),
            random.randint(0, 20, size=rows),
            np.full(rows, 42.0),
        ]
    ).astype(np.float32)
    signal = columns[:, 0] + 0.3 * columns[:, 1] + (columns[:, 4] % 3 - 1) + (columns[:, 3] == 1)
    signal = signal + 0.3 * random.normal(size=rows)
    columns[random.uniform(size=columns.shape) < 0.08] = np.nan
    return columns, signal.astype(np.float32)


TRAINING, SIGNAL = data(400, 1)
SCORED, _ = data(ROWS, 2)
SCORED[0, 4] = 33  # a category that was not there in training
SCORED[1, :] = np.nan
BINARY = (SIGNAL > 0.5).astype(np.float32)
CLASSES = np.clip(np.floor(SIGNAL), 0, 2).astype(np.float32)
POSITIVE = np.exp(SIGNAL / 3).astype(np.float32)
CATEGORICAL = ["q", "q", "q", "c", "c", "q"]


def matrix(x, label=None, categorical=False, names=None, **info):
    types = CATEGORICAL if categorical else None
    made = xgb.DMatrix(
        x, label=label, feature_types=types, feature_names=names, enable_categorical=categorical
    )
    if info:
        made.set_info(**info)
    return made


def train(parameters, label, rounds=4, categorical=False, names=None, **info):
    parameters = {"max_depth": 2, "seed": 7, "nthread": 1, **parameters}
    return xgb.train(parameters, matrix(TRAINING, label, categorical, names, **info), rounds)


def save_table(name, columns):
    """Columns by prefix of their names."""
    header = [f"{prefix}{i}" for prefix, values in columns.items() for i in range(values.shape[1])]
    with open(f"{FOLDER}/{name}.csv", "w", encoding="utf-8") as file:
        file.write(",".join(header) + "\n")
        for row in np.hstack(list(columns.values())):
            file.write(",".join(number(value) for value in row) + "\n")


def number(value):
    return "" if np.isnan(value) else np.format_float_scientific(value, unique=True, trim="-")


def table(values):
    return values.reshape(ROWS, -1).astype(np.float32)


def write(name, booster, formats, margins, predictions):
    for extension in formats:
        booster.save_model(f"{FOLDER}/{VERSION}-{name}.{extension}")
    save_table(f"{VERSION}-{name}", {"m": table(margins), "p": table(predictions)})


def case(name, booster, formats=("ubj",), categorical=False, names=None):
    scored = matrix(SCORED, None, categorical, names)
    margins = booster.predict(scored, output_margin=True)
    write(name, booster, formats, margins, booster.predict(scored))


def early_stopped(parameters):
    """By the scikit-learn interface, which predicts with the rounds up to the best one."""
    half = len(TRAINING) // 2
    model = xgb.XGBClassifier(
        n_estimators=40,
        max_depth=3,
        learning_rate=0.9,
        n_jobs=1,
        random_state=7,
        early_stopping_rounds=3,
        eval_metric="logloss",
        **parameters,
    )
    model.fit(
        TRAINING[:half],
        BINARY[:half],
        eval_set=[(TRAINING[half:], BINARY[half:])],
        verbose=False,
    )
    assert model.best_iteration + 1 < model.get_booster().num_boosted_rounds()
    return model


def main():
    save_table("rows", {"f": SCORED})
    names = [f"feature_{i}" for i in range(SCORED.shape[1])]
    logistic = {"objective": "binary:logistic"}
    case("binary", train(logistic, BINARY, names=names), ("json", "ubj"), names=names)
    case("regression", train({"objective": "reg:squarederror", "num_parallel_tree": 2}, SIGNAL))
    classes = {"objective": "multi:softprob", "num_class": 3}
    case("softprob", train(classes, CLASSES), ("json",))
    case("softmax", train({**classes, "objective": "multi:softmax"}, CLASSES))
    for sort, most in (("onehot", 100), ("partition", 1)):
        parameters = {**logistic, "tree_method": "hist", "max_cat_to_onehot": most}
        case(
            "categorical-" + sort,
            train(parameters, BINARY, categorical=True),
            ("json", "ubj"),
            categorical=True,
        )
    dart = {**logistic, "booster": "dart", "rate_drop": 0.4, "one_drop": 1}
    case("dart", train(dart, BINARY, 6), ("json", "ubj"))
    case("dart-softprob", train({**dart, **classes}, CLASSES))
    linear = {"booster": "gblinear", "updater": "coord_descent"}
    case("linear", train({**logistic, **linear}, BINARY), ("json", "ubj"))
    case("linear-softprob", train({**linear, **classes}, CLASSES))
    for objective in ("count:poisson", "reg:gamma", "reg:tweedie"):
        case(objective.split(":")[1], train({"objective": objective}, POSITIVE))
    case("cox", train({"objective": "survival:cox"}, POSITIVE * np.where(BINARY == 1, 1, -1)))
    bounds = {"label_lower_bound": POSITIVE, "label_upper_bound": POSITIVE * 2}
    case("aft", train({"objective": "survival:aft"}, None, **bounds))
    case("ndcg", train({"objective": "rank:ndcg"}, BINARY, group=[200, 200]))
    stopped = early_stopped({})
    margins = stopped.predict(SCORED, output_margin=True)
    write(
        "early-stopped", stopped.get_booster(), ("ubj",), margins, stopped.predict_proba(SCORED)[:, 1]
    )


main()
