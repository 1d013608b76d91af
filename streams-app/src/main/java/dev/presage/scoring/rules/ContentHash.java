package dev.presage.scoring.rules;

import dev.presage.scoring.trigger.Triggers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells rules apart by what they decide: definitions, and versions of models that go out. */
final class ContentHash {
  private ContentHash() {}

  /**
   * The first 8 bytes of the SHA-256 of the definitions and versions; of triggers the dates alone,
   * as profiles need timers for them.
   */
  static long of(List<ActiveTrait> traits, List<Segmentation> segmentations, Triggers triggers) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
    for (ActiveTrait trait : traits) {
      add(trait.definition().toString(), digest);
      add(version(trait.models().live()), digest);
      add(String.valueOf(trait.models().canaryShare()), digest);
    }
    for (Segmentation segmentation : segmentations) {
      add(segmentation.content(), digest);
    }
    for (String date : triggers.dateContent()) {
      add(date, digest);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static String version(@Nullable TraitModel model) {
    return model == null ? "" : model.version();
  }

  private static void add(String text, MessageDigest digest) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
