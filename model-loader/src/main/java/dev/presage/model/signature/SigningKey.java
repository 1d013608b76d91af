package dev.presage.model.signature;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.settings.SettingsReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;

/** A private Ed25519 key, which signs artefacts. Never shown. */
public final class SigningKey {
  /** The setting, without its prefix. */
  public static final String KEY = "models.signing-key";

  private static final byte[] PROBE = "presage probe\n".getBytes(StandardCharsets.US_ASCII);

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /** Signs with this key, which is Ed25519's. */
  public static SigningKey of(PrivateKey key) {
    return new SigningKey(key);
  }

  /**
   * Reads a PEM file with a private key in PKCS #8, as {@code openssl genpkey -algorithm ed25519}
   * writes it.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it is something else; the message ends a sentence that
   *     begins with the file, and never shows what is in it
   */
  public static SigningKey ofFile(Path file) throws IOException {
    return new SigningKey(KeyFormat.privatePem(Files.readString(file)));
  }

  /**
   * Reads {@code models.signing-key}: a PEM file. Problems stay with the reader.
   *
   * @param trusted the keys that models are checked with here; where there are any, this one must
   *     belong to one of them
   */
  public static Optional<SigningKey> read(SettingsReader reader, TrustedKeys trusted) {
    Optional<String> file = reader.optional(KEY);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      SigningKey key = ofFile(Path.of(file.get()));
      if (trusted.areRequired() && !key.isOneOf(trusted)) {
        reader.problem(
            "%s belongs to none of %s, so what it signs would be refused; add its public key there"
                .formatted(reader.named(KEY), reader.named(TrustedKeys.KEY)));
      }
      return Optional.of(key);
    } catch (IOException | InvalidPathException e) {
      reader.problem(
          "%s is '%s', which cannot be read; expected a PEM file"
              .formatted(reader.named(KEY), file.get()));
    } catch (IllegalArgumentException e) {
      reader.problem(
          "%s: '%s' %s; expected a PEM file with an unencrypted private Ed25519 key, as openssl genpkey -algorithm ed25519 writes it"
              .formatted(reader.named(KEY), file.get(), e.getMessage()));
    }
    return Optional.empty();
  }

  /** The artefact with a signature over all of it; the one that it had is replaced. */
  public ModelArtefact sign(ModelArtefact artefact) {
    return ModelArtefact.newBuilder(artefact)
        .setSignature(ByteBuffer.wrap(ModelSignature.sign(ModelSignature.message(artefact), key)))
        .build();
  }

  boolean isOneOf(TrustedKeys trusted) {
    return trusted.holds(PROBE, ModelSignature.sign(PROBE, key));
  }

  @Override
  public String toString() {
    return "SigningKey[not shown]";
  }
}
