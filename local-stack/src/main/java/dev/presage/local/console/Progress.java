package dev.presage.local.console;

/** How far something is. */
public interface Progress extends AutoCloseable {

  /** Goes on by some units. */
  void advance(long units);

  /** Stands at a number of units, doing something that a phrase describes. */
  void at(long units, String phrase);

  @Override
  void close();
}
