package dev.presage.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.registry.IncompatibleSchemaException;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.registry.UnknownSchemaException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the client to the answers of a real registry. */
class RegistryAnswersIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void shouldSayThatAnIdIsUnknown() {
    assertThatThrownBy(() -> registry("").byId(987_654))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("987654");
  }

  @Test
  void shouldTreatASubjectWithoutVersionsAsCompatible() {
    assertThat(registry("").isCompatible("nothing-value", Event.getClassSchema())).isTrue();
  }

  @Test
  void shouldSayThatASchemaIsIncompatible() throws Exception {
    SchemaRegistry registry = registry("");
    registry.register("taken-value", Event.getClassSchema());
    requireCompatibility("taken-value");

    assertThat(registry.isCompatible("taken-value", IdentityLink.getClassSchema())).isFalse();
    assertThatThrownBy(() -> registry.register("taken-value", IdentityLink.getClassSchema()))
        .isInstanceOf(IncompatibleSchemaException.class);
  }

  @Test
  void shouldSayThatTheAddressIsWrong() {
    SchemaRegistry wrong = registry("/nowhere");

    assertThatThrownBy(() -> wrong.byId(1))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining("check the address");
    assertThatThrownBy(() -> wrong.isCompatible("nothing-value", Event.getClassSchema()))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining("check the address");
  }

  private static void requireCompatibility(String subject) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address("/config/" + subject))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\": \"FULL_TRANSITIVE\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static SchemaRegistry registry(String path) {
    return SchemaRegistry.connect(RegistryConfig.of(address(path)));
  }

  private static URI address(String path) {
    return URI.create(stack.registryUrl().toString().replaceAll("/+$", "") + path);
  }
}
