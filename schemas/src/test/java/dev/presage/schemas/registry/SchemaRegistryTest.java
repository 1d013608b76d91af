package dev.presage.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
  private static final Schema SCHEMA = Event.getClassSchema();

  @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
  private FakeRegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeRegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldRegisterOnceAndRemember() {
    server.answer(200, "{\"id\": 7}");
    SchemaRegistry registry = SchemaRegistry.connect(config());

    assertThat(registry.register("events-value", SCHEMA)).isEqualTo(7);
    assertThat(registry.register("events-value", SCHEMA)).isEqualTo(7);

    assertThat(server.requests())
        .containsExactly("POST /apis/ccompat/v7/subjects/events-value/versions");
  }

  @Test
  void shouldLookUpASchemaOnce() {
    server.answer(200, "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}");
    SchemaRegistry registry = SchemaRegistry.connect(config());

    assertThat(registry.byId(3)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(registry.byId(3)).isEqualTo(Schema.create(Schema.Type.STRING));

    assertThat(server.requests()).containsExactly("GET /apis/ccompat/v7/schemas/ids/3");
  }

  @Test
  void shouldSayThatAnIdIsUnknown() {
    server.answer(404, "{\"error_code\": 40403, \"message\": \"No content\"}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("ID 3")
        .hasMessageContaining(server.url().getAuthority())
        .satisfies(notRetriable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html>nothing here</html>", "", "{\"error_code\": 404}"})
  void shouldNotTakeAWrongAddressForAnUnknownId(String body) {
    server.answer(404, body);

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining(server.url().getAuthority())
        .hasMessageContaining("check the address")
        .satisfies(notRetriable());
  }

  @Test
  void shouldRefuseSchemasThatAreNotAvro() {
    server.answer(200, "{\"schema\": \"syntax\", \"schemaType\": \"PROTOBUF\"}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .isInstanceOf(UnreadableSchemaException.class)
        .hasMessageContaining("PROTOBUF")
        .satisfies(notRetriable());
  }

  @Test
  void shouldSayThatASchemaIsIncompatible() {
    server.answer(409, "{\"message\": \"reader field missing\"}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).register("events-value", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("events-value")
        .hasMessageContaining("reader field missing")
        .satisfies(notRetriable());
  }

  @Test
  void shouldTreatASubjectWithoutVersionsAsCompatible() {
    server.answer(404, "{\"error_code\": 40401}").answer(404, "{\"error_code\": 40402}");
    SchemaRegistry registry = SchemaRegistry.connect(config());

    assertThat(registry.isCompatible("events-value", SCHEMA)).isTrue();
    assertThat(registry.isCompatible("events-value", SCHEMA)).isTrue();
  }

  @Test
  void shouldNotTakeAWrongAddressForACompatibleSchema() {
    server.answer(404, "{}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).isCompatible("events-value", SCHEMA))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining("check the address");
  }

  @Test
  void shouldPassOnTheRegistrysVerdict() {
    server.answer(200, "{\"is_compatible\": false}");

    assertThat(SchemaRegistry.connect(config()).isCompatible("events-value", SCHEMA)).isFalse();
  }

  @Test
  void shouldTryAgainAfterServerErrors() {
    server.answer(503, "busy").answer(503, "busy").answer(200, "{\"id\": 7}");

    assertThat(SchemaRegistry.connect(config()).register("events-value", SCHEMA)).isEqualTo(7);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void shouldGiveUpAtTheLimit() {
    server.answer(500, "broken");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).register("other-value", SCHEMA))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("status 500")
        .hasMessageContaining("broken")
        .satisfies(retriable());
    assertThat(server.requests()).hasSize(config().attempts());
  }

  @Test
  void shouldNameTheAddressOfARegistryThatIsDown() {
    URI nowhere = server.url();
    server.close();

    assertThatThrownBy(
            () ->
                SchemaRegistry.connect(
                        new RegistryConfig(nowhere, Credentials.none(), Duration.ofSeconds(1), 2))
                    .register("events-value", SCHEMA))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(nowhere.getAuthority())
        .hasMessageContaining("tried 2 times")
        .satisfies(retriable());
  }

  @Test
  void shouldSayThatAnOverloadedRegistryMayAnswerLater() {
    server.answer(429, "slow down");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .hasMessageContaining("status 429")
        .satisfies(retriable());
  }

  @Test
  void shouldSendCredentials() {
    server.answer(200, "{\"id\": 7}");
    SchemaRegistry.connect(config().with(Credentials.basic("ann", "secret")))
        .register("a-value", SCHEMA);
    SchemaRegistry.connect(config().with(Credentials.bearer("token"))).register("a-value", SCHEMA);

    assertThat(server.authorizations()).containsExactly("Basic YW5uOnNlY3JldA==", "Bearer token");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldSayThatCredentialsAreRefused(int status) {
    server.answer(status, "{}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).register("events-value", SCHEMA))
        .hasMessageContaining(Integer.toString(status))
        .hasMessageContaining("check the credentials")
        .satisfies(notRetriable());
  }

  @Test
  void shouldNeverShowSecrets() {
    assertThat(config().with(Credentials.basic("ann", "secret")).toString())
        .doesNotContain("secret");
    assertThat(config().with(Credentials.bearer("secret")).toString()).doesNotContain("secret");
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("http://ann:secret@127.0.0.1/")))
        .satisfies(it -> assertThat(it.getMessage()).doesNotContain("secret"));
  }

  @Test
  void shouldRefuseAddressesThatAreNotHttp() {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("localhost:8081")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("localhost:8081");
  }

  private static ThrowingConsumer<Throwable> retriable() {
    return it -> assertThat(it).matches(thrown -> ((RegistryException) thrown).isRetriable());
  }

  private static ThrowingConsumer<Throwable> notRetriable() {
    return it -> assertThat(it).matches(thrown -> !((RegistryException) thrown).isRetriable());
  }

  private RegistryConfig config() {
    return RegistryConfig.of(server.url());
  }
}
