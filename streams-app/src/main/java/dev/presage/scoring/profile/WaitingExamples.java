package dev.presage.scoring.profile;

import dev.presage.features.state.AgendaStore;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.scoring.rules.NameId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Training examples whose horizons are not over, in the agenda of a partition. Used by one thread.
 *
 * <pre>
 *  number, 8 bytes                    value
 *  +------------+------------------+  +----------------------+-----------------+
 *  | trait, int | number of the    |  | targets before, long | example, to the |
 *  |            | example, int     |  |                      | end             |
 *  +------------+------------------+  +----------------------+-----------------+
 * </pre>
 */
final class WaitingExamples {
  private static final long NUMBER = 0xffff_ffffL;

  private final AgendaStore agenda;
  private final Format format;

  /**
   * How an example becomes bytes.
   *
   * @param write to bytes
   * @param read from bytes that this version or an older one wrote
   */
  record Format(Function<TrainingExample, byte[]> write, Function<byte[], TrainingExample> read) {}

  /** Gets an example whose horizon is over. */
  @FunctionalInterface
  interface Taker {
    void taken(TrainingExample example, long number, long targetsBefore);
  }

  WaitingExamples(AgendaStore agenda, Format format) {
    this.agenda = agenda;
    this.format = format;
  }

  void keep(TrainingExample example, long number, long labelMillis, long targetsBefore) {
    byte[] bytes = format.write().apply(example);
    agenda.keep(
        owner(example.getCanonicalId()),
        labelMillis,
        ((long) NameId.of(example.getTrait()) << Integer.SIZE) | (number & NUMBER),
        ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(targetsBefore).put(bytes).array());
  }

  /** Takes those whose horizons end until a time; returns when the next one's does. */
  long take(String profileId, long untilMillis, Taker taker) {
    return agenda.take(
        owner(profileId),
        untilMillis,
        (due, number, value) -> {
          ByteBuffer in = ByteBuffer.wrap(value);
          long targetsBefore = in.getLong();
          byte[] bytes = new byte[in.remaining()];
          in.get(bytes);
          taker.taken(format.read().apply(bytes), number & NUMBER, targetsBefore);
        });
  }

  private static byte[] owner(String profileId) {
    return profileId.getBytes(StandardCharsets.UTF_8);
  }
}
