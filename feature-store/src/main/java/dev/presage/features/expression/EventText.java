package dev.presage.features.expression;

import com.google.re2j.Pattern;

/** The functions on strings of a condition on an event. */
sealed interface EventText extends EventNode {
  enum Test {
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS
  }

  record Tested(Test test, EventNode of, EventNode part) implements EventText {
    @Override
    public Kind evaluate(Registers registers) {
      if (of.evaluate(registers) != Kind.STRING) {
        return Kind.ERROR;
      }
      String text = registers.text;
      if (part.evaluate(registers) != Kind.STRING) {
        return Kind.ERROR;
      }
      return Kind.of(
          switch (test) {
            case STARTS_WITH -> text.startsWith(registers.text);
            case ENDS_WITH -> text.endsWith(registers.text);
            case CONTAINS -> text.contains(registers.text);
          });
    }
  }

  /** Says whether a pattern is found anywhere in a string; the one node that has to allocate. */
  record Matches(EventNode of, Pattern pattern) implements EventText {
    @Override
    public Kind evaluate(Registers registers) {
      return of.evaluate(registers) == Kind.STRING
          ? Kind.of(pattern.matcher(registers.text).find())
          : Kind.ERROR;
    }
  }

  /** The number of code points. */
  record Size(EventNode of) implements EventText {
    @Override
    public Kind evaluate(Registers registers) {
      if (of.evaluate(registers) != Kind.STRING) {
        return Kind.ERROR;
      }
      String text = registers.text;
      return registers.integer(text.codePointCount(0, text.length()));
    }
  }
}
