package dev.presage.model.btyd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The 2,357 customers of CDNOW that Fader, Hardie and Lee (2005) fitted their model to, with the
 * parameters that they published: 39 weeks to fit, 39 weeks to be foretold.
 */
class CdnowTest {
  private static final Path SAMPLE = Path.of("../../shared/data/cdnow/CDNOW_sample.txt");
  private static final LocalDate CALIBRATED_UNTIL = LocalDate.of(1997, 9, 30);

  private static final double R = 0.243;
  private static final double ALPHA = 4.414;
  private static final double A = 0.793;
  private static final double B = 2.426;
  private static final BgNbd MODEL = new BgNbd(R, ALPHA, A, B);

  private static final List<Customer> CUSTOMERS = new ArrayList<>();

  /** Times are weeks; {@code later} is the number of transactions after the calibration. */
  private record Customer(int frequency, double recency, double age, int later) {}

  /** How many transactions customers of a group made after the calibration. */
  private record Later(double mean, double standardError) {
    static Later of(List<Customer> group) {
      double mean = group.stream().mapToInt(Customer::later).average().orElseThrow();
      double squares =
          group.stream().mapToDouble(customer -> Math.pow(customer.later - mean, 2)).sum();
      return new Later(mean, Math.sqrt(squares) / group.size());
    }
  }

  @BeforeAll
  static void read() throws IOException {
    Path file = sample();
    Map<String, SortedSet<LocalDate>> days = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      List<String> cells = Arrays.asList(line.strip().split("\\s+", -1));
      days.computeIfAbsent(cells.get(0), id -> new TreeSet<>())
          .add(LocalDate.parse(cells.get(2), DateTimeFormatter.BASIC_ISO_DATE));
    }
    days.values().forEach(dates -> CUSTOMERS.add(customer(dates)));
  }

  @Test
  void shouldSeeTheDataAsThePaperDoes() {
    double logLikelihood = CUSTOMERS.stream().mapToDouble(CdnowTest::logLikelihood).sum();

    assertThat(CUSTOMERS).hasSize(2357);
    assertThat(logLikelihood).isCloseTo(-9582.4, within(0.1));
  }

  @Test
  void shouldForetellWhatCustomersBuyAfterwards() {
    double foretold = CUSTOMERS.stream().mapToDouble(CdnowTest::foretold).sum();
    int happened = CUSTOMERS.stream().mapToInt(Customer::later).sum();

    // SciPy's hyp2f1 in the formula of the paper gives 1653.94126.
    assertThat(foretold).isCloseTo(1653.94126, within(1e-5));
    assertThat(happened).isEqualTo(1882);
    for (int frequency = 0; frequency < 7; frequency++) {
      int repeats = frequency;
      List<Customer> group =
          CUSTOMERS.stream().filter(customer -> customer.frequency == repeats).toList();
      double mean = group.stream().mapToDouble(CdnowTest::foretold).average().orElseThrow();
      Later actual = Later.of(group);
      assertThat(mean)
          .as("after %d repeat transactions", frequency)
          .isCloseTo(actual.mean, within(3 * actual.standardError));
    }
  }

  private static double foretold(Customer customer) {
    return MODEL.transactions(customer.frequency, customer.recency, customer.age, 39);
  }

  /** Equation 6 of the paper. */
  private static double logLikelihood(Customer customer) {
    int x = customer.frequency;
    double common =
        Gamma.logGamma(R + x)
            - Gamma.logGamma(R)
            + R * Math.log(ALPHA)
            + Gamma.logGamma(A + B)
            + Gamma.logGamma(B + x)
            - Gamma.logGamma(B)
            - Gamma.logGamma(A + B + x);
    double staying = Math.exp(-(R + x) * Math.log(ALPHA + customer.age));
    double leaving =
        x == 0 ? 0 : A / (B + x - 1) * Math.exp(-(R + x) * Math.log(ALPHA + customer.recency));
    return common + Math.log(staying + leaving);
  }

  private static Customer customer(SortedSet<LocalDate> dates) {
    LocalDate first = dates.first();
    List<LocalDate> known = dates.stream().filter(date -> !date.isAfter(CALIBRATED_UNTIL)).toList();
    return new Customer(
        known.size() - 1,
        weeks(first, known.getLast()),
        weeks(first, CALIBRATED_UNTIL),
        dates.size() - known.size());
  }

  private static double weeks(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to) / 7.0;
  }

  /** Beside the project, or in the folder that the property names. */
  private static Path sample() {
    String shared = System.getProperty("presage.shared");
    Path file = shared == null ? SAMPLE : Path.of(shared, "data", "cdnow", "CDNOW_sample.txt");
    Assumptions.assumeTrue(
        Files.exists(file),
        "skipped: CDNOW's transactions are not at %s; -Dpresage.shared=<folder> says where else"
            .formatted(file.toAbsolutePath().normalize()));
    return file;
  }
}
