package org.bagnetlab.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.artifact.ArtifactTable;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.training.InputRate;
import org.bagnetlab.vision.training.TrainingInput;

/** Dependencies point one way. */
@AnalyzeClasses(
    packages = "org.bagnetlab",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTests.NoTestJars.class})
class HouseRulesTests {

  /** Of other modules, whose test classes come as a jar. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] ND4J = {"org.deeplearning4j..", "org.nd4j.."};

  /** Engines are found as services, so that one can be added or left out without a change. */
  @ArchTest
  static final ArchRule NOTHING_IS_COMPILED_AGAINST_AN_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bagnetlab.engine..");

  @ArchTest
  static final ArchRule ONE_ENGINE_KNOWS_ND4J =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.engine.nd4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ND4J);

  @ArchTest
  static final ArchRule ONE_ENGINE_KNOWS_LIBTORCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.engine.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.pytorch..");

  /** Each engine has a JavaCPP of its own, so what others did with it would hold for one alone. */
  @ArchTest
  static final ArchRule ENGINES_ALONE_KNOW_JAVACPP =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule ENGINES_KNOW_ONLY_VISION =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.engine..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("org.bagnetlab..")
                  .and(
                      JavaClass.Predicates.resideOutsideOfPackages(
                          "org.bagnetlab.engine..", "org.bagnetlab.vision..")));

  @ArchTest
  static final ArchRule THE_EXECUTOR_KNOWS_NO_COMPUTATION_GRAPH =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.engine.nd4j.cpu..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.bagnetlab.engine.nd4j.dl4j..");

  @ArchTest
  static final ArchRule PACKAGES_OF_AN_ENGINE_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.engine.(**)").should().beFreeOfCycles();

  /** The module is incubating, and absent where the class must still load. */
  @ArchTest
  static final ArchRule ONE_CLASS_KNOWS_THE_VECTOR_API =
      noClasses()
          .that()
          .doNotHaveSimpleName("VectorLoops")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule OF_VISION_THE_SERVER_KNOWS_WHAT_NEEDS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.server..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("org.bagnetlab.vision..")
                  .and(
                      JavaClass.Predicates.resideOutsideOfPackages(
                          "org.bagnetlab.vision.architecture..",
                          "org.bagnetlab.vision.augmentation..",
                          "org.bagnetlab.vision.checkpoint..",
                          "org.bagnetlab.vision.correlation..",
                          "org.bagnetlab.vision.dataset..",
                          "org.bagnetlab.vision.staging..",
                          "org.bagnetlab.vision.weights.."))
                  .and(
                      not(
                          JavaClass.Predicates.belongToAnyOf(
                              TrainingInput.class, InputRate.class, StepProfile.class))));

  @ArchTest
  static final ArchRule STORAGE_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.bagnetlab.server..",
              "org.bagnetlab.queue..",
              "org.bagnetlab.protocol..",
              "org.bagnetlab.vision..",
              "io.vertx..");

  @ArchTest
  static final ArchRule PACKAGES_OF_STORAGE_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.storage.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_STORAGE_KNOWS_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "org.h2..", "java.sql..");

  /** So that a row always has its file. */
  @ArchTest
  static final ArchRule ARTIFACTS_ARE_STORED_AFTER_THEIR_FILES =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bagnetlab.storage.file..")
          .should()
          .callMethod(ArtifactTable.class, "insert", ArtifactRow.class);

  /** Whoever asks for an experiment needs neither an engine nor a database. */
  @ArchTest
  static final ArchRule DESCRIPTIONS_KNOW_ONLY_THE_WIRE =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.experiment..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.bagnetlab.server..",
              "org.bagnetlab.queue..",
              "org.bagnetlab.storage..",
              "org.bagnetlab.vision..",
              "org.bagnetlab.worker..",
              "io.vertx..",
              "java.sql..");

  @ArchTest
  static final ArchRule PACKAGES_OF_EXPERIMENTS_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.experiment.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_WORKER_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_QUEUE_KNOWS_NEITHER_SERVER_NOR_VISION =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.queue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bagnetlab.server..", "org.bagnetlab.vision..");

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_QUEUE_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.queue.(*)..").should().beFreeOfCycles();

  /** What others use of it is in front of its packages, which do not know it. */
  @ArchTest
  static final ArchRule PACKAGES_OF_THE_QUEUE_DO_NOT_KNOW_ITS_FRONT =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.queue.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bagnetlab.queue");

  @ArchTest
  static final ArchRule STATES_OF_JOBS_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.queue.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bagnetlab.storage..", "io.vertx..", "java.sql..");

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_SERVER_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_COMMAND_LINE_HAVE_AN_ORDER =
      slices().matching("org.bagnetlab.server.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule COMMANDS_DO_NOT_KNOW_WHAT_THEY_ARE_PART_OF =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.server.cli.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bagnetlab.server.cli");

  /** They change with any version. */
  @ArchTest
  static final ArchRule NOTHING_USES_INTERNALS_OF_VERTX =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..");

  @ArchTest
  static final ArchRule NOBODY_INTERRUPTS_DATABASE_THREADS =
      noClasses()
          .that()
          .resideInAPackage("org.bagnetlab.storage..")
          .should()
          .callMethod(ExecutorService.class, "shutdownNow");

  private static final int MOST_POSITIONAL = 7;

  /** Classes with more. Remove a name when its class has fewer, and add none: group the values. */
  private static final Set<String> MANY_VALUES =
      Set.of(
          "ArchitectureDescription",
          "AccuracyRow",
          "ArtifactClaim",
          "Changes.Step",
          "Claim",
          "ClaimPrediction",
          "DatasetCheck",
          "DatasetFacts",
          "Digest",
          "EpochSummary",
          "ErrorConsistency.RunPair",
          "ExportManifest",
          "FeatureMap",
          "Gpu",
          "HeatmapAnswer",
          "Job",
          "LabConfiguration.Sections",
          "LayerDescription",
          "ListedRun",
          "Measured",
          "NewJob",
          "Notice",
          "OtherImages",
          "PairedDifference",
          "PredictionAnswer",
          "PredictionFilter",
          "PredictionPage",
          "PredictionPage.ImagePrediction",
          "PredictivePatchesRunner.Writing",
          "ReceptiveFields.Heatmap",
          "ReceptiveFields.Layer",
          "ResidualDesign",
          "ResultJson",
          "RunFilter",
          "RunPage",
          "RunPair",
          "RunRecord",
          "RunRecord.RecordedFile",
          "RunReport",
          "Scores.Score",
          "Scrambling.Example",
          "StateFacts",
          "StorageReport",
          "Sweep",
          "TrainingState",
          "WeightsFacts",
          "WorkerContext",
          "WorkerEnd",
          "WorkerLimits");

  /**
   * Records that are written or read field by field, by name: responses of the interface, messages
   * of workers, rows of tables, sections of the configuration, and the parameters of an experiment,
   * whose names its description declares.
   */
  private static boolean isRead(JavaClass type) {
    String home = type.getPackageName() + ".";
    String name = type.getSimpleName();
    return type.isRecord()
        && (home.startsWith("org.bagnetlab.server.json.")
            || home.startsWith("org.bagnetlab.protocol.")
            || (home.startsWith("org.bagnetlab.server.configuration.") && name.endsWith("Section"))
            || (home.startsWith("org.bagnetlab.storage.") && name.endsWith("Row"))
            || (home.startsWith("org.bagnetlab.experiment.") && name.endsWith("Spec")));
  }

  /** Many values that only their order tells apart get mixed up: a record groups some of them. */
  @ArchTest
  static void noConstructorTakesMorePositionalValues(JavaClasses main) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : main) {
      if (!type.isEnum() && !isRead(type) && takesMany(type)) {
        found.add(type.getName().replaceFirst(".*\\.", "").replace('$', '.'));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(MANY_VALUES));
  }

  /**
   * As the source has it: of an inner class, the compiler passes the outer object and variables.
   */
  private static boolean takesMany(JavaClass type) {
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && type.getConstructors().stream()
            .anyMatch(made -> made.getRawParameterTypes().size() > MOST_POSITIONAL);
  }
}
