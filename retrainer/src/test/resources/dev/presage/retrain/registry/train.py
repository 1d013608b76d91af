"""A data scientist's model for Presage: trained in Python, with its golden rows beside it.

pip install xgboost numpy pandas; python train.py
"""

import numpy as np
import pandas as pd
import xgboost as xgb

random = np.random.default_rng(7)
rows = 2_000
# Columns are named as the features are declared; their order does not matter, nor need all be there.
x = pd.DataFrame(
    {
        "days_since_last_order": np.where(
            random.random(rows) < 0.2, np.nan, random.exponential(30, rows)
        ),
        "orders_30d": random.poisson(1.5, rows).astype(float),
        "visits_7d": random.poisson(3, rows).astype(float),
        "revenue_30d": random.gamma(2, 40, rows).round(2),
    }
)
logit = 0.8 * x.orders_30d - 0.05 * x.days_since_last_order.fillna(90) + 0.2 * x.visits_7d - 1
y = (random.random(rows) < 1 / (1 + np.exp(-logit))).astype(float)

booster = xgb.train(
    {"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "seed": 1},
    xgb.DMatrix(x, y, feature_names=list(x.columns)),
    num_boost_round=20,
)
assert booster.feature_names, "without names its features would have to be all that are declared"
booster.save_model("model.ubj")

golden = x.head(40).copy()
matrix = xgb.DMatrix(golden, feature_names=list(golden.columns))
golden["margin"] = booster.predict(matrix, output_margin=True)
golden["prediction"] = booster.predict(matrix)
golden.to_csv("golden.csv", index=False)
