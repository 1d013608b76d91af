package dev.presage.features.declaration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A canonical text of parts, each with its length in front, so that no two lists of parts have the
 * same text.
 */
final class Canonical {
  private final List<String> parts = new ArrayList<>();

  Canonical add(String part) {
    parts.add(part.length() + ":" + part);
    return this;
  }

  String text() {
    return String.join(",", parts);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
