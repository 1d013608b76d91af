package dev.presage.local.play;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other. */
interface LineSource extends Closeable {

  /**
   * The next line; null at the end.
   *
   * @throws BadLineException when the line is broken; the next call goes on behind it
   */
  @Nullable SourceLine next() throws IOException, BadLineException;

  /** Fails where a column is not there, if the file says which there are. */
  default void requireColumns(Set<String> columns) {}
}
