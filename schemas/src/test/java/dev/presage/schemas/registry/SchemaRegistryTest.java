package dev.presage.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    server.answer(404, "{}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("ID 3")
        .hasMessageContaining(server.url().getAuthority());
  }

  @Test
  void shouldRefuseSchemasThatAreNotAvro() {
    server.answer(200, "{\"schema\": \"syntax\", \"schemaType\": \"PROTOBUF\"}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).byId(3))
        .isInstanceOf(UnreadableSchemaException.class)
        .hasMessageContaining("PROTOBUF");
  }

  @Test
  void shouldSayThatASchemaIsIncompatible() {
    server.answer(409, "{\"message\": \"reader field missing\"}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).register("events-value", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("events-value")
        .hasMessageContaining("reader field missing");
  }

  @Test
  void shouldTreatASubjectWithoutVersionsAsCompatible() {
    server.answer(404, "{}");

    assertThat(SchemaRegistry.connect(config()).isCompatible("events-value", SCHEMA)).isTrue();
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
        .hasMessageContaining("broken");
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
        .hasMessageContaining("tried 2 times");
  }

  @Test
  void shouldSendCredentials() {
    server.answer(200, "{\"id\": 7}");
    SchemaRegistry.connect(config().with(Credentials.basic("ann", "secret")))
        .register("a-value", SCHEMA);
    SchemaRegistry.connect(config().with(Credentials.bearer("token"))).register("a-value", SCHEMA);

    assertThat(server.authorizations()).containsExactly("Basic YW5uOnNlY3JldA==", "Bearer token");
  }

  @Test
  void shouldSayThatCredentialsAreRefused() {
    server.answer(401, "{}");

    assertThatThrownBy(() -> SchemaRegistry.connect(config()).register("events-value", SCHEMA))
        .hasMessageContaining("401")
        .hasMessageContaining("check the credentials");
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

  private RegistryConfig config() {
    return RegistryConfig.of(server.url());
  }
}
