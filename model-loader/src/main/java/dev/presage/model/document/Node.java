package dev.presage.model.document;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value of a document with its place in it, so that an error can say where. */
public final class Node {
  /** Stands for {@code null} in a document. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private final String path;
  private final Object value;

  Node(String path, Object value) {
    this.path = path;
    this.value = value;
  }

  /** Place in the document, for example {@code learner.objective.name}. */
  public String path() {
    return path.isEmpty() ? "the document" : path;
  }

  /** The member {@code name} of this object. */
  public Node get(String name) throws UnreadableDocumentException {
    Node member = find(name);
    if (member == null) {
      throw new UnreadableDocumentException(memberPath(name) + " is missing");
    }
    return member;
  }

  /** The member {@code name} of this object, null where it has none. */
  public @Nullable Node find(String name) throws UnreadableDocumentException {
    if (!(value instanceof Map<?, ?> members)) {
      throw unexpected("an object");
    }
    Object member = members.get(name);
    return member == null || member == NULL ? null : new Node(memberPath(name), member);
  }

  /** Number of elements of this array of anything but numbers. */
  public int size() throws UnreadableDocumentException {
    return elements().size();
  }

  /** Element {@code i} of this array of anything but numbers. */
  public Node at(int i) throws UnreadableDocumentException {
    return new Node(path + "[" + i + "]", elements().get(i));
  }

  /** Names of the members of this object. */
  public Set<String> names() throws UnreadableDocumentException {
    if (!(value instanceof Map<?, ?> members)) {
      throw unexpected("an object");
    }
    return members.keySet().stream().map(String.class::cast).collect(Collectors.toSet());
  }

  /** Whether this is an array without elements. */
  public boolean isEmptyArray() {
    return value instanceof Numbers numbers && numbers.size() == 0;
  }

  /** This number. A boolean counts as 0 or 1. */
  public double number() throws UnreadableDocumentException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw unexpected("a number");
  }

  /** This array of numbers. */
  public Numbers numbers() throws UnreadableDocumentException {
    if (value instanceof Numbers numbers) {
      return numbers;
    }
    throw unexpected("an array of numbers");
  }

  /** This string. */
  public String text() throws UnreadableDocumentException {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected("a string");
  }

  /** This whole number of 32 bits. */
  public int integer() throws UnreadableDocumentException {
    if (value instanceof Double number && number == number.intValue()) {
      return number.intValue();
    }
    throw unexpected("an integer");
  }

  private List<?> elements() throws UnreadableDocumentException {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof Numbers numbers && numbers.size() == 0) {
      return List.of();
    }
    throw unexpected("an array");
  }

  private String memberPath(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private UnreadableDocumentException unexpected(String expected) {
    String found =
        switch (value) {
          case Map<?, ?> members -> "an object";
          case List<?> list -> "an array";
          case Numbers numbers -> "an array of numbers";
          case String text -> "a string";
          case Number number -> "a number";
          default -> value.toString();
        };
    return new UnreadableDocumentException(
        path() + " is " + found + " where " + expected + " is expected");
  }
}
