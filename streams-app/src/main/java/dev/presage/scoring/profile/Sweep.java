package dev.presage.scoring.profile;

import dev.presage.features.state.Notes;
import dev.presage.features.state.ProfileKeys;
import dev.presage.scoring.rules.ScoringRules;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all profiles of a partition once whenever the rules have changed, a few at a time,
 * so that a new model or definition reaches those who send nothing, too. How far it has come is
 * kept with the profiles: after a restart it goes on there, and it begins anew for rules that
 * changed meanwhile. Used by one thread.
 *
 * <pre>
 *  note
 *  +---------------+----------------+------------+---------------------+
 *  | rules, 8 bytes| profiles so far| done       | last key, to the end|
 *  | content hash  | 8 bytes        | 1 byte     | where it is not done|
 *  +---------------+----------------+------------+---------------------+
 * </pre>
 */
final class Sweep {
  private static final String NOTE = "sweep";
  private static final int BATCH = 64;
  private static final int NOTE_BYTES = 2 * Long.BYTES + 1;

  private final ProfileKeys profiles;
  private final Notes notes;
  private long rulesHash;
  private long swept;
  private boolean isDone;
  private byte @Nullable [] last;

  Sweep(ProfileKeys profiles, Notes notes) {
    this.profiles = profiles;
    this.notes = notes;
    byte[] note = notes.note(NOTE);
    if (note != null) {
      ByteBuffer in = ByteBuffer.wrap(note);
      rulesHash = in.getLong();
      swept = in.getLong();
      isDone = in.get() == 1;
      last = in.hasRemaining() ? Arrays.copyOfRange(note, NOTE_BYTES, note.length) : null;
    }
  }

  /** The content of the rules that it is for. */
  long rulesHash() {
    return rulesHash;
  }

  /** How many profiles it has come past. */
  long swept() {
    return swept;
  }

  /** Whether it has come to the end for these rules. */
  boolean isDone(ScoringRules rules) {
    return isDone && rulesHash == rules.contentHash();
  }

  /**
   * Goes on.
   *
   * @param isGoingOn asked before each profile
   * @param visitor gets the keys
   */
  void goOn(ScoringRules rules, BooleanSupplier isGoingOn, Consumer<byte[]> visitor) {
    if (rulesHash != rules.contentHash()) {
      rulesHash = rules.contentHash();
      swept = 0;
      isDone = false;
      last = null;
    }
    if (isDone) {
      return;
    }
    boolean isOver = false;
    while (!isDone && !isOver) {
      List<byte[]> keys = profiles.keysAfter(last, BATCH);
      for (byte[] key : keys) {
        if (!isGoingOn.getAsBoolean()) {
          isOver = true;
          break;
        }
        visitor.accept(key);
        swept++;
        last = key;
      }
      isDone = !isOver && keys.size() < BATCH;
    }
    keep();
  }

  private void keep() {
    byte[] key = isDone || last == null ? new byte[0] : last;
    ByteBuffer out = ByteBuffer.allocate(NOTE_BYTES + key.length);
    out.putLong(rulesHash).putLong(swept).put((byte) (isDone ? 1 : 0)).put(key);
    notes.note(NOTE, out.array());
  }
}
