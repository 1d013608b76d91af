package dev.presage.retrain.report;

import dev.presage.retrain.registry.ModelDiff;
import dev.presage.retrain.registry.ModelDiff.Change;
import dev.presage.retrain.registry.ModelDiff.FeatureUse;
import dev.presage.retrain.registry.ModelDiff.Figure;
import dev.presage.retrain.registry.ModelDiff.FigureChange;
import dev.presage.retrain.report.ModelsPage.Cell;
import dev.presage.retrain.report.ModelsPage.Section;
import dev.presage.retrain.report.ModelsPage.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What differs between two versions. */
final class ModelDiffPage {
  private ModelDiffPage() {}

  static ModelsPage of(ModelDiff diff) {
    List<Section> sections = new ArrayList<>();
    sections.add(section("Stage", "What each is used for.", changes(diff, "Stage", diff.stage())));
    if (!diff.sameRows().isEmpty()) {
      sections.add(
          section(
              "On the same rows",
              "One was live when the other was trained, so both were judged on the same held-out rows, and a difference is one of the models. The intervals of 95% are of each figure by itself.",
              figures(diff, "Both on the same held-out rows", diff.sameRows())));
    }
    sections.add(
        section(
            "On the held-out rows of each",
            "Each was judged on rows of its own time, so that a difference can be one of the times.",
            figures(diff, "Figures", diff.figures())));
    sections.add(
        section(
            "In service",
            diff.inService().isEmpty()
                ? "Neither was measured while it served."
                : "By the training examples of each, as last measured.",
            figures(diff, "Scores beside what happened", diff.inService())));
    sections.add(
        section(
            "Features",
            diff.features().isEmpty()
                ? "What features are to either is not known."
                : "What each feature is to the models: its rank and its mean absolute contribution to the margin.",
            features(diff)));
    sections.add(
        section(
            "Calibration",
            "What makes probabilities of their output.",
            changes(diff, "Calibration", diff.calibration())));
    sections.add(
        section(
            "Parameters",
            diff.parameters().isEmpty() ? "All are the same." : "Those that differ.",
            changes(diff, "Parameters", diff.parameters())));
    sections.add(
        section("Lineage", "Where each comes from.", changes(diff, "Lineage", diff.lineage())));
    return new ModelsPage(
        "%s: %s and %s".formatted(diff.trait(), diff.from(), diff.to()),
        "What differs between two versions.",
        List.of(
            new Cell("All models", "/v1/models"),
            new Cell("Versions of " + diff.trait(), ModelsPage.traitPath(diff.trait())),
            new Cell(diff.from(), ModelsPage.path(diff.trait(), diff.from())),
            new Cell(diff.to(), ModelsPage.path(diff.trait(), diff.to())),
            new Cell(
                "The other way round", ModelsPage.diffPath(diff.trait(), diff.to(), diff.from()))),
        List.of(),
        sections);
  }

  private static Section section(String title, String text, Table table) {
    return new Section(
        title, text, List.of(), table.rows().isEmpty() ? List.of() : List.of(table), null);
  }

  private static Table changes(ModelDiff diff, String caption, List<Change> changes) {
    return new Table(
        caption,
        List.of("", diff.from(), diff.to(), ""),
        changes.stream()
            .map(
                it ->
                    List.of(
                        Cell.of(it.name()),
                        Cell.of(orNone(it.from())),
                        Cell.of(orNone(it.to())),
                        Cell.of(it.isChanged() ? "differs" : "")))
            .toList());
  }

  private static Table figures(ModelDiff diff, String caption, List<FigureChange> figures) {
    return new Table(
        caption,
        List.of("figure", diff.from(), diff.to(), "difference"),
        figures.stream()
            .map(
                it ->
                    List.of(
                        Cell.of(
                            (it.of().isEmpty() ? "" : it.of() + ": ") + FigureNames.of(it.name())),
                        Cell.of(text(it.from())),
                        Cell.of(text(it.to())),
                        Cell.of(difference(it))))
            .toList());
  }

  private static Table features(ModelDiff diff) {
    return new Table(
        "Features",
        List.of("feature", diff.from(), diff.to(), ""),
        diff.features().stream()
            .map(
                it ->
                    List.of(
                        Cell.of(it.feature()),
                        Cell.of(use(it.from(), it.droppedFrom())),
                        Cell.of(use(it.to(), it.droppedTo())),
                        Cell.of(it.change())))
            .toList());
  }

  private static String use(@Nullable FeatureUse use, @Nullable String dropped) {
    if (use != null) {
      return "%d. (%s)".formatted(use.rank(), Numbers.of(use.contribution()));
    }
    return dropped == null ? Numbers.NONE : "dropped: " + dropped;
  }

  private static String text(@Nullable Figure figure) {
    return figure == null ? Numbers.NONE : Numbers.of(figure.value(), figure.low(), figure.high());
  }

  private static String difference(FigureChange change) {
    Double difference = change.difference();
    if (difference == null) {
      return Numbers.NONE;
    }
    return difference == Math.rint(difference) && Math.abs(difference) >= 10
        ? String.format(Locale.ROOT, "%+,d", difference.longValue())
        : String.format(Locale.ROOT, "%+.4f", difference);
  }

  private static String orNone(@Nullable String text) {
    return text == null ? Numbers.NONE : text;
  }
}
