package dev.presage.retrain.files;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How profiles are called in files of rows.
 *
 * @param form by their IDs, or by a keyed hash
 * @param salt key of the hash, the same for all files; empty: each file has its own, which nobody
 *     knows
 */
record ProfileNames(Form form, Optional<String> salt) {
  /** What stands for a profile. */
  enum Form {
    /** The first 128 bits of HMAC-SHA-256 of its canonical ID, in hexadecimal. */
    HASHED,
    /** Its canonical ID. */
    PLAIN
  }

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int NAME_BYTES = 16;

  /** Names for one file. */
  Namer begin() {
    if (form == Form.PLAIN) {
      return id -> id;
    }
    byte[] key = salt.map(it -> it.getBytes(StandardCharsets.UTF_8)).orElseGet(ProfileNames::any);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return id ->
          HexFormat.of()
              .formatHex(
                  Arrays.copyOf(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)), NAME_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** For the metadata of a file. */
  String words() {
    return switch (form) {
      case PLAIN -> "canonical IDs";
      case HASHED ->
          salt.isPresent()
              ? "hashed with the salt of the installation"
              : "hashed with a salt of this file that nobody knows";
    };
  }

  private static byte[] any() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Calls profiles; used by one thread. */
  interface Namer {
    String of(String profileId);
  }

  @Override
  public String toString() {
    return "ProfileNames[form=" + form + ", salt=" + (salt.isPresent() ? "given" : "none") + "]";
  }
}
