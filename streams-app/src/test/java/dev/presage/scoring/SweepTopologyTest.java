package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.BackgroundWork.ClockMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Point 8 of the semantics, emission: what a new model does for those who send nothing. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class SweepTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final int USERS = 300;

  @TempDir private Path folder;
  private ScoringDriver driver;
  private TestOutputTopic<String, TraitUpdate> updates;

  @BeforeEach
  void start() {
    open(ScoringDriver.PATIENT);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void open(BackgroundWork background) {
    driver = new ScoringDriver(folder.resolve("state"), background);
    updates = driver.output(driver.topics().traitUpdates(), TraitUpdate.class);
    driver.define(TRAIT);
    for (int user = 0; user < USERS; user++) {
      driver.order("user-" + user, START);
    }
  }

  @Test
  void shouldScoreEveryProfileOnceAfterASwap() {
    driver.settle();
    assertThat(updates.isEmpty()).isTrue();

    driver.serve(TRAIT, "v1", 1);
    do {
      driver.settle();
    } while (!driver.progress().isSwept());

    List<TraitUpdate> sent = updates.readValuesToList();
    assertThat(sent).extracting(TraitUpdate::getCanonicalId).doesNotHaveDuplicates().hasSize(USERS);
    assertThat(sent).extracting(TraitUpdate::getCause).containsOnly(Cause.MODEL);
    assertThat(sent).extracting(TraitUpdate::getAsOf).containsOnly(START);
    assertThat(driver.progress().isSwept()).isTrue();
    assertThat(driver.progress().swept()).isEqualTo(USERS);

    driver.settle();
    assertThat(updates.isEmpty()).as("it does not go round again").isTrue();
  }

  @Test
  void shouldKeepToItsBudgetAndGoOnWhereItStopped() {
    driver.close();
    open(new BackgroundWork(ClockMode.WALL, Duration.ofMinutes(1), Duration.ofMillis(100), 1e-4));
    driver.serve(TRAIT, "v1", 1);

    int turns = 0;
    while (!driver.progress().isSwept()) {
      driver.settle();
      turns++;
    }

    assertThat(turns).as("10 microseconds a turn").isGreaterThan(1);
    assertThat(updates.readValuesToList())
        .extracting(TraitUpdate::getCanonicalId)
        .doesNotHaveDuplicates()
        .hasSize(USERS);
  }
}
