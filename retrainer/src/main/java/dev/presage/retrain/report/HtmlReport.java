package dev.presage.retrain.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one HTML file: plots are SVG in it, nothing is loaded from elsewhere, nothing runs.
 * The template escapes whatever it is given. Thread-safe.
 */
public final class HtmlReport {
  private final Template template;

  /** Reads the template. */
  public HtmlReport() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(HtmlReport.class, "");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setLocale(Locale.ROOT);
    try {
      this.template = configuration.getTemplate("report.ftlh", "UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("The template of the report cannot be read", e);
    }
  }

  /** The whole file. */
  public String render(RunReport report) {
    StringWriter html = new StringWriter();
    try {
      template.process(
          Map.of("page", Page.of(report), "width", Chart.WIDTH, "height", Chart.HEIGHT), html);
    } catch (TemplateException e) {
      throw new IllegalStateException("The template of the report is wrong: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("A string could not be written to", e);
    }
    return html.toString();
  }
}
