package dev.presage.model.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.schemas.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as they are configured; these were made by OpenSSL for this test. */
class KeysTest {
  private static final String PRIVATE_PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIFFyMDO9sxKxB6GfG4OGBnE64Jriw2eZxtTxhO/cJ6lg
      -----END PRIVATE KEY-----
      """;
  private static final String X509 = "MCowBQYDK2VwAyEAzrrAQ0fmNhRFlFXW4cE/PQncferhhi8vbn0niHh1cGg=";
  private static final String RAW = "zrrAQ0fmNhRFlFXW4cE/PQncferhhi8vbn0niHh1cGg=";
  private static final String PUBLIC_PEM =
      "-----BEGIN PUBLIC KEY-----\n" + X509 + "\n-----END PUBLIC KEY-----\n";
  private static final String OTHER_RAW = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

  @TempDir Path folder;
  private final Map<String, String> given = new HashMap<>();

  @Test
  void shouldTrustNobodyInParticularByDefault() {
    assertThat(trusted().areRequired()).isFalse();
    assertThat(trusted().count()).isZero();
  }

  @Test
  void shouldReadKeysInEveryForm() throws IOException {
    Path pem = Files.writeString(folder.resolve("public.pem"), PUBLIC_PEM);
    Path key = Files.writeString(folder.resolve("private.pem"), PRIVATE_PEM);
    SigningKey signing = SigningKey.ofFile(key);

    for (String form : new String[] {RAW, X509, pem.toString(), OTHER_RAW + ", " + RAW}) {
      given.put(TrustedKeys.KEY, form);
      TrustedKeys trusted = trusted();

      assertThat(trusted.areRequired()).isTrue();
      assertThat(signing.isOneOf(trusted)).as(form).isTrue();
    }
    given.put(TrustedKeys.KEY, OTHER_RAW);
    assertThat(signing.isOneOf(trusted())).isFalse();
  }

  @Test
  void shouldNameEveryKeyThatIsNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    Path secret = Files.writeString(folder.resolve("private.pem"), PRIVATE_PEM);
    given.put(TrustedKeys.KEY, "nowhere.pem," + text + "," + secret + "," + RAW);
    SettingsReader reader = new SettingsReader("presage.", given);
    TrustedKeys.read(reader);

    assertThat(problems(reader))
        .containsExactly(
            problem("nowhere.pem", "cannot be read"),
            problem(text.toString(), "is not PEM"),
            problem(secret.toString(), "has a PRIVATE KEY, expected a PUBLIC KEY"));
  }

  @Test
  void shouldReadASigningKeyAndNeverShowIt() throws IOException {
    Path key = Files.writeString(folder.resolve("private.pem"), PRIVATE_PEM);
    given.put(SigningKey.KEY, key.toString());
    given.put(TrustedKeys.KEY, RAW);
    SettingsReader reader = new SettingsReader("presage.", given);

    Optional<SigningKey> signing = SigningKey.read(reader, TrustedKeys.read(reader));
    reader.finish();

    assertThat(signing).isPresent();
    assertThat(signing.get()).hasToString("SigningKey[not shown]");
  }

  @Test
  void shouldRefuseASigningKeyThatIsNotTrusted() throws IOException {
    Path key = Files.writeString(folder.resolve("private.pem"), PRIVATE_PEM);
    given.put(SigningKey.KEY, key.toString());
    given.put(TrustedKeys.KEY, OTHER_RAW);
    SettingsReader reader = new SettingsReader("presage.", given);
    SigningKey.read(reader, TrustedKeys.read(reader));

    assertThat(problems(reader))
        .containsExactly(
            "presage.models.signing-key belongs to none of presage.models.trusted-keys, so what it"
                + " signs would be refused; add its public key there");
  }

  @Test
  void shouldNotShowWhatIsInAFileThatIsNoSigningKey() throws IOException {
    String broken = PRIVATE_PEM.replace("MC4CAQ", "MC4CAR");
    Path key = Files.writeString(folder.resolve("broken.pem"), broken);
    given.put(SigningKey.KEY, key.toString());
    SettingsReader reader = new SettingsReader("presage.", given);
    SigningKey.read(reader, TrustedKeys.NONE);

    assertThat(problems(reader))
        .singleElement()
        .asString()
        .startsWith("presage.models.signing-key: '" + key + "' is not a private Ed25519 key;")
        .doesNotContain(broken.lines().toList().get(1));
  }

  private TrustedKeys trusted() {
    SettingsReader reader = new SettingsReader("presage.", given);
    TrustedKeys trusted = TrustedKeys.read(reader);
    reader.finish();
    return trusted;
  }

  private static Iterable<String> problems(SettingsReader reader) {
    return catchThrowableOfType(InvalidSettingsException.class, reader::finish).problems();
  }

  private static String problem(String item, String what) {
    return "presage.models.trusted-keys: '%s' %s; expected base64 of a public Ed25519 key, or a PEM file with one"
        .formatted(item, what);
  }
}
