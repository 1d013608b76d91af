package dev.presage.retrain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.presage.retrain",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldNotDependOnTheStreamsApplicationOrTheLocalStack =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.presage.scoring..", "dev.presage.local..");

  @ArchTest
  static final ArchRule shouldKnowXgboostInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.retrain.training")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ml.dmlc..");

  @ArchTest
  static final ArchRule shouldSolveEquationsInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.retrain.regression")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.hipparchus.linear..");

  @ArchTest
  static final ArchRule shouldKnowKafkaInOnePackageAndWhereTheProcessIsPutTogether =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.presage.retrain.kafka", "dev.presage.retrain.app")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.presage.schemas.topics..");

  @ArchTest
  static final ArchRule shouldKnowMicronautInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.retrain.app")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micronaut..", "io.micrometer..");

  @ArchTest
  static final ArchRule shouldKnowFreemarkerInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.retrain.report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("freemarker..");

  @ArchTest
  static final ArchRule shouldKnowDuckDbInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.presage.retrain.files")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.duckdb..", "java.sql..");

  @ArchTest
  static final ArchRule shouldComputeFiguresWithNothingOfOursBeside =
      classes()
          .that()
          .resideInAnyPackage("dev.presage.retrain.evaluation", "dev.presage.retrain.split")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.hipparchus..",
              "org.jspecify..",
              "dev.presage.retrain.evaluation",
              "dev.presage.retrain.split");

  @ArchTest
  static final ArchRule shouldBePutTogetherFromOutsideOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.presage.retrain", "dev.presage.retrain.app")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.presage.retrain.app");
}
