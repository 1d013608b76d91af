package dev.presage.features;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

@AnalyzeClasses(
    packages = "dev.presage.features",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule SHOULD_NOT_KNOW_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.features.state..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..");

  @ArchTest
  static final ArchRule SHOULD_KNOW_CEL_IN_ONE_PACKAGE_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.features.expression..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google.protobuf..", "com.google.re2j..");

  @ArchTest
  static final ArchRule SHOULD_KNOW_YAML_IN_ONE_PACKAGE_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.features.declaration..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml..");

  @ArchTest
  static final ArchRule SHOULD_HAVE_NO_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule SHOULD_DEPEND_ON_NO_OTHER_MODULE_THAN_SCHEMAS =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.presage.model..",
                  "dev.presage.scoring..",
                  "dev.presage.retrain..",
                  "dev.presage.local.."));

  @ArchTest
  static final ArchRule SHOULD_HAVE_NO_CYCLES =
      slices().matching("dev.presage.features.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SHOULD_LAYER_PACKAGES =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.presage.features.series",
              "dev.presage.features.expression",
              "dev.presage.features.declaration")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.presage.features", "dev.presage.features.state");
}
