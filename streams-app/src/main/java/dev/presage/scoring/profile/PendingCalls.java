package dev.presage.scoring.profile;

import dev.presage.features.state.Notes;
import dev.presage.features.state.ProfileKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait until all profiles of a partition have been asked, and the passes through the
 * profiles. A pass is for all calls that wait when it begins, up to a number; what comes meanwhile
 * waits for the next one. Calls, and how far the pass has come, are kept with the profiles: after a
 * restart it goes on there. Used by one thread.
 *
 * <pre>
 *  note: where the calls and the pass are
 *  +-----------------+------------------+----------------+--------------+---------------------+
 *  | first, 8 bytes: | end, 8 bytes:    | next, 8 bytes: | passed, 8:   | last key, to the    |
 *  | number of the   | after the last   | number of the  | profiles in  | end, where the pass |
 *  | first that      | of the pass; as  | call that will | all passes   | has come past one   |
 *  | waits           | first: no pass   | come           |              |                     |
 *  +-----------------+------------------+----------------+--------------+---------------------+
 *
 *  a note of each call from first to next: its bytes
 * </pre>
 */
final class PendingCalls {
  /** Bounds what a pass keeps in memory. */
  static final int MOST_IN_A_PASS = 1_000;

  private static final String NOTE = "trigger-calls";
  private static final String CALL_PREFIX = "trigger-call/";
  private static final int NOTE_BYTES = 4 * Long.BYTES;
  private static final int BATCH = 64;

  private final ProfileKeys profiles;
  private final Notes notes;
  private long first;
  private long end;
  private long next;
  private long passed;
  private byte @Nullable [] last;
  private boolean isRead;

  PendingCalls(ProfileKeys profiles, Notes notes) {
    this.profiles = profiles;
    this.notes = notes;
    byte[] note = notes.note(NOTE);
    if (note != null) {
      ByteBuffer in = ByteBuffer.wrap(note);
      first = in.getLong();
      end = in.getLong();
      next = in.getLong();
      passed = in.getLong();
      last = in.hasRemaining() ? Arrays.copyOfRange(note, NOTE_BYTES, note.length) : null;
    }
  }

  /** What is done in a pass. */
  interface Pass {
    /** Gets the calls of a pass that begins, or goes on after a restart. */
    void begin(List<byte[]> calls);

    /** Asks a profile. */
    void ask(byte[] key);
  }

  /** How many calls wait, those of the pass included. */
  long size() {
    return next - first;
  }

  /** How many profiles all passes have come past. */
  long passed() {
    return passed;
  }

  /** Keeps a call until all profiles have been asked. */
  void add(byte[] call) {
    notes.note(CALL_PREFIX + next, call);
    next++;
    keep();
  }

  /**
   * Goes on.
   *
   * @param isGoingOn asked before each profile, and after each pass
   */
  void goOn(BooleanSupplier isGoingOn, Pass pass) {
    if (size() == 0) {
      return;
    }
    boolean isOver = false;
    while (!isOver) {
      begin(pass);
      List<byte[]> keys = profiles.keysAfter(last, BATCH);
      for (byte[] key : keys) {
        if (!isGoingOn.getAsBoolean()) {
          isOver = true;
          break;
        }
        pass.ask(key);
        passed++;
        last = key;
      }
      if (!isOver && keys.size() < BATCH) {
        finish();
        isOver = size() == 0 || !isGoingOn.getAsBoolean();
      }
    }
    keep();
  }

  private void begin(Pass pass) {
    if (first == end) {
      end = Math.min(next, first + MOST_IN_A_PASS);
      last = null;
      isRead = false;
    }
    if (!isRead) {
      List<byte[]> calls = new ArrayList<>();
      for (long number = first; number < end; number++) {
        calls.add(Objects.requireNonNull(notes.note(CALL_PREFIX + number)));
      }
      pass.begin(calls);
      isRead = true;
    }
  }

  private void finish() {
    for (; first < end; first++) {
      notes.note(CALL_PREFIX + first, null);
    }
    last = null;
  }

  private void keep() {
    byte[] key = last == null ? new byte[0] : last;
    ByteBuffer out = ByteBuffer.allocate(NOTE_BYTES + key.length);
    out.putLong(first).putLong(end).putLong(next).putLong(passed).put(key);
    notes.note(NOTE, out.array());
  }
}
