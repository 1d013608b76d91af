package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model beyond its file.
 *
 * @param iterations the boosting rounds that predict; null for those that its trainer used
 * @param output the class whose probability is predicted, from 0; null for all classes
 * @param statistics whether cover and gain of each node are kept
 */
public record XgboostOptions(
    @Nullable IterationRange iterations, @Nullable Integer output, boolean statistics) {
  /** Names the iterations among an artefact's parameters, as {@code 0:100}. */
  public static final String ITERATION_RANGE = "predict.iteration_range";

  /** Names the class among an artefact's parameters, as {@code 2}. */
  public static final String CLASS = "predict.class";

  public static final XgboostOptions DEFAULTS = new XgboostOptions(null, null, false);

  private static final int MOST_DIGITS = 9;

  /**
   * What an artefact's parameters ask for.
   *
   * @throws ModelRefusedException when a value is not of its form
   */
  public static XgboostOptions of(Map<String, String> parameters) throws ModelRefusedException {
    String iterations = parameters.get(ITERATION_RANGE);
    String output = parameters.get(CLASS);
    return new XgboostOptions(
        iterations == null ? null : IterationRange.parse(iterations),
        output == null ? null : classNumber(output),
        false);
  }

  private static int classNumber(String text) throws ModelRefusedException {
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ModelRefusedException(
          RefusalCode.INVALID_PARAMETER,
          CLASS + " is " + Texts.quoted(text) + " where the number of a class is expected, from 0");
    }
    return Integer.parseInt(text);
  }
}
