package dev.presage.scoring.runtime;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances of the group for profiles. Thread-safe. */
interface OtherInstances {

  /**
   * Asks an instance for a profile that it has itself; it never asks a third one.
   *
   * @throws StoreUnavailableException where it does not answer, or cannot read it now
   */
  Optional<FoundProfile> ask(HostInfo instance, String id);
}
