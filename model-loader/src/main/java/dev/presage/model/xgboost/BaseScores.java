package dev.presage.model.xgboost;

import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The member {@code base_score}: a number; since 3.1 one for each output, {@code [5E-1,2E0]}. */
final class BaseScores {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int MOST_DIGITS = 100;

  private BaseScores() {}

  /** The base score of each output; one number stands for all. */
  static float[] read(Node node, Objective objective, int outputs)
      throws UnreadableDocumentException {
    String text = node.text().strip();
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    String[] numbers = text.split(",", outputs + 1);
    if (numbers.length != 1 && numbers.length != outputs) {
      throw new UnreadableDocumentException(
          "%s has %s numbers, but the model has %d outputs"
              .formatted(
                  node.path(), numbers.length > outputs ? "too many" : numbers.length, outputs));
    }
    float[] scores = new float[outputs];
    for (int i = 0; i < numbers.length; i++) {
      scores[i] = number(node, numbers[i].strip(), objective);
    }
    if (numbers.length == 1) {
      Arrays.fill(scores, scores[0]);
    }
    return scores;
  }

  private static float number(Node node, String text, Objective objective)
      throws UnreadableDocumentException {
    if (text.length() > MOST_DIGITS || !NUMBER.matcher(text).matches()) {
      throw new UnreadableDocumentException(
          node.path() + " is " + Texts.quoted(text) + " where a number is expected");
    }
    float score = Float.parseFloat(text);
    if (!objective.link().holds(score)) {
      throw new UnreadableDocumentException(
          String.format(
              "%s is %s, but for %s it must be %s",
              node.path(), text, objective.id(), objective.link().domain()));
    }
    return score;
  }
}
