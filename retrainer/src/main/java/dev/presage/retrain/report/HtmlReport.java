package dev.presage.retrain.report;

/**
 * A report as one HTML file: plots are SVG in it, nothing is loaded from elsewhere, nothing runs.
 * The template escapes whatever it is given. Thread-safe.
 */
public final class HtmlReport {
  private final PageTemplate template = new PageTemplate("report.ftlh");

  /** The whole file. */
  public String render(RunReport report) {
    return template.render(Page.of(report));
  }
}
