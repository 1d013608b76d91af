package dev.presage.scoring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ProfilesControllerTest {
  @Test
  void shouldSendTheWholeQuestionToTheInstanceThatHasTheProfile() {
    URI asked = URI.create("/v1/profiles/u%2F1%3Fx%20y/features?asOf=2026-01-01T00:00:00%2B01:00");

    URI there = ProfilesController.at(asked, "other", 8081);

    assertThat(there.getHost()).isEqualTo("other");
    assertThat(there.getPort()).isEqualTo(8081);
    assertThat(there.getRawPath()).isEqualTo(asked.getRawPath());
    assertThat(there.getQuery()).isEqualTo(asked.getQuery());
  }
}
