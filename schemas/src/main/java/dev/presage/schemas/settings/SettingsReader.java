package dev.presage.schemas.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed settings from a map of strings and collects every problem, so that a wrong
 * configuration is mended in one go. Call a method a setting, then {@link #finish()}; values that
 * are returned before are not to be used when it throws. Used by one thread.
 */
public final class SettingsReader {
  private static final String CONFIG = "config";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  private final String prefix;
  private final Map<String, String> given;
  private final Map<String, String> environment;
  private final Collection<String> known = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Reads what a process was given: system properties that begin with the prefix, environment
   * variables ({@code PRESAGE_KAFKA_BOOTSTRAP_SERVERS} for {@code
   * presage.kafka.bootstrap-servers}), and the YAML file that the setting {@code config} names; the
   * first of these that has a key counts.
   *
   * @throws InvalidSettingsException when the file cannot be read
   */
  public static SettingsReader ofProcess(
      String prefix, Properties system, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    system.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> given.put(name.substring(prefix.length()), system.getProperty(name)));
    String file = given.remove(CONFIG);
    if (file == null) {
      file = environment.get(environmentName(prefix + CONFIG));
    }
    if (file != null) {
      YamlSettings.read(Path.of(file), prefix)
          .forEach(
              (key, value) -> {
                if (!environment.containsKey(environmentName(prefix + key))) {
                  given.putIfAbsent(key, value);
                }
              });
    }
    return new SettingsReader(prefix, given, environment);
  }

  /**
   * Reads from a map.
   *
   * @param prefix put before the keys in messages, for example {@code presage.}
   * @param given what was configured, by key without the prefix
   */
  public SettingsReader(String prefix, Map<String, String> given) {
    this(prefix, given, Map.of());
  }

  private SettingsReader(
      String prefix, Map<String, String> given, Map<String, String> environment) {
    this.prefix = prefix;
    this.given = Map.copyOf(given);
    this.environment = Map.copyOf(environment);
  }

  /** A text that must be given. */
  public String required(String key) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      problems.add(prefix + key + " is missing; it has no default");
    }
    return value.orElse("");
  }

  /** A text, or nothing. A blank one counts as nothing. */
  public Optional<String> optional(String key) {
    return unstripped(key).map(String::strip).filter(it -> !it.isEmpty());
  }

  /**
   * A secret, or nothing: every character of it as it was given, white space included. No problem
   * ever shows it.
   */
  public Optional<String> secret(String key) {
    return unstripped(key).filter(it -> !it.isEmpty());
  }

  /** A text with a default. */
  public String string(String key, String otherwise) {
    return optional(key).orElse(otherwise);
  }

  /** Texts separated by commas, as a YAML list arrives too; blank ones are left out. */
  public List<String> list(String key) {
    return optional(key).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /** A key as people give it, for a {@link #problem}. */
  public String named(String key) {
    return prefix + key;
  }

  /**
   * Every setting below a key, by the rest of its key: passed on to somebody who knows them, as it
   * was given. An environment variable's rest is taken in lower case with dots for underscores, so
   * {@code PRESAGE_KAFKA_CLIENT_SASL_JAAS_CONFIG} is {@code sasl.jaas.config} of the group {@code
   * kafka.client}.
   */
  public Map<String, String> group(String key) {
    Map<String, String> group = new TreeMap<>();
    String variables = environmentName(prefix + key + ".");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(variables) && name.length() > variables.length()) {
            String rest = name.substring(variables.length());
            group.put(rest.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    given.forEach(
        (name, value) -> {
          if (name.startsWith(key + ".")) {
            known.add(name);
            group.put(name.substring(key.length() + 1), value);
          }
        });
    return group;
  }

  /**
   * The names that stand between a key and one of the settings below it, in order: {@code item}
   * where {@code entities.item.key-property} is given. Read the settings of each name afterwards.
   *
   * @param settings what there is to be set of each name; an environment variable is taken for one
   *     of these alone, and its name in lower case
   */
  public List<String> names(String key, Collection<String> settings) {
    Collection<String> names = new TreeSet<>();
    for (String name : given.keySet()) {
      if (name.startsWith(key + ".")) {
        String rest = name.substring(key.length() + 1);
        int end = rest.indexOf('.');
        names.add(end < 0 ? rest : rest.substring(0, end));
      }
    }
    String begin = environmentName(prefix + key + ".");
    for (String variable : environment.keySet()) {
      for (String setting : settings) {
        String end = environmentName("." + setting);
        if (variable.startsWith(begin)
            && variable.endsWith(end)
            && variable.length() > begin.length() + end.length()) {
          names.add(
              variable
                  .substring(begin.length(), variable.length() - end.length())
                  .toLowerCase(Locale.ROOT));
        }
      }
    }
    return List.copyOf(names);
  }

  /** An integer in [least, most]. */
  public int integer(String key, int otherwise, int least, int most) {
    return parsed(
        key,
        otherwise,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        "a whole number from " + least + " to " + most);
  }

  /** {@code true} or {@code false}, in any case. */
  public boolean bool(String key, boolean otherwise) {
    return parsed(
        key,
        otherwise,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither");
            },
        "true or false");
  }

  /**
   * A duration of at least {@code least}: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h},
   * {@code 7d} or ISO 8601.
   */
  public Duration duration(String key, Duration otherwise, Duration least) {
    return parsed(
        key,
        otherwise,
        text -> {
          Duration value = duration(text);
          if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("too short");
          }
          return value;
        },
        "a duration such as 500ms, 10s, 5m, 24h or 7d, at least " + least);
  }

  /**
   * Durations that grow, separated by commas, as {@link #duration} takes them; {@code none} for
   * none.
   */
  public List<Duration> growingDurations(String key, List<Duration> otherwise, Duration least) {
    return parsed(
        key,
        otherwise,
        text -> {
          List<Duration> values = new ArrayList<>();
          if (!text.strip().equals("none")) {
            for (String part : text.split(",", -1)) {
              Duration value = duration(part.strip());
              Duration floor = values.isEmpty() ? least : values.getLast().plusMillis(1);
              if (value.compareTo(floor) < 0) {
                throw new IllegalArgumentException("not growing");
              }
              values.add(value);
            }
          }
          return List.copyOf(values);
        },
        "durations such as 1d,3d,7d, each longer than the one before, the first at least "
            + least
            + ", or none");
  }

  /** A number in (0, 1]. */
  public double share(String key, double otherwise) {
    return parsed(
        key,
        otherwise,
        text -> {
          double value = Double.parseDouble(text);
          if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        "a number above 0, at most 1");
  }

  /** One of the constants of an enum, in any case, hyphens for underscores. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return parsed(
        key,
        otherwise,
        text -> {
          int index = names.indexOf(text.toLowerCase(Locale.ROOT).replace('-', '_'));
          if (index < 0) {
            throw new IllegalArgumentException("unknown");
          }
          return constants[index];
        },
        "one of " + String.join(", ", names));
  }

  /** An HTTP address that must be given and must not carry a user or password. */
  public URI requiredHttpAddress(String key) {
    URI nothing = URI.create("http://missing");
    if (required(key).isEmpty()) {
      return nothing;
    }
    return parsed(
        key,
        nothing,
        text -> {
          URI uri = URI.create(text);
          if (uri.getHost() == null
              || uri.getRawUserInfo() != null
              || uri.getPort() > 65_535
              || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException("not HTTP");
          }
          return uri;
        },
        "an address such as http://host:port/path, without a user or password");
  }

  /** A file that must be given and be there. */
  public Path requiredFile(String key) {
    Path nothing = Path.of("");
    if (required(key).isEmpty()) {
      return nothing;
    }
    return parsed(
        key,
        nothing,
        text -> {
          Path path = Path.of(text);
          if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("not readable");
          }
          return path;
        },
        "a file that can be read");
  }

  /** Adds a problem that the caller found, a sentence that names the key. */
  public void problem(String sentence) {
    problems.add(sentence);
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidSettingsException with every problem, unknown keys included
   */
  public void finish() {
    for (String key : new TreeSet<>(given.keySet())) {
      if (!known.contains(key)) {
        problems.add(
            prefix + key + " is not a setting" + Suggestion.of(key, known, it -> prefix + it));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  private <T> T parsed(String key, T otherwise, Function<String, T> parser, String expected) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return parser.apply(text.get());
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      problems.add(prefix + key + " is " + shown(text.get()) + "; expected " + expected);
      return otherwise;
    }
  }

  private Optional<String> unstripped(String key) {
    known.add(key);
    String value = given.get(key);
    if (value == null) {
      value = environment.get(environmentName(prefix + key));
    }
    return Optional.ofNullable(value);
  }

  /** Before an at sign there may be a password, wherever the value was meant to go. */
  private static String shown(String value) {
    return value.contains("@") ? "not shown, as it may hold a password" : "'" + value + "'";
  }

  private static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Duration.parse(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
