package dev.presage.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.presage.local",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldDependOnNothingOfOursButSchemas =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.presage..")
                  .and(resideOutsideOfPackages("dev.presage.local..", "dev.presage.schemas..")));

  @ArchTest
  static final ArchRule shouldHaveNoCyclesBetweenPackages =
      slices().matching("dev.presage.local.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldStartTheBrokerFromOnePackage =
      noClasses()
          .that(resideOutsideOfPackages("dev.presage.local.stack"))
          .should()
          .dependOnClassesThat(resideInAnyPackage("kafka..", "org.testcontainers.."));

  @ArchTest
  static final ArchRule shouldReadCsvInOnePackage =
      noClasses()
          .that(resideOutsideOfPackages("dev.presage.local.play"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.commons.csv.."));

  @ArchTest
  static final ArchRule shouldKeepTheCommandLineAtTheEdge =
      noClasses()
          .that(resideOutsideOfPackages("dev.presage.local.cli", "dev.presage.local.console"))
          .should()
          .dependOnClassesThat(resideInAPackage("picocli.."));
}
