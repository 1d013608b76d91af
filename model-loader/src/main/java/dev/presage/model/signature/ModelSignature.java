package dev.presage.model.signature;

import dev.presage.schemas.avro.ModelArtefact;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Set;

/**
 * What is signed of an artefact: the ASCII text {@code presage model 1}, a line feed, and the 32
 * bytes of SHA-256 over the {@link CanonicalForm} of the artefact without {@code payload} and
 * {@code signature}. The checksum stands for the payload; every other field is covered, the stage
 * included, so a version is signed again when its stage changes. {@code docs/models.md} has the
 * same in Python.
 */
public final class ModelSignature {
  /** Bytes of a signature. */
  public static final int LENGTH = 64;

  private static final String ALGORITHM = "Ed25519";
  private static final byte[] DOMAIN = "presage model 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> UNSIGNED_FIELDS = Set.of("payload", "signature");

  private ModelSignature() {}

  /** The message that is signed. */
  public static byte[] message(ModelArtefact artefact) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
        CanonicalForm.write(artefact, UNSIGNED_FIELDS, out);
      }
      byte[] hash = digest.digest();
      byte[] message = new byte[DOMAIN.length + hash.length];
      System.arraycopy(DOMAIN, 0, message, 0, DOMAIN.length);
      System.arraycopy(hash, 0, message, DOMAIN.length, hash.length);
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static byte[] sign(byte[] message, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs everything", e);
    }
  }

  static boolean holds(byte[] message, byte[] signed, PublicKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (SignatureException e) {
      return false; // Not the bytes of any signature.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key was checked when it was read", e);
    }
  }
}
