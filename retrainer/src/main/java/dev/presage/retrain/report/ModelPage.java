package dev.presage.retrain.report;

import dev.presage.retrain.registry.Challenge;
import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.FigureOrder;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.registry.ServiceQuality;
import dev.presage.retrain.report.ModelsPage.Cell;
import dev.presage.retrain.report.ModelsPage.Fact;
import dev.presage.retrain.report.ModelsPage.Section;
import dev.presage.retrain.report.ModelsPage.Table;
import dev.presage.retrain.report.Page.Meter;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.OutcomeQuality;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All about a version. */
final class ModelPage {
  private static final String HIGH = ".high";
  private static final String LOW = ".low";
  private static final int MOST_FEATURES = 20;

  private ModelPage() {}

  static ModelsPage of(Dossier dossier, List<Dossier> ofTrait) {
    RegisteredModel model = dossier.model();
    List<Section> sections = new ArrayList<>();
    sections.add(heldOut(model));
    sections.add(inService(dossier));
    sections.add(instances(dossier));
    if (!model.importance().isEmpty()) {
      sections.add(importance(model));
    }
    sections.add(made(model));
    return new ModelsPage(
        "%s, version %s".formatted(model.trait(), model.version()),
        dossier.scores() ? "It scores its trait." : "It does not score its trait.",
        links(dossier, ofTrait),
        facts(dossier),
        sections);
  }

  private static List<Cell> links(Dossier dossier, List<Dossier> ofTrait) {
    RegisteredModel model = dossier.model();
    String trait = model.trait();
    List<Cell> links = new ArrayList<>();
    links.add(new Cell("All models", "/v1/models"));
    links.add(new Cell("Versions of " + trait, ModelsPage.traitPath(trait)));
    dossier
        .run()
        .ifPresent(
            it -> links.add(new Cell("Report of the run it came of", ModelsPage.reportPath(it))));
    SequencedSet<String> others = new LinkedHashSet<>();
    String parent = model.lineage().getParent();
    if (parent != null && ofTrait.stream().anyMatch(it -> it.model().version().equals(parent))) {
      others.add(parent);
    }
    ofTrait.stream().filter(Dossier::scores).forEach(it -> others.add(it.model().version()));
    others.remove(model.version());
    for (String other : others) {
      links.add(
          new Cell(
              "What differs from " + other, ModelsPage.diffPath(trait, other, model.version())));
    }
    return links;
  }

  private static List<Fact> facts(Dossier dossier) {
    RegisteredModel model = dossier.model();
    Lineage lineage = model.lineage();
    List<Fact> facts = new ArrayList<>();
    fact(facts, "Stage", ModelListPage.stage(model));
    fact(facts, "Approved by", ModelListPage.approvedBy(model));
    fact(facts, "Created", lineage.getCreatedAt().toString());
    if (lineage.getRows() > 0) {
      fact(
          facts,
          "Trained on",
          "%s rows, %s positive, from %s until %s"
              .formatted(
                  Numbers.grouped(lineage.getRows()),
                  Numbers.grouped(lineage.getPositives()),
                  lineage.getTrainedFrom(),
                  lineage.getTrainedUntil()));
    }
    if (model.eligibility() != null) {
      fact(facts, "Trained on those with", model.eligibility());
    }
    String parent = lineage.getParent();
    if (parent != null) {
      facts.add(new Fact("In place of", new Cell(parent, ModelsPage.path(model.trait(), parent))));
    }
    fact(
        facts,
        "Kind",
        "%s, %s bytes".formatted(model.kind(), Numbers.grouped(model.payloadBytes())));
    fact(facts, "Checksum", model.checksum());
    fact(facts, "Feature schema", model.fingerprint());
    fact(facts, "Golden rows", Numbers.grouped(model.goldenRows()));
    fact(
        facts,
        "Code",
        lineage.getCodeVersion().isEmpty() ? Numbers.NONE : lineage.getCodeVersion());
    return facts;
  }

  private static void fact(List<Fact> facts, String name, String text) {
    facts.add(new Fact(name, Cell.of(text)));
  }

  /** A column for whatever the figures are of, a row for each figure. */
  private static Section heldOut(RegisteredModel model) {
    SortedSet<String> columns = new TreeSet<>();
    SortedSet<String> keys = new TreeSet<>(FigureOrder.OF_NAMES);
    for (String name : model.metrics().keySet()) {
      if (!name.endsWith(LOW) && !name.endsWith(HIGH)) {
        int end = name.lastIndexOf('.');
        columns.add(end < 0 ? "" : name.substring(0, end));
        keys.add(name.substring(end + 1));
      }
    }
    List<String> head = new ArrayList<>(List.of("figure"));
    columns.forEach(it -> head.add(it.isEmpty() ? "model" : it));
    List<List<Cell>> rows = new ArrayList<>();
    for (String key : keys) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(FigureNames.of(key))));
      for (String column : columns) {
        row.add(Cell.of(Numbers.of(model.metrics(), column.isEmpty() ? key : column + "." + key)));
      }
      rows.add(row);
    }
    return new Section(
        "What it was worth before it served",
        rows.isEmpty()
            ? "Nothing is known: it was trained elsewhere."
            : "On rows that lie after everything that it was trained on, with the interval of 95%; of the model, of what it is compared with on the same rows, and of the model for some of the rows.",
        List.of(),
        rows.isEmpty() ? List.of() : List.of(new Table("Figures on held-out rows", head, rows)),
        null);
  }

  private static Section inService(Dossier dossier) {
    List<Table> tables = new ArrayList<>();
    Optional<ServiceQuality> quality = dossier.quality();
    quality.ifPresent(
        it ->
            tables.add(
                new Table(
                    "Scores beside what happened",
                    List.of(
                        "scores",
                        "labelled",
                        "foretold, on average",
                        "happened, on average",
                        "ROC AUC",
                        "log loss",
                        "mean absolute error"),
                    List.of(
                        outcomes("all", it.figures().getOverall()),
                        outcomes("at events", it.figures().getAtEvents())))));
    if (!dossier.challenges().isEmpty()) {
      tables.add(
          new Table(
              "Beside the live model, on the same vectors",
              List.of(
                  "instance",
                  "live model",
                  "vectors",
                  "mean difference",
                  "rank correlation",
                  "changed bands"),
              dossier.challenges().stream().map(ModelPage::challenge).toList()));
    }
    String text =
        quality
            .map(
                it ->
                    "By %s training examples up to %s, as measured at %s."
                        .formatted(
                            Numbers.grouped(it.figures().getExamples()),
                            it.figures().getNewestAsOf(),
                            it.measuredAt()))
            .orElse("No instance has measured its scores against what happened yet.");
    return new Section(
        "What it is worth in service", text + moved(dossier), drift(dossier), tables, null);
  }

  private static String moved(Dossier dossier) {
    Double stability = ModelListPage.stability(dossier);
    return stability == null
        ? ""
        : String.format(
            Locale.ROOT,
            " Scores have moved by an index of %.4f since training, features as follows; from 0.10 on something has moved, from 0.25 on far.",
            stability);
  }

  private static List<Meter> drift(Dossier dossier) {
    Map<String, Double> features =
        dossier
            .quality()
            .flatMap(it -> Optional.ofNullable(it.figures().getStability()))
            .map(it -> it.getFeatures())
            .orElse(Map.of());
    double most = features.values().stream().mapToDouble(it -> it).max().orElse(0);
    return features.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(MOST_FEATURES)
        .map(it -> meter(it.getKey(), it.getValue(), Math.max(most, Page.LARGE_DRIFT)))
        .toList();
  }

  private static List<Cell> outcomes(String what, OutcomeQuality quality) {
    return List.of(
        Cell.of(what),
        Cell.of(Numbers.grouped(quality.getLabelled())),
        Cell.of(Numbers.of(quality.getMeanScore())),
        Cell.of(Numbers.of(quality.getMeanLabel())),
        Cell.of(Numbers.of(quality.getAuc())),
        Cell.of(Numbers.of(quality.getLogLoss())),
        Cell.of(Numbers.of(quality.getMeanAbsoluteError())));
  }

  private static List<Cell> challenge(Challenge challenge) {
    ChallengerMeasurement figures = challenge.figures();
    return List.of(
        Cell.of(challenge.instance()),
        Cell.of(figures.getLiveVersion()),
        Cell.of(Numbers.grouped(figures.getPairs())),
        Cell.of(Numbers.of(figures.getMeanAbsoluteDifference())),
        Cell.of(Numbers.of(figures.getRankCorrelation())),
        Cell.of(Numbers.percent(figures.getChangedBands())));
  }

  private static Section instances(Dossier dossier) {
    List<List<Cell>> rows = dossier.instances().stream().map(ModelPage::instance).toList();
    return new Section(
        "What those who serve it decided",
        rows.isEmpty()
            ? "No instance of the streams application has said anything of this trait yet."
            : "The last decision of each instance on any version of the trait.",
        List.of(),
        rows.isEmpty()
            ? List.of()
            : List.of(
                new Table(
                    "Decisions",
                    List.of("instance", "scores with", "decided last", "on", "at", "why"),
                    rows)),
        null);
  }

  private static List<Cell> instance(ModelStatus status) {
    return List.of(
        Cell.of(status.getInstance()),
        Cell.of(orNone(status.getLiveVersion())),
        Cell.of(status.getOutcome().name()),
        Cell.of(status.getVersion()),
        Cell.of(status.getDecidedAt().toString()),
        Cell.of(
            status.getCode() == null
                ? Numbers.NONE
                : "%s: %s".formatted(status.getCode(), orNone(status.getReason()))));
  }

  private static Section importance(RegisteredModel model) {
    double most =
        model.importance().stream()
            .mapToDouble(FeatureImportance::getMeanAbsoluteContribution)
            .max()
            .orElse(0);
    return new Section(
        "What it looks at",
        "Mean absolute contribution to the margin, the most important features first.",
        model.importance().stream()
            .limit(MOST_FEATURES)
            .map(it -> meter(it.getFeature(), it.getMeanAbsoluteContribution(), most))
            .toList(),
        List.of(),
        null);
  }

  private static Meter meter(String name, double value, double most) {
    return new Meter(
        name,
        most > 0 ? String.format(Locale.ROOT, "%.1f", Math.clamp(value / most, 0, 1) * 100) : "0",
        Numbers.of(value),
        "");
  }

  private static Section made(RegisteredModel model) {
    List<Table> tables = new ArrayList<>();
    tables.add(table("Parameters", "parameter", "value", model.parameters()));
    if (!model.droppedFeatures().isEmpty()) {
      tables.add(table("Features that were dropped", "feature", "reason", model.droppedFeatures()));
    }
    return new Section("How it was made", "", List.of(), tables, null);
  }

  private static Table table(
      String caption, String name, String value, Map<String, String> entries) {
    return new Table(
        caption,
        List.of(name, value),
        entries.entrySet().stream()
            .map(it -> List.of(Cell.of(it.getKey()), Cell.of(it.getValue())))
            .toList());
  }

  private static String orNone(@Nullable String text) {
    return text == null ? Numbers.NONE : text;
  }
}
