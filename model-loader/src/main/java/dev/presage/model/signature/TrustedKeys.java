package dev.presage.model.signature;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.settings.SettingsReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The public keys of those whose models are served. Where there is none, models need no signature
 * and the one that they have is not looked at. Immutable.
 */
public final class TrustedKeys {
  /** Trusts whoever may write to the topic of models. */
  public static final TrustedKeys NONE = new TrustedKeys(List.of());

  /** The setting, without its prefix. */
  public static final String KEY = "models.trusted-keys";

  /** Base64 of a key has 44 or 60 characters. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{59}=");

  private final List<PublicKey> keys;

  private TrustedKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Trusts these keys, which are Ed25519's. */
  public static TrustedKeys of(List<PublicKey> keys) {
    return new TrustedKeys(keys);
  }

  /**
   * Reads {@code models.trusted-keys}: separated by commas, base64 of public keys (their 32 bytes
   * or their X.509 form) or PEM files. Problems stay with the reader.
   */
  public static TrustedKeys read(SettingsReader reader) {
    List<PublicKey> keys = new ArrayList<>();
    for (String item : reader.list(KEY)) {
      try {
        keys.add(BASE64.matcher(item).matches() ? KeyFormat.publicKey(item) : ofFile(item));
      } catch (IOException | IllegalArgumentException e) {
        reader.problem(
            "%s: '%s' %s; expected base64 of a public Ed25519 key, or a PEM file with one"
                .formatted(
                    reader.named(KEY),
                    item,
                    e instanceof IOException || e instanceof InvalidPathException
                        ? "cannot be read"
                        : e.getMessage()));
      }
    }
    return new TrustedKeys(keys);
  }

  /** Whether models need a signature. */
  public boolean areRequired() {
    return !keys.isEmpty();
  }

  /** Number of keys. */
  public int count() {
    return keys.size();
  }

  /** Whether one of the keys signed this artefact, as it is. */
  public boolean trust(ModelArtefact artefact) {
    ByteBuffer given = artefact.getSignature();
    if (given == null || given.remaining() != ModelSignature.LENGTH) {
      return false;
    }
    byte[] signature = new byte[ModelSignature.LENGTH];
    given.duplicate().get(signature);
    return holds(ModelSignature.message(artefact), signature);
  }

  boolean holds(byte[] message, byte[] signature) {
    for (PublicKey key : keys) {
      if (ModelSignature.holds(message, signature, key)) {
        return true;
      }
    }
    return false;
  }

  private static PublicKey ofFile(String path) throws IOException {
    return KeyFormat.publicPem(Files.readString(Path.of(path)));
  }
}
