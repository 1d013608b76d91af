package dev.presage.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.presage.schemas.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventMappingFileTest {

  @TempDir Path folder;

  @Test
  void shouldReadTheMappingOfTheSample() {
    EventMapping mapping = EventMappingFile.read(Path.of("demo", "mapping.yaml"));

    assertThat(mapping.columns())
        .containsExactlyInAnyOrder(
            "invoice", "event", "occurred_at", "customer_id", "revenue", "quantity", "country");
  }

  @Test
  void shouldNameEverythingThatIsWrong() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            eventId: {column: id, value: x}
            occurredAt: {column: at, format: "b{}", zone: Mars}
            usrId: {column: user}
            properties:
              revenue: {column: revenue, type: money}
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> EventMappingFile.read(file));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "userId is missing, and so is anonymousId; one of them must be there",
            "eventId.column and value are both there; give one",
            "type is missing",
            "type.column or value is missing",
            "occurredAt.zone is 'Mars'; expected a time zone such as Europe/London",
            "occurredAt.format is 'b{}'; expected iso, epoch-millis, epoch-seconds or a pattern"
                + " such as dd/MM/yyyy HH:mm",
            "properties.revenue.type is 'money'; expected string, double, long or boolean",
            "usrId is not known; did you mean userId?");
  }
}
