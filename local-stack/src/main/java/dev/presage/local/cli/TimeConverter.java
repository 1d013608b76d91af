package dev.presage.local.cli;

import dev.presage.local.play.TimeFormat;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes ISO 8601, a date alone included. */
final class TimeConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return TimeFormat.iso().parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 2011-09-01 or 2011-09-01T08:30:00Z");
    }
  }
}
