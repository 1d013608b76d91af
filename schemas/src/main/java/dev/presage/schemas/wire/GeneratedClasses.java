package dev.presage.schemas.wire;

import dev.presage.schemas.avro.Event;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the generated classes may be made from records. Avro makes no class of an unknown
 * package, because a hostile schema could name any; its list of trusted ones is global.
 *
 * <p>Even a builder asks that list, for the default value of an enum. So Avro must know before the
 * first generated class is used, not only before the first serde: {@link TrustOnFirstSchema} sees
 * to that. The serdes ask for it as well, for class loaders that do not find services.
 */
final class GeneratedClasses {
  private static final String PACKAGE = Event.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private GeneratedClasses() {}

  /** Has an effect once, when this class is initialized. */
  static void trust() {}
}
