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

/** A page's template. It escapes whatever it is given. Thread-safe. */
final class PageTemplate {
  private final Template template;

  /**
   * Reads a template.
   *
   * @param name of a file beside this class
   */
  PageTemplate(String name) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(PageTemplate.class, "");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setLocale(Locale.ROOT);
    try {
      this.template = configuration.getTemplate(name, "UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("The template " + name + " cannot be read", e);
    }
  }

  /** The whole page. */
  String render(Object page) {
    StringWriter html = new StringWriter();
    try {
      template.process(Map.of("page", page, "width", Chart.WIDTH, "height", Chart.HEIGHT), html);
    } catch (TemplateException e) {
      throw new IllegalStateException(
          "The template %s is wrong: %s".formatted(template.getName(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("A string could not be written to", e);
    }
    return html.toString().strip() + "\n";
  }
}
