package dev.presage.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.presage.model",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule modelsKnowNothingOfOtherModulesButTheContracts =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.presage.features..",
              "dev.presage.scoring..",
              "dev.presage.retrain..",
              "dev.presage.local..",
              "dev.presage.schemas.registry..",
              "dev.presage.schemas.topics..",
              "dev.presage.schemas.wire..")
          .because("streams-app joins models and features, by the fingerprint of the schema");

  @ArchTest
  static final ArchRule modelsKnowNoKafka =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule theNativeLibraryIsForTrainingAndTests =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ml.dmlc..", "io.github.metarank..", "com.microsoft.ml..");

  @ArchTest
  static final ArchRule jacksonStaysInTheDocumentPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.model.document..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule documentsKnowNoModels =
      classes()
          .that()
          .resideInAPackage("dev.presage.model.document..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.presage.model.document..",
              "com.fasterxml.jackson.core..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule treesKnowNoFormat =
      noClasses()
          .that()
          .resideInAnyPackage("dev.presage.model.tree..", "dev.presage.model.contribution..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.presage.model.xgboost..", "dev.presage.model.document..");

  @ArchTest
  static final ArchRule kindsKnowNothingOfEachOther =
      slices()
          .matching("dev.presage.model.(xgboost|lightgbm|linear|composite|btyd|segmentation)..")
          .should()
          .notDependOnEachOther();
}
