package dev.presage.retrain.report;

import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.registry.ServiceQuality;
import dev.presage.retrain.report.ModelsPage.Cell;
import dev.presage.retrain.report.ModelsPage.Comparison;
import dev.presage.retrain.report.ModelsPage.Section;
import dev.presage.retrain.report.ModelsPage.Table;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.OutcomeQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All versions, by trait. */
final class ModelListPage {
  private static final List<String> HEAD =
      List.of(
          "version",
          "stage",
          "scores on",
          "kind",
          "held out: ROC AUC",
          "baseline",
          "log loss",
          "in service: ROC AUC",
          "log loss",
          "labelled",
          "scores moved (PSI)",
          "trained until",
          "approved by",
          "run");

  private ModelListPage() {}

  static ModelsPage of(List<Dossier> versions) {
    Map<String, List<Dossier>> byTrait = new TreeMap<>();
    versions.forEach(
        it -> byTrait.computeIfAbsent(it.model().trait(), key -> new ArrayList<>()).add(it));
    List<Section> sections = new ArrayList<>();
    byTrait.forEach((trait, ofTrait) -> sections.add(section(trait, ofTrait)));
    return new ModelsPage(
        byTrait.size() == 1 ? "Models of " + byTrait.keySet().iterator().next() : "Models",
        versions.isEmpty()
            ? "There are none yet. Train one: presage train TRAIT, or POST /v1/traits/{trait}/runs."
            : "Versions that were published last come first. Held out: on rows that lie after everything that a version was trained on, with the interval of 95%. In service: what its scores were worth, by training examples whose horizon is over.",
        byTrait.size() == 1 ? List.of(new Cell("All models", "/v1/models")) : List.of(),
        List.of(),
        sections);
  }

  private static Section section(String trait, List<Dossier> ofTrait) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Dossier it : ofTrait.reversed()) {
      rows.add(row(it));
    }
    return new Section(
        trait,
        scoring(ofTrait),
        List.of(),
        List.of(new Table("Versions of " + trait, HEAD, rows)),
        comparison(trait, ofTrait));
  }

  private static String scoring(List<Dossier> ofTrait) {
    return ofTrait.stream()
        .filter(Dossier::scores)
        .findFirst()
        .map(it -> "Scored by %s.".formatted(it.model().version()))
        .orElse("No version scores it.");
  }

  /** The version that scores beside the newest one, or the two newest. */
  private static @Nullable Comparison comparison(String trait, List<Dossier> ofTrait) {
    if (ofTrait.size() < 2) {
      return null;
    }
    List<String> versions = ofTrait.reversed().stream().map(it -> it.model().version()).toList();
    String newest = versions.getFirst();
    String from =
        ofTrait.stream()
            .filter(it -> it.scores() && !it.model().version().equals(newest))
            .map(it -> it.model().version())
            .findFirst()
            .orElse(versions.get(1));
    return new Comparison(ModelsPage.diffPath(trait), versions, from, newest);
  }

  private static List<Cell> row(Dossier dossier) {
    RegisteredModel model = dossier.model();
    Optional<OutcomeQuality> served =
        dossier.quality().map(ServiceQuality::figures).map(it -> it.getOverall());
    long scoring = dossier.scoringInstances();
    return List.of(
        new Cell(model.version(), ModelsPage.path(model.trait(), model.version())),
        Cell.of(stage(model)),
        Cell.of(scoring == 0 ? Numbers.NONE : scoring == 1 ? "1 instance" : scoring + " instances"),
        Cell.of(model.kind().name()),
        Cell.of(Numbers.of(model.metrics(), "auc")),
        Cell.of(Numbers.of(model.metrics(), "baseline.auc")),
        Cell.of(Numbers.of(model.metrics(), "logLoss")),
        Cell.of(Numbers.of(served.map(OutcomeQuality::getAuc).orElse(null))),
        Cell.of(Numbers.of(served.map(OutcomeQuality::getLogLoss).orElse(null))),
        Cell.of(served.map(it -> Numbers.grouped(it.getLabelled())).orElse(Numbers.NONE)),
        Cell.of(Numbers.of(stability(dossier))),
        Cell.of(
            model.lineage().getRows() > 0
                ? model.lineage().getTrainedUntil().toString()
                : Numbers.NONE),
        Cell.of(approvedBy(model)),
        dossier
            .run()
            .map(it -> new Cell("report", ModelsPage.reportPath(it)))
            .orElseGet(() -> Cell.of(Numbers.NONE)));
  }

  static @Nullable Double stability(Dossier dossier) {
    return dossier
        .quality()
        .flatMap(it -> Optional.ofNullable(it.figures().getStability()))
        .map(it -> it.getScores())
        .orElse(null);
  }

  static String approvedBy(RegisteredModel model) {
    String by = model.approvedBy();
    return by == null ? Numbers.NONE : by;
  }

  static String stage(RegisteredModel model) {
    return model.stage() == ModelStage.CANARY
        ? "CANARY " + Numbers.percent(model.canaryShare())
        : model.stage().name();
  }
}
