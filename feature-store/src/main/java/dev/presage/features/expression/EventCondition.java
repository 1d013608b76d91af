package dev.presage.features.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.presage.schemas.avro.Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the properties of an event, in CEL: {@code properties.country == "France" &&
 * properties.quantity > 10}.
 *
 * <p>The variable {@code properties} is a map from names to booleans, integers, doubles and
 * strings. A condition that cannot be evaluated, because the event does not have a property or has
 * it with another type, is false; {@code has(properties.country)} asks for it. Testing an event
 * allocates nothing, but where the condition matches a pattern, adds strings, or has something that
 * {@link EventNodeCompiler} leaves to the CEL runtime. Immutable and thread-safe.
 */
public final class EventCondition {
  /** The variable. */
  static final String PROPERTIES = "properties";

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(ParsedCel.OPTIONS)
          .setStandardMacros(CelStandardMacro.HAS)
          .addVar(PROPERTIES, MapType.create(SimpleType.STRING, SimpleType.DYN))
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(ParsedCel.OPTIONS).build();

  private final String text;
  private final String canonical;
  private final CelRuntime.Program program;
  private final @Nullable EventNode node;

  private EventCondition(ParsedCel parsed, ParsedCel checked) {
    CelExpr root = parsed.tree().getExpr();
    this.text = parsed.text();
    this.canonical = CanonicalText.of(root);
    this.program = program(checked);
    this.node = EventNodeCompiler.compile(checked.tree()).orElse(null);
  }

  /**
   * Compiles a condition.
   *
   * @throws InvalidExpressionException where it cannot be parsed, reads something else than {@code
   *     properties}, is certain not to be a truth value, or is too large
   */
  public static EventCondition compile(String cel) {
    ParsedCel.checkLength(cel);
    // Size is checked on the parsed tree, before the type checker walks it.
    ParsedCel parsed = ParsedCel.of(cel, COMPILER.parse(cel));
    ParsedCel checked = ParsedCel.of(cel, COMPILER.check(parsed.tree()));
    var type = checked.tree().getResultType();
    if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
      throw checked.wrong(
          checked.tree().getExpr(), "a condition was expected, here is a " + type.name());
    }
    return new EventCondition(parsed, checked);
  }

  /** Says whether the condition holds for the properties of an event. */
  public boolean test(Event event) {
    if (node == null) {
      return testByRuntime(event);
    }
    Registers registers = Registers.with(event.getProperties());
    try {
      return node.evaluate(registers) == Kind.TRUE;
    } catch (ForeignValueException e) {
      return testByRuntime(event);
    } finally {
      registers.clear();
    }
  }

  /** Asks the CEL runtime: it defines what a condition means, and takes ten times as long. */
  boolean testByRuntime(Event event) {
    try {
      Object result = program.eval(Map.of(PROPERTIES, event.getProperties()));
      return Boolean.TRUE.equals(result);
    } catch (CelEvaluationException e) {
      // The documented answer for a property that is absent or has another type.
      return false;
    }
  }

  /** Says whether the condition is evaluated by nodes of our own. */
  boolean isCompiled() {
    return node != null;
  }

  /** Returns the text that is the same for every way to write this condition with other spaces. */
  public String canonical() {
    return canonical;
  }

  /** Returns the source. */
  @Override
  public String toString() {
    return text;
  }

  private static CelRuntime.Program program(ParsedCel parsed) {
    try {
      return RUNTIME.createProgram(parsed.tree());
    } catch (CelEvaluationException e) {
      throw parsed.wrong(parsed.tree().getExpr(), "cannot be evaluated: " + e.getMessage());
    }
  }
}
