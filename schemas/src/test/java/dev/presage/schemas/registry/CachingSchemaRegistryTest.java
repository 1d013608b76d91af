package dev.presage.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CachingSchemaRegistryTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger lookups = new AtomicInteger();
  private final InMemorySchemaRegistry source = new InMemorySchemaRegistry();
  private final SchemaRegistry registry = new CachingSchemaRegistry(counting(), nanos::get);

  @Test
  void shouldRememberForAWhileThatAnIdIsUnknown() {
    askForUnknown(1);
    nanos.addAndGet(UnknownIds.LIFETIME.toNanos() - 1);
    askForUnknown(1);
    assertThat(lookups).hasValue(1);

    nanos.incrementAndGet();
    askForUnknown(1);
    assertThat(lookups).hasValue(2);
  }

  @Test
  void shouldFindAnIdThatWasRegisteredMeanwhile() {
    askForUnknown(1);
    source.register("events-value", Event.getClassSchema());
    nanos.addAndGet(UnknownIds.LIFETIME.toNanos());

    assertThat(registry.byId(1)).isEqualTo(Event.getClassSchema());
  }

  @Test
  void shouldForgetTheOldestUnknownIdWhenThereAreTooMany() {
    for (int id = 1; id <= UnknownIds.LARGEST_SIZE + 1; id++) {
      askForUnknown(id);
    }
    lookups.set(0);

    askForUnknown(2);
    assertThat(lookups).hasValue(0);
    askForUnknown(1);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void shouldNotRememberThatTheRegistryWasNotThere() {
    SchemaRegistry absent =
        new CachingSchemaRegistry(
            new SchemaRegistry() {
              @Override
              public int register(String subject, Schema schema) {
                throw new RegistryException("absent", null, true);
              }

              @Override
              public Schema byId(int id) {
                lookups.incrementAndGet();
                throw new RegistryException("absent", null, true);
              }

              @Override
              public boolean isCompatible(String subject, Schema schema) {
                throw new RegistryException("absent", null, true);
              }
            });

    assertThatThrownBy(() -> absent.byId(1)).isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> absent.byId(1)).isInstanceOf(RegistryException.class);
    assertThat(lookups).hasValue(2);
  }

  private void askForUnknown(int id) {
    assertThatThrownBy(() -> registry.byId(id)).isInstanceOf(UnknownSchemaException.class);
  }

  private SchemaRegistry counting() {
    return new SchemaRegistry() {
      @Override
      public int register(String subject, Schema schema) {
        return source.register(subject, schema);
      }

      @Override
      public Schema byId(int id) {
        lookups.incrementAndGet();
        return source.byId(id);
      }

      @Override
      public boolean isCompatible(String subject, Schema schema) {
        return source.isCompatible(subject, schema);
      }
    };
  }
}
