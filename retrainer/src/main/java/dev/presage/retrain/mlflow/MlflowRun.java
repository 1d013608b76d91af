package dev.presage.retrain.mlflow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as MLflow keeps it. Names and values are cut to what it takes.
 *
 * @param name for people
 * @param startedAt when it began
 * @param endedAt when it was over
 * @param tags by name
 * @param params by name
 * @param metrics by name; what is not finite is left out
 * @param artefacts files
 */
record MlflowRun(
    String name,
    Instant startedAt,
    Instant endedAt,
    Map<String, String> tags,
    Map<String, String> params,
    Map<String, Double> metrics,
    List<Artefact> artefacts) {
  private static final int LONGEST_NAME = 250;

  /** Older servers take no more of a param; of a tag all take ten times as much. */
  private static final int LONGEST_VALUE = 500;

  MlflowRun {
    tags = named(tags, LONGEST_VALUE * 10);
    params = named(params, LONGEST_VALUE);
    Map<String, Double> finite = new TreeMap<>();
    metrics.forEach(
        (metric, value) -> {
          if (Double.isFinite(value)) {
            finite.put(key(metric), value);
          }
        });
    metrics = Map.copyOf(finite);
    artefacts = List.copyOf(artefacts);
  }

  /**
   * A file.
   *
   * @param path in the run's folder
   * @param content what is in it
   */
  record Artefact(String path, ByteBuffer content) {
    Artefact {
      content = content.asReadOnlyBuffer();
    }

    Artefact(String path, String text) {
      this(path, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] bytes() {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return bytes;
    }
  }

  private static Map<String, String> named(Map<String, String> given, int longest) {
    Map<String, String> named = new TreeMap<>();
    given.forEach((key, value) -> named.put(key(key), cut(value, longest)));
    return Map.copyOf(named);
  }

  /** Letters, digits, hyphens, dots, spaces, slashes and underscores. */
  private static String key(String name) {
    return cut(name.replaceAll("[^A-Za-z0-9_./ -]", "_"), LONGEST_NAME);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
