/** Benchmark of the profile store within Kafka Streams. */
@NullMarked
package dev.presage.features.state;

import org.jspecify.annotations.NullMarked;
