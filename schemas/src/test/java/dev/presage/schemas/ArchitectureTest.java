package dev.presage.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the edges of the module. */
@AnalyzeClasses(
    packages = "dev.presage.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldDependOnNoOtherModule =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.presage.features..",
              "dev.presage.model..",
              "dev.presage.scoring..",
              "dev.presage.retrain..",
              "dev.presage.local..");

  @ArchTest
  static final ArchRule shouldKeepRetriesToTheRegistryClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.schemas.registry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.failsafe..", "java.net.http..");
}
