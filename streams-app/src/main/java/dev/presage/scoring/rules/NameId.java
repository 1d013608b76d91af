package dev.presage.scoring.rules;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Short stand-in for a name in the state of profiles, where names would cost more than values. Two
 * names of one sort with the same ID are refused when they are defined.
 */
public final class NameId {
  /** Stands for no name. */
  public static final int NONE = 0;

  private NameId() {}

  /** CRC-32C of the name in UTF-8; 1 where that is {@link #NONE}. */
  public static int of(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    int id = (int) crc.getValue();
    return id == NONE ? 1 : id;
  }
}
