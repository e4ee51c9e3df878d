package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;

/**
 * The effective receptive field of a configuration's networks, next to the theoretical one.
 *
 * @param network with the theoretical field
 * @param runs the runs that were measured, one for each seed
 * @param side of the effective field
 * @param radius of the circle that holds {@link EffectiveFieldExperiment#MOST_OF_GRADIENT}
 * @param url of the last run's map
 */
public record MeasuredField(
    @JsonUnwrapped ConfiguredNetwork network,
    List<Long> runs,
    OverSeeds side,
    OverSeeds radius,
    Optional<String> url) {

  /** A length in pixels over seeds: each run's, and their mean. */
  record OverSeeds(double mean, List<Double> values) {

    static OverSeeds of(List<Double> values) {
      return new OverSeeds(Interval.mean(values), values);
    }
  }

  /**
   * What jobs found.
   *
   * @param sides by run, of the newest job about it
   * @param radii by job
   * @param maps by job: the pictures
   */
  record Found(Map<Long, ResultRow> sides, Map<Long, Double> radii, Map<Long, ArtifactRow> maps) {

    /**
     * Sorts what jobs found.
     *
     * @param artifacts of jobs, by their numbers
     */
    static Found of(
        List<RunResultRow> sides,
        List<RunResultRow> radii,
        Function<Collection<Long>, List<ArtifactRow>> artifacts) {
      Map<Long, ResultRow> newest =
          sides.stream()
              .collect(
                  Collectors.toMap(
                      RunResultRow::run,
                      RunResultRow::result,
                      BinaryOperator.maxBy(Comparator.comparingLong(ResultRow::job))));
      return new Found(
          newest,
          radii.stream()
              .map(RunResultRow::result)
              .filter(row -> share(row) == EffectiveFieldExperiment.MOST_OF_GRADIENT)
              .collect(Collectors.toMap(ResultRow::job, ResultRow::value)),
          artifacts.apply(newest.values().stream().map(ResultRow::job).toList()).stream()
              .filter(Found::isMap)
              .collect(Collectors.toMap(ArtifactRow::job, Function.identity())));
    }

    private static double share(ResultRow radius) {
      return Double.parseDouble(
          Facts.of(radius.axes()).getOrDefault(EffectiveFieldExperiment.SHARE.name(), "NaN"));
    }

    private static boolean isMap(ArtifactRow artifact) {
      return artifact.output().equals(Optional.of(EffectiveFieldExperiment.MAP.name()))
          && artifact.mediaType().startsWith("image/");
    }

    private boolean has(MeasuredRun run) {
      return Optional.ofNullable(sides.get(run.job()))
          .filter(side -> radii.containsKey(side.job()))
          .isPresent();
    }
  }

  /** Reads what jobs found about runs. */
  public static List<MeasuredField> all(
      Tables tables, List<MeasuredRun> runs, Published published, Networks networks) {
    return all(
        runs,
        Found.of(
            results(tables, EffectiveFieldExperiment.EFFECTIVE_SIDE),
            results(tables, EffectiveFieldExperiment.EFFECTIVE_RADIUS),
            tables.artifacts()::ofJobs),
        published,
        networks);
  }

  private static List<RunResultRow> results(Tables tables, Output output) {
    return tables.results().ofRuns(output.name(), output.metric().name());
  }

  static List<MeasuredField> all(
      List<MeasuredRun> runs, Found found, Published published, Networks networks) {
    return Configuration.group(runs.stream().filter(found::has).toList(), published).stream()
        .map(group -> of(group, found, networks))
        .toList();
  }

  private static MeasuredField of(Configuration group, Found found, Networks networks) {
    TrainSpec spec = group.spec();
    List<ResultRow> sides =
        group.numbers().stream().flatMap(run -> Stream.ofNullable(found.sides().get(run))).toList();
    return new MeasuredField(
        ConfiguredNetwork.of(spec, networks),
        group.numbers(),
        OverSeeds.of(sides.stream().map(ResultRow::value).toList()),
        OverSeeds.of(
            sides.stream()
                .flatMap(side -> Stream.ofNullable(found.radii().get(side.job())))
                .toList()),
        Optional.ofNullable(found.maps().get(sides.get(sides.size() - 1).job())).map(Facts::url));
  }
}
