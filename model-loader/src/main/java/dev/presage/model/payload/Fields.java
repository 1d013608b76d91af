package dev.presage.model.payload;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An object of a payload in our own JSON, read strictly: a member that nobody knows, a number that
 * is not finite and a feature that the schema has not are refused.
 */
public final class Fields {
  /** The only version of the format that there is. */
  private static final double FORMAT = 1;

  private final Node node;
  private final FeaturePositions features;

  public Fields(Node node, FeaturePositions features) {
    this.node = node;
    this.features = features;
  }

  /** The feature schema that the model is read for. */
  public FeaturePositions features() {
    return features;
  }

  /** This object as it was read. */
  public Node node() {
    return node;
  }

  /**
   * Checks that this object has no members but these and, where it is a model, {@code kind} and
   * {@code format}.
   */
  public Fields allow(String... names) throws UnreadableDocumentException {
    Set<String> unknown = new TreeSet<>(node.names());
    Arrays.asList(names).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new UnreadableDocumentException(
          "%s has the unknown member %s; there can be %s"
              .formatted(node.path(), unknown.iterator().next(), String.join(", ", names)));
    }
    return this;
  }

  /** Checks that the model is of the format that is known here. */
  public void checkFormat() throws UnreadableDocumentException, ModelRefusedException {
    double format = number("format");
    if (format != FORMAT) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          "%s has the format %s, known here is 1; upgrade the streams application"
              .formatted(node.path(), format));
    }
  }

  public boolean has(String name) throws UnreadableDocumentException {
    return node.find(name) != null;
  }

  public String text(String name) throws UnreadableDocumentException {
    return node.get(name).text();
  }

  /** A finite number. */
  public double number(String name) throws UnreadableDocumentException {
    return finite(node.get(name));
  }

  /** A finite number, {@code otherwise} where it is not given. */
  public double number(String name, double otherwise) throws UnreadableDocumentException {
    Node member = node.find(name);
    return member == null ? otherwise : finite(member);
  }

  /** A finite number greater than {@code bound}. */
  public double numberAbove(double bound, String name) throws UnreadableDocumentException {
    double value = number(name);
    if (value <= bound) {
      throw problem(name, "is " + value + ", but must be greater than " + bound);
    }
    return value;
  }

  /** {@code true} or {@code false}, {@code otherwise} where it is not given. */
  public boolean flag(String name, boolean otherwise) throws UnreadableDocumentException {
    double value = number(name, otherwise ? 1 : 0);
    if (value != 0 && value != 1) {
      throw problem(name, "is " + value + " where true or false is expected");
    }
    return value == 1;
  }

  /** Finite numbers. */
  public double[] numbers(String name) throws UnreadableDocumentException {
    Node array = node.get(name);
    if (array.isEmptyArray()) {
      return new double[0];
    }
    Numbers numbers = array.numbers();
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
      if (!Double.isFinite(values[i])) {
        throw problem(name, "has element " + i + " " + values[i] + ", which is no finite number");
      }
    }
    return values;
  }

  /** One of the constants of an enum, written in lower case. */
  public <E extends Enum<E>> E choice(String name, Class<E> type)
      throws UnreadableDocumentException {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(Fields::written)
            .collect(Collectors.joining(", "));
    throw problem(name, "is \"" + shortened(text) + "\", but must be one of " + known);
  }

  /** Position in the vector of the feature whose name is given. */
  public int feature(String name) throws UnreadableDocumentException, ModelRefusedException {
    return features.of(text(name));
  }

  public Fields object(String name) throws UnreadableDocumentException {
    return new Fields(node.get(name), features);
  }

  public @Nullable Fields findObject(String name) throws UnreadableDocumentException {
    Node member = node.find(name);
    return member == null ? null : new Fields(member, features);
  }

  /** One to {@code most} objects. */
  public List<Fields> objects(String name, int most) throws UnreadableDocumentException {
    Node array = node.get(name);
    if (array.size() == 0 || array.size() > most) {
      throw problem(name, "has " + array.size() + " elements, but must have 1 to " + most);
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(new Fields(array.at(i), features));
    }
    return objects;
  }

  /** That a member cannot be as it is. */
  public UnreadableDocumentException problem(String name, String what)
      throws UnreadableDocumentException {
    return new UnreadableDocumentException(node.get(name).path() + " " + what);
  }

  private static double finite(Node member) throws UnreadableDocumentException {
    double value = member.number();
    if (!Double.isFinite(value)) {
      throw new UnreadableDocumentException(
          member.path() + " is " + value + ", which is no finite number");
    }
    return value;
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
