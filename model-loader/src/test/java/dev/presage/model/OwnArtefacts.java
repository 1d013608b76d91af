package dev.presage.model;

import dev.presage.model.document.DocumentFormat;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Artefacts of models in our own JSON whose golden rows are what the models themselves predict. */
final class OwnArtefacts {
  private OwnArtefacts() {}

  static ModelArtefact.Builder of(
      ModelKind kind, String model, List<String> features, double[]... vectors) throws Exception {
    byte[] payload = model.getBytes(StandardCharsets.UTF_8);
    Predictor predictor =
        DocumentModels.read(
            DocumentFormat.JSON.read(ByteBuffer.wrap(payload), 1_000_000),
            kind.name().toLowerCase(Locale.ROOT),
            features,
            ModelLimits.DEFAULTS);
    List<GoldenRow> rows = new ArrayList<>();
    for (double[] vector : vectors) {
      rows.add(
          ModelArtefacts.goldenRow(vector, predictor.margin(vector), predictor.predict(vector)));
    }
    return Artefacts.of(kind, payload, features).setGoldenRows(rows);
  }
}
