package dev.presage.model;

import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What whoever makes an artefact needs. */
public final class ModelArtefacts {
  private ModelArtefacts() {}

  /** Starts an artefact with its payload, checksum included. */
  public static ModelArtefact.Builder newBuilder(ModelKind kind, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.wrap(payload.clone());
    return ModelArtefact.newBuilder().setKind(kind).setPayload(bytes).setChecksum(checksum(bytes));
  }

  /**
   * A golden row.
   *
   * @param vector the feature vector, in the order of the feature schema; NaN is missing
   * @param margin the trainer's margin for it
   * @param prediction the trainer's prediction for it
   */
  public static GoldenRow goldenRow(double[] vector, double margin, double prediction) {
    return GoldenRow.newBuilder()
        .setFeatures(boxed(vector))
        .setMargin(margin)
        .setPrediction(prediction)
        .build();
  }

  /**
   * A golden row of a model that has an output for each class.
   *
   * @param vector the feature vector, in the order of the feature schema; NaN is missing
   * @param margins the trainer's margin for it, of each class
   * @param probabilities the trainer's prediction for it, of each class
   */
  public static GoldenRow goldenRow(double[] vector, double[] margins, double[] probabilities) {
    int likeliest = 0;
    for (int i = 1; i < margins.length; i++) {
      likeliest = margins[i] > margins[likeliest] ? i : likeliest;
    }
    GoldenRow row = goldenRow(vector, margins[likeliest], likeliest);
    return GoldenRow.newBuilder(row)
        .setMargins(boxed(margins))
        .setPredictions(boxed(probabilities))
        .build();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** SHA-256 of the bytes from position to limit, in lower-case hexadecimal digits. */
  public static String checksum(ByteBuffer payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(payload.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Key of a model version's records on the topic {@code models}. */
  public static String key(String trait, String version) {
    return trait + "/" + version;
  }
}
