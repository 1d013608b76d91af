package dev.presage.local.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * So many a second.
 *
 * @param perSecond positive
 */
record Rate(double perSecond) {

  /** Takes {@code 500/s} or {@code 500}. */
  static final class Converter implements ITypeConverter<Rate> {
    private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/s)?");

    @Override
    public Rate convert(String text) {
      Matcher matcher = RATE.matcher(text);
      if (!matcher.matches() || !(Double.parseDouble(matcher.group(1)) > 0)) {
        throw new TypeConversionException("'" + text + "' is not a rate such as 500/s");
      }
      return new Rate(Double.parseDouble(matcher.group(1)));
    }
  }
}
