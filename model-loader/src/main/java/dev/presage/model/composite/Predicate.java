package dev.presage.model.composite;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.Vectors;
import java.util.List;

/** Comparisons of features with constants, all of which must hold. */
final class Predicate {
  private static final int MOST_COMPARISONS = 64;

  private final int features;
  private final int[] feature;
  private final Comparison[] comparison;
  private final double[] bound;

  /** Of each comparison whether it holds of a missing value. */
  private final boolean[] missing;

  private Predicate(int features, int count) {
    this.features = features;
    this.feature = new int[count];
    this.comparison = new Comparison[count];
    this.bound = new double[count];
    this.missing = new boolean[count];
  }

  static Predicate read(Fields model, String name)
      throws UnreadableDocumentException, ModelRefusedException {
    List<Fields> comparisons = model.objects(name, MOST_COMPARISONS);
    Predicate predicate = new Predicate(model.features().size(), comparisons.size());
    for (int i = 0; i < comparisons.size(); i++) {
      Fields fields = comparisons.get(i).allow("feature", "is", "value", "missing");
      predicate.feature[i] = fields.feature("feature");
      predicate.comparison[i] = fields.choice("is", Comparison.class);
      predicate.bound[i] = fields.number("value");
      predicate.missing[i] = fields.flag("missing", false);
    }
    return predicate;
  }

  boolean holds(double[] vector) {
    Vectors.ofLength(features, vector);
    for (int i = 0; i < feature.length; i++) {
      double value = vector[feature[i]];
      if (!(Double.isNaN(value) ? missing[i] : comparison[i].holds(value, bound[i]))) {
        return false;
      }
    }
    return true;
  }

  private enum Comparison {
    LESS {
      @Override
      boolean holds(double value, double bound) {
        return value < bound;
      }
    },
    AT_MOST {
      @Override
      boolean holds(double value, double bound) {
        return value <= bound;
      }
    },
    EQUAL {
      @Override
      boolean holds(double value, double bound) {
        return value == bound;
      }
    },
    NOT_EQUAL {
      @Override
      boolean holds(double value, double bound) {
        return value != bound;
      }
    },
    AT_LEAST {
      @Override
      boolean holds(double value, double bound) {
        return value >= bound;
      }
    },
    GREATER {
      @Override
      boolean holds(double value, double bound) {
        return value > bound;
      }
    };

    abstract boolean holds(double value, double bound);
  }
}
