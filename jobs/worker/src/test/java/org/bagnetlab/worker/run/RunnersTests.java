package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each experiment has its runner, each runner its experiment, and both agree on what they do. */
class RunnersTests {

  private static final String PACKAGES = "org/bagnetlab/worker";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyExperimentHasARunnerOfItsSpecification() {
    for (Experiment<?> experiment : Experiments.all()) {
      assertThat(Runners.of(experiment).getClass().getMethods())
          .filteredOn(method -> method.getName().equals("run") && method.getParameterCount() == 2)
          .filteredOn(method -> !method.isBridge())
          .as(experiment.name())
          .extracting(method -> method.getParameterTypes()[0])
          .hasSize(1)
          .first()
          .isEqualTo(experiment.specification(Settings.none()).getClass());
    }
  }

  @Test
  void everyRunnerHasAnExperiment() throws Exception {
    List<String> expected = Experiments.all().stream().map(Runners::name).sorted().toList();
    assertThat(runners()).isEqualTo(expected);
  }

  /** Those of the worker, and of an example beside it. */
  private static List<String> runners() throws IOException, URISyntaxException {
    List<String> names = new ArrayList<>();
    for (URL packages : Collections.list(Runner.class.getClassLoader().getResources(PACKAGES))) {
      Path root = Path.of(packages.toURI());
      try (Stream<Path> files = Files.walk(root)) {
        files
            .map(file -> (PACKAGES + "/" + root.relativize(file)).replace('/', '.'))
            .filter(name -> name.endsWith(".class"))
            .map(name -> name.substring(0, name.length() - ".class".length()))
            .filter(RunnersTests::isRunner)
            .forEach(names::add);
      }
    }
    return names.stream().sorted().toList();
  }

  private static boolean isRunner(String name) {
    try {
      Class<?> type = Class.forName(name, false, Runner.class.getClassLoader());
      return Runner.class.isAssignableFrom(type) && !type.isInterface();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outputs outputs(Experiment<?> experiment, WrittenEvents events) {
    return new Outputs(
        experiment.outputs(), new ArtifactWriter(folder, events.writer()), events.writer());
  }

  @Test
  void whatWasNotDeclaredIsRefused() {
    WrittenEvents events = new WrittenEvents(event -> {});
    Outputs outputs = outputs(new HeatmapExperiment(), events);
    assertThatThrownBy(
            () -> outputs.value(TrainExperiment.ACCURACY, MeasuredSet.TEST, Map.of(), .5, 10))
        .hasMessageContaining("declares no such output 'accuracy'");
    Output another = Output.scalar("heatmap", "Heatmap", Metric.LOGIT);
    assertThatThrownBy(() -> outputs.value(another, MeasuredSet.TEST, Map.of(), .5, 10))
        .hasMessageContaining("declares no such output 'heatmap'");
    assertThatThrownBy(
            () ->
                outputs(new EvaluateExperiment(), events)
                    .value(
                        TrainExperiment.LOSS,
                        MeasuredSet.TEST,
                        Map.of(TrainExperiment.EPOCH, 1),
                        .5,
                        10))
        .hasMessageContaining("has not declared the axis");
    assertThat(events.events()).isEmpty();
  }

  @Test
  void aValueIsTold() {
    WrittenEvents events = new WrittenEvents(event -> {});
    outputs(new EvaluateExperiment(), events)
        .value(
            TrainExperiment.ACCURACY,
            MeasuredSet.SCRAMBLED,
            Map.of(TrainExperiment.SCRAMBLE_SEED, 2L),
            .25,
            8);
    WorkerEvent.Result result = events.events(WorkerEvent.Result.class).get(0);
    assertThat(result.output()).isEqualTo("accuracy");
    assertThat(result.metric()).isEqualTo("accuracy");
    assertThat(result.set()).isEqualTo("scrambled");
    assertThat(result.axes().path("scrambleSeed").asLong()).isEqualTo(2);
    assertThat(result.value()).isEqualTo(.25);
    assertThat(result.images()).isEqualTo(Optional.of(8));
  }

  @Test
  void aMatrixIsADocumentOfItsOutput() throws Exception {
    Output agreement =
        Output.matrix(
            "agreement",
            "Agreement",
            Metric.IMAGES,
            Axis.of("one", "One network"),
            Axis.of("other", "Other network"));
    WrittenEvents events = new WrittenEvents(event -> {});
    Outputs outputs =
        new Outputs(
            List.of(agreement), new ArtifactWriter(folder, events.writer()), events.writer());
    outputs.matrix(
        agreement, MeasuredSet.TEST, List.of("a", "b"), List.of("c"), new double[][] {{1}, {2}});
    WorkerEvent.ArtifactWritten written = events.events(WorkerEvent.ArtifactWritten.class).get(0);
    assertThat(written.output()).contains("agreement");
    assertThat(written.kind()).isEqualTo(ArtifactKind.MATRIX);
    assertThat(Json.MAPPER.readTree(folder.resolve(written.path()).toFile()))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"output": "agreement", "set": "test", "rows": ["a", "b"], "columns": ["c"],
                 "values": [[1.0], [2.0]]}
                """));
  }
}
