package dev.presage.model;

import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Models that Python wrote, with what it predicted; {@code xgboost/make_fixtures.py} made them. */
final class PythonFixtures {
  private static final List<double[]> ROWS = rows();

  private PythonFixtures() {}

  /**
   * A file.
   *
   * @param margins of each row the margin of each output
   * @param predictions of each row what Python predicted: a value, a class or probabilities
   */
  record Fixture(String file, List<float[]> margins, List<float[]> predictions) {
    byte[] payload() {
      return bytes(file);
    }

    List<double[]> rows() {
      return ROWS;
    }

    ModelKind kind() {
      return file.endsWith(".json") ? ModelKind.XGBOOST_JSON : ModelKind.XGBOOST_UBJSON;
    }

    ModelArtefact.Builder artefact() {
      return artefact(payload());
    }

    /** An artefact with the fixture's golden rows and another payload. */
    ModelArtefact.Builder artefact(byte[] payload) {
      List<GoldenRow> golden = new ArrayList<>();
      for (int i = 0; i < ROWS.size(); i++) {
        float[] all = margins.get(i);
        int likeliest = likeliest(all);
        float prediction = all.length == 1 ? predictions.get(i)[0] : likeliest;
        golden.add(ModelArtefacts.goldenRow(ROWS.get(i), all[likeliest], prediction));
      }
      return ModelArtefacts.newBuilder(kind(), payload)
          .setTrait("likelihood-to-test")
          .setVersion("v1")
          .setStage(ModelStage.LIVE)
          .setFeatureSchema(
              FeatureSchema.newBuilder()
                  .setFingerprint(NativeModel.FINGERPRINT)
                  .setFeatures(NativeModel.names(ROWS.get(0).length))
                  .build())
          .setGoldenRows(golden)
          .setLineage(
              Lineage.newBuilder()
                  .setCreatedAt(Instant.EPOCH)
                  .setTrainedFrom(Instant.EPOCH)
                  .setTrainedUntil(Instant.EPOCH)
                  .setRows(400)
                  .setPositives(100)
                  .build());
    }

    private static int likeliest(float[] margins) {
      int likeliest = 0;
      for (int i = 1; i < margins.length; i++) {
        likeliest = margins[i] > margins[likeliest] ? i : likeliest;
      }
      return likeliest;
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Fixture> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".json") || name.endsWith(".ubj"))
          .sorted()
          .map(PythonFixtures::fixture)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fixture fixture(String file) {
    List<float[]> margins = new ArrayList<>();
    List<float[]> predictions = new ArrayList<>();
    List<String> lines = text(file.substring(0, file.lastIndexOf('.')) + ".csv");
    int outputs =
        (int) Arrays.stream(lines.get(0).split(",", -1)).filter(c -> c.startsWith("m")).count();
    for (String line : lines.subList(1, lines.size())) {
      float[] values = floats(line);
      margins.add(Arrays.copyOf(values, outputs));
      predictions.add(Arrays.copyOfRange(values, outputs, values.length));
    }
    return new Fixture(file, margins, predictions);
  }

  private static List<double[]> rows() {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = text("rows.csv");
    for (String line : lines.subList(1, lines.size())) {
      float[] values = floats(line);
      double[] row = new double[values.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = values[i];
      }
      rows.add(row);
    }
    return rows;
  }

  private static float[] floats(String line) {
    String[] cells = line.split(",", -1);
    float[] values = new float[cells.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = cells[i].isEmpty() ? Float.NaN : Float.parseFloat(cells[i]);
    }
    return values;
  }

  private static List<String> text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  private static byte[] bytes(String file) {
    try (InputStream in = PythonFixtures.class.getResourceAsStream("/xgboost/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no /xgboost/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(PythonFixtures.class.getResource("/xgboost").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
