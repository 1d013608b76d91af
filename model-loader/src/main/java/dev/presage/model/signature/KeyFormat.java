package dev.presage.model.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys as OpenSSL and Python write them. No message shows what is in a private one. */
final class KeyFormat {
  private static final int RAW_LENGTH = 32;

  /** What comes before the 32 bytes of a public key in its X.509 form. */
  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private KeyFormat() {}

  /**
   * A public key from base64 of its 32 bytes or of its X.509 form.
   *
   * @throws IllegalArgumentException where it is something else; the message ends a sentence
   */
  static PublicKey publicKey(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length == RAW_LENGTH) {
      byte[] encoded = new byte[X509_HEAD.length + RAW_LENGTH];
      System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
      System.arraycopy(bytes, 0, encoded, X509_HEAD.length, RAW_LENGTH);
      bytes = encoded;
    }
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("is not a public Ed25519 key", e);
    }
  }

  /**
   * A public key from a PEM text.
   *
   * @throws IllegalArgumentException where it is something else; the message ends a sentence
   */
  static PublicKey publicPem(String pem) {
    return publicKey(section(pem, "PUBLIC KEY"));
  }

  /**
   * A private key from a PEM text in PKCS #8, not encrypted.
   *
   * @throws IllegalArgumentException where it is something else; the message ends a sentence
   */
  static PrivateKey privatePem(String pem) {
    byte[] bytes = Base64.getDecoder().decode(section(pem, "PRIVATE KEY"));
    try {
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException e) {
      // Without its cause, which might show a part of the key.
      throw new IllegalArgumentException("is not a private Ed25519 key");
    }
  }

  private static String section(String pem, String expected) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("is not PEM");
    }
    if (!matcher.group(1).equals(expected)) {
      throw new IllegalArgumentException(
          "has a %s, expected a %s".formatted(matcher.group(1), expected));
    }
    return matcher.group(2).replaceAll("\\s", "");
  }
}
