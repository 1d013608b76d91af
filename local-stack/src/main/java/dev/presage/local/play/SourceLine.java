package dev.presage.local.play;

import java.util.Map;

/**
 * A line of a file.
 *
 * @param number its number in the file, from 1; of the first line where it spans several
 * @param fields values by column or field name; what is empty is left out
 */
record SourceLine(long number, Map<String, String> fields) {}
