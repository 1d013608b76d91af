package dev.presage.retrain.live;

/** Where trait updates were published. */
public interface PublishedTraits {
  /** All updates of a trait that there are now. */
  PublishedValues of(String trait);
}
