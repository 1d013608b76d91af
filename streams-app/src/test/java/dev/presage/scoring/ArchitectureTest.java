package dev.presage.scoring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.presage.scoring.ingest.ReceivedTime;
import java.time.Instant;
import java.time.InstantSource;

/** Holds the edges of the module and of its packages. */
@AnalyzeClasses(
    packages = "dev.presage.scoring",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldMeetTheRetrainerOnlyThroughTopics =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.presage.retrain..", "dev.presage.local..");

  @ArchTest
  static final ArchRule shouldKeepMicronautToTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.presage.scoring.http..")
          .and()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micronaut..", "io.swagger..");

  @ArchTest
  static final ArchRule shouldFoldWithoutKafkaAndWithoutAClock =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.presage.scoring.profile..",
              "dev.presage.scoring.rules..",
              "dev.presage.scoring.trigger..")
          .and()
          .haveSimpleNameNotEndingWith("Processor")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule shouldCallKafkaStreamsFromProcessorsAndWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.presage.scoring",
              "dev.presage.scoring.runtime..",
              "dev.presage.scoring.deadletter..")
          .and()
          .haveSimpleNameNotEndingWith("Processor")
          .and()
          .doNotHaveFullyQualifiedName(ReceivedTime.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule shouldHaveNoCircles =
      slices().matching("dev.presage.scoring.(*)..").should().beFreeOfCycles();
}
