package dev.presage.retrain.report;

import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.ModelDiff;
import java.util.List;

/**
 * The registry of models as HTML pages: of all versions, of one, and of what differs between two.
 * Nothing is loaded from elsewhere, nothing runs, and whatever they are given is escaped.
 * Thread-safe.
 */
public final class HtmlRegistry {
  private final PageTemplate template = new PageTemplate("models.ftlh");

  /** The page of versions, those that were published last at the end. */
  public String list(List<Dossier> versions) {
    return template.render(ModelListPage.of(versions));
  }

  /**
   * The page of a version.
   *
   * @param ofTrait all versions of its trait, those that were published last at the end
   */
  public String version(Dossier dossier, List<Dossier> ofTrait) {
    return template.render(ModelPage.of(dossier, ofTrait));
  }

  /** The page of what differs between two versions. */
  public String diff(ModelDiff diff) {
    return template.render(ModelDiffPage.of(diff));
  }
}
