package dev.presage.retrain.registry;

import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.OutcomeQuality;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a trait's model. Each version was judged on held-out rows of
 * its own, so that {@code figures} of both differ by their rows, too; where one was live when the
 * other was trained, {@code sameRows} has both on the rows of the later one.
 *
 * @param trait what both predict
 * @param from the one version
 * @param to the other
 * @param stage what each is used for, and who let it
 * @param lineage where each comes from
 * @param figures on the held-out rows of each
 * @param sameRows on the same held-out rows; empty unless one was live when the other was trained
 * @param inService while each served
 * @param parameters of the training, those that differ
 * @param features what each is to the models, the most important of {@code to} first
 * @param calibration what makes probabilities of each one's output
 */
public record ModelDiff(
    String trait,
    String from,
    String to,
    List<Change> stage,
    List<Change> lineage,
    List<FigureChange> figures,
    List<FigureChange> sameRows,
    List<FigureChange> inService,
    List<Change> parameters,
    List<FeatureChange> features,
    List<Change> calibration) {
  private static final String INCUMBENT = "incumbent.";
  private static final String LOW = ".low";
  private static final String HIGH = ".high";

  public ModelDiff {
    stage = List.copyOf(stage);
    lineage = List.copyOf(lineage);
    figures = List.copyOf(figures);
    sameRows = List.copyOf(sameRows);
    inService = List.copyOf(inService);
    parameters = List.copyOf(parameters);
    features = List.copyOf(features);
    calibration = List.copyOf(calibration);
  }

  /** A text of both; null where one has none. */
  public record Change(String name, @Nullable String from, @Nullable String to) {
    /** Whether it differs. */
    public boolean isChanged() {
      return !Objects.equals(from, to);
    }
  }

  /** A figure, and where it lies with a confidence of 95%; null where that is not known. */
  public record Figure(double value, @Nullable Double low, @Nullable Double high) {}

  /**
   * A figure of both.
   *
   * @param of whose: empty for the model's on all rows, else {@code baseline}, {@code calendar},
   *     {@code population.never}, …
   * @param name of the figure
   * @param from null where it has none
   * @param to null where it has none
   * @param difference of {@code to} over {@code from}; null unless both have it
   */
  public record FigureChange(
      String of,
      String name,
      @Nullable Figure from,
      @Nullable Figure to,
      @Nullable Double difference) {
    static FigureChange between(String name, @Nullable Figure from, @Nullable Figure to) {
      int end = name.lastIndexOf('.');
      return new FigureChange(
          end < 0 ? "" : name.substring(0, end),
          name.substring(end + 1),
          from,
          to,
          from == null || to == null ? null : to.value() - from.value());
    }
  }

  /**
   * What a feature is to a model.
   *
   * @param rank from 1, the most important
   * @param contribution mean of the absolute values of its contributions to the margins
   */
  public record FeatureUse(int rank, double contribution) {}

  /**
   * A feature of both.
   *
   * @param from null where the version does not use it
   * @param to null where the version does not use it
   * @param droppedFrom why the training of {@code from} dropped it; null where it did not
   * @param droppedTo why the training of {@code to} dropped it; null where it did not
   */
  public record FeatureChange(
      String feature,
      @Nullable FeatureUse from,
      @Nullable FeatureUse to,
      @Nullable String droppedFrom,
      @Nullable String droppedTo) {
    /** What became of it, in a word or two. */
    public String change() {
      if (from == null) {
        return to == null ? "used by neither" : "new";
      }
      if (to == null) {
        return "gone";
      }
      int ranks = from.rank() - to.rank();
      return ranks == 0
          ? "as before"
          : "%s by %d".formatted(ranks > 0 ? "up" : "down", Math.abs(ranks));
    }
  }

  /**
   * Compares two versions.
   *
   * @throws IllegalArgumentException where they are of two traits
   */
  public static ModelDiff of(Dossier from, Dossier to) {
    RegisteredModel a = from.model();
    RegisteredModel b = to.model();
    if (!a.trait().equals(b.trait())) {
      throw new IllegalArgumentException(
          "Versions of one trait are compared, here are %s and %s".formatted(a.trait(), b.trait()));
    }
    return new ModelDiff(
        a.trait(),
        a.version(),
        b.version(),
        changes(stage(from), stage(to)),
        changes(lineage(a), lineage(b)),
        figures(ofVersion(a.metrics()), ofVersion(b.metrics())),
        sameRows(a, b),
        figures(inService(from), inService(to)),
        changes(a.parameters(), b.parameters()).stream().filter(Change::isChanged).toList(),
        features(a, b),
        changes(calibration(a), calibration(b)));
  }

  private static Map<String, String> stage(Dossier dossier) {
    RegisteredModel model = dossier.model();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("stage", model.stage().name());
    if (model.stage() == ModelStage.CANARY) {
      texts.put("canary share", Double.toString(model.canaryShare()));
    }
    texts.put("scores", dossier.scores() ? "yes" : "no");
    put(texts, "approved by", model.approvedBy());
    return texts;
  }

  private static Map<String, String> lineage(RegisteredModel model) {
    Lineage lineage = model.lineage();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("kind", model.kind().name());
    texts.put("created", lineage.getCreatedAt().toString());
    texts.put("trained from", lineage.getTrainedFrom().toString());
    texts.put("trained until", lineage.getTrainedUntil().toString());
    texts.put("training rows", Long.toString(lineage.getRows()));
    texts.put("positive", Long.toString(lineage.getPositives()));
    put(texts, "eligibility", model.eligibility());
    texts.put("code version", lineage.getCodeVersion());
    put(texts, "in place of", lineage.getParent());
    texts.put("feature schema", model.fingerprint());
    texts.put("checksum", model.checksum());
    texts.put("bytes", Integer.toString(model.payloadBytes()));
    texts.put("golden rows", Integer.toString(model.goldenRows()));
    return texts;
  }

  private static Map<String, String> calibration(RegisteredModel model) {
    Calibration calibration = model.calibration();
    Map<String, String> texts = new LinkedHashMap<>();
    if (calibration == null) {
      texts.put("method", "none");
      return texts;
    }
    texts.put("method", calibration.getMethod().name());
    texts.put("of", calibration.getInput().name());
    switch (calibration.getMethod()) {
      case PLATT -> {
        texts.put("intercept", Double.toString(calibration.getIntercept()));
        texts.put("slope", Double.toString(calibration.getSlope()));
      }
      case ISOTONIC -> {
        texts.put("knots", Integer.toString(calibration.getX().size()));
        texts.put(
            "range",
            calibration.getY().isEmpty()
                ? "none"
                : calibration.getY().getFirst() + " to " + calibration.getY().getLast());
      }
      case UNKNOWN -> {
        // A method that this version of the code does not know has nothing that can be shown.
      }
    }
    return texts;
  }

  private static void put(Map<String, String> texts, String name, @Nullable String text) {
    if (text != null) {
      texts.put(name, text);
    }
  }

  private static List<Change> changes(Map<String, String> from, Map<String, String> to) {
    return Stream.concat(from.keySet().stream(), to.keySet().stream())
        .distinct()
        .map(it -> new Change(it, from.get(it), to.get(it)))
        .toList();
  }

  /** Without those of the model that was live, which is another version. */
  private static Map<String, Double> ofVersion(Map<String, Double> metrics) {
    Map<String, Double> own = new TreeMap<>(metrics);
    own.keySet().removeIf(it -> it.startsWith(INCUMBENT));
    return own;
  }

  private static List<FigureChange> sameRows(RegisteredModel from, RegisteredModel to) {
    if (from.version().equals(to.lineage().getParent())) {
      return figures(incumbent(to.metrics()), plain(to.metrics()));
    }
    if (to.version().equals(from.lineage().getParent())) {
      return figures(plain(from.metrics()), incumbent(from.metrics()));
    }
    return List.of();
  }

  private static Map<String, Double> incumbent(Map<String, Double> metrics) {
    Map<String, Double> figures = new TreeMap<>();
    metrics.forEach(
        (name, value) -> {
          if (name.startsWith(INCUMBENT)) {
            figures.put(name.substring(INCUMBENT.length()), value);
          }
        });
    return figures;
  }

  /** Of the model on all rows, where there are such of the other, too. */
  private static Map<String, Double> plain(Map<String, Double> metrics) {
    Map<String, Double> other = incumbent(metrics);
    Map<String, Double> figures = new TreeMap<>(metrics);
    figures.keySet().removeIf(it -> !other.containsKey(withoutEnd(it)));
    return figures;
  }

  /** The name of the figure of which this is an end of the interval, or the figure itself. */
  private static String withoutEnd(String name) {
    return name.endsWith(LOW) || name.endsWith(HIGH)
        ? name.substring(0, name.lastIndexOf('.'))
        : name;
  }

  private static List<FigureChange> figures(Map<String, Double> from, Map<String, Double> to) {
    TreeSet<String> names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    names.removeIf(it -> it.endsWith(LOW) || it.endsWith(HIGH));
    return names.stream()
        .map(it -> FigureChange.between(it, figure(from, it), figure(to, it)))
        .sorted(
            Comparator.comparing(FigureChange::of)
                .thenComparing(FigureChange::name, FigureOrder.OF_NAMES))
        .toList();
  }

  private static @Nullable Figure figure(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    return value == null
        ? null
        : new Figure(value, metrics.get(name + LOW), metrics.get(name + HIGH));
  }

  private static Map<String, Double> inService(Dossier dossier) {
    Map<String, Double> figures = new TreeMap<>();
    Optional<ServiceQuality> quality = dossier.quality();
    if (quality.isPresent()) {
      put(figures, "", quality.get().figures().getOverall());
      put(figures, "atEvents.", quality.get().figures().getAtEvents());
      if (quality.get().figures().getStability() != null) {
        figures.put("scoreStability", quality.get().figures().getStability().getScores());
      }
    }
    return figures;
  }

  private static void put(Map<String, Double> figures, String prefix, OutcomeQuality quality) {
    figures.put(prefix + "rows", (double) quality.getLabelled());
    putIfDefined(figures, prefix + "meanScore", quality.getMeanScore());
    putIfDefined(figures, prefix + "meanLabel", quality.getMeanLabel());
    putIfDefined(figures, prefix + "auc", quality.getAuc());
    putIfDefined(figures, prefix + "logLoss", quality.getLogLoss());
    putIfDefined(figures, prefix + "mae", quality.getMeanAbsoluteError());
    putIfDefined(figures, prefix + "rmse", quality.getRootMeanSquaredError());
  }

  private static void putIfDefined(
      Map<String, Double> figures, String name, @Nullable Double value) {
    if (value != null) {
      figures.put(name, value);
    }
  }

  private static List<FeatureChange> features(RegisteredModel from, RegisteredModel to) {
    Map<String, FeatureUse> before = uses(from);
    Map<String, FeatureUse> after = uses(to);
    Map<String, String> droppedBefore = from.droppedFeatures();
    Map<String, String> droppedAfter = to.droppedFeatures();
    return Stream.of(after.keySet(), before.keySet(), droppedAfter.keySet(), droppedBefore.keySet())
        .flatMap(names -> names.stream())
        .distinct()
        .map(
            it ->
                new FeatureChange(
                    it, before.get(it), after.get(it), droppedBefore.get(it), droppedAfter.get(it)))
        .filter(
            it ->
                it.from() != null
                    || it.to() != null
                    || !Objects.equals(it.droppedFrom(), it.droppedTo()))
        .toList();
  }

  /** By feature, the most important first. */
  private static Map<String, FeatureUse> uses(RegisteredModel model) {
    Map<String, FeatureUse> uses = new LinkedHashMap<>();
    for (FeatureImportance it : model.importance()) {
      uses.put(it.getFeature(), new FeatureUse(uses.size() + 1, it.getMeanAbsoluteContribution()));
    }
    return uses;
  }
}
