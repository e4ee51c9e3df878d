package org.bagnetlab.server.results.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RunCode;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.junit.jupiter.api.Test;

/** Effective fields are shown over the seeds of a configuration, each by its newest job. */
class MeasuredFieldTests {

  private static MeasuredRun run(long job, String architecture, long seed) {
    TrainSpec spec = TrainSpec.of(architecture, "scene15").with(TrainExperiment.SEED, seed);
    return new MeasuredRun(
        spec,
        new MeasuredRunRow(
            job,
            Json.line(spec),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(),
        RunCode.only(Optional.empty()));
  }

  private static RunResultRow side(long run, long job, double value) {
    return row(run, job, "effective-side", "side", "{}", value);
  }

  private static RunResultRow radius(long run, long job, double share, double value) {
    String axes = "{\"share\":%s}".formatted(share);
    return row(run, job, "effective-radius", "radius", axes, value);
  }

  private static RunResultRow row(
      long run, long job, String output, String metric, String axes, double value) {
    return new RunResultRow(
        run, new ResultRow(job, output, metric, "test", axes, value, Optional.of(100)));
  }

  private static ArtifactRow file(long id, long job, String name, String mediaType) {
    return new ArtifactRow(
        id,
        job,
        Optional.of("effective-field"),
        "picture",
        name,
        name,
        mediaType,
        "",
        1,
        "{}",
        Instant.EPOCH);
  }

  private static List<MeasuredField> fields(
      List<MeasuredRun> runs,
      List<RunResultRow> sides,
      List<RunResultRow> radii,
      ArtifactRow... artifacts) {
    Published published = Published.read();
    return MeasuredField.all(
        runs,
        FoundNumbers.of(sides),
        FoundNumbers.of(radii),
        job -> Stream.of(artifacts).filter(artifact -> artifact.job() == job).toList(),
        published,
        new Networks(published));
  }

  @Test
  void seedsOfAConfigurationAreTakenTogetherWithTheNewestMap() {
    List<MeasuredField> fields =
        fields(
            List.of(run(1, "bagnet9", 1), run(2, "bagnet9", 2), run(3, "resnet50", 1)),
            List.of(side(1, 10, 7), side(2, 11, 8), side(3, 12, 30)),
            List.of(
                radius(1, 10, .95, 4),
                radius(1, 10, .5, 2),
                radius(2, 11, .95, 5),
                radius(3, 12, .95, 25)),
            file(20, 11, "effective-field.npy", "application/octet-stream"),
            file(21, 11, "effective-field.png", "image/png"),
            file(22, 10, "effective-field.png", "image/png"));

    assertThat(fields)
        .extracting(field -> field.network().label())
        .containsExactly("ResNet-50", "BagNet-9");
    MeasuredField bagNet = fields.get(1);
    assertThat(bagNet.network().receptiveField()).contains(9);
    assertThat(bagNet.runs()).containsExactly(1L, 2L);
    assertThat(bagNet.side()).isEqualTo(new MeasuredField.OverSeeds(7.5, List.of(7.0, 8.0)));
    assertThat(bagNet.radius()).isEqualTo(new MeasuredField.OverSeeds(4.5, List.of(4.0, 5.0)));
    assertThat(bagNet.url()).contains("/api/v1/artifacts/21");
    assertThat(fields.get(0).network().receptiveField()).isEmpty();
    assertThat(fields.get(0).url()).isEmpty();
  }

  @Test
  void ofARunTheNewestJobCounts() {
    List<MeasuredField> fields =
        fields(
            List.of(run(1, "bagnet9", 1)),
            List.of(side(1, 12, 6), side(1, 10, 7)),
            List.of(radius(1, 10, .95, 4), radius(1, 12, .95, 3)));
    assertThat(fields).hasSize(1);
    assertThat(fields.get(0).side().values()).containsExactly(6.0);
    assertThat(fields.get(0).radius().values()).containsExactly(3.0);
  }

  @Test
  void runsThatWereNotMeasuredDoNotAppear() {
    assertThat(
            fields(
                List.of(run(1, "bagnet9", 1), run(2, "bagnet9", 2)),
                List.of(side(2, 12, 6)),
                List.of(radius(2, 12, .95, 3))))
        .singleElement()
        .satisfies(field -> assertThat(field.runs()).containsExactly(2L));
  }
}
