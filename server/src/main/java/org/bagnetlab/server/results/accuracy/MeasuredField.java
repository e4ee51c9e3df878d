package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.FoundNumbers.FoundNumber;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;

/**
 * The effective receptive field of the networks of a configuration, together with the theoretical
 * one.
 *
 * @param network the network, with its theoretical field
 * @param runs the runs that were measured, one for each seed
 * @param side side of the effective field
 * @param radius radius of the circle that contains {@link
 *     EffectiveFieldExperiment#MOST_OF_GRADIENT}
 * @param url URL of the last run's map
 */
public record MeasuredField(
    @JsonUnwrapped ConfiguredNetwork network,
    List<Long> runs,
    OverSeeds side,
    OverSeeds radius,
    Optional<String> url) {

  /** A length in pixels over several seeds: the value of each run, and the mean. */
  record OverSeeds(double mean, List<Double> values) {

    private static OverSeeds of(List<FoundNumber> found) {
      List<Double> values = found.stream().map(FoundNumber::value).toList();
      return new OverSeeds(Interval.mean(values), values);
    }
  }

  /** Reads the effective fields that jobs measured. */
  public static List<MeasuredField> all(
      Tables tables, List<MeasuredRun> runs, Published published, Networks networks) {
    return all(
        runs,
        FoundNumbers.in(tables, EffectiveFieldExperiment.EFFECTIVE_SIDE),
        FoundNumbers.in(tables, EffectiveFieldExperiment.EFFECTIVE_RADIUS),
        job -> tables.artifacts().ofJob(job),
        published,
        networks);
  }

  /**
   * The effective fields of the runs for which they were measured.
   *
   * @param artifacts returns the artifacts of a job
   */
  static List<MeasuredField> all(
      List<MeasuredRun> runs,
      FoundNumbers sides,
      FoundNumbers radii,
      LongFunction<List<ArtifactRow>> artifacts,
      Published published,
      Networks networks) {
    return Configuration.group(
            runs.stream()
                .filter(run -> side(sides, run).isPresent() && radius(radii, run).isPresent())
                .toList(),
            published)
        .stream()
        .map(group -> of(group, sides, radii, artifacts, networks))
        .toList();
  }

  private static MeasuredField of(
      Configuration group,
      FoundNumbers sides,
      FoundNumbers radii,
      LongFunction<List<ArtifactRow>> artifacts,
      Networks networks) {
    List<FoundNumber> found =
        group.runs().stream().flatMap(run -> side(sides, run).stream()).toList();
    return new MeasuredField(
        ConfiguredNetwork.of(group, networks),
        group.numbers(),
        OverSeeds.of(found),
        OverSeeds.of(group.runs().stream().flatMap(run -> radius(radii, run).stream()).toList()),
        artifacts.apply(found.get(found.size() - 1).row().job()).stream()
            .filter(MeasuredField::isMap)
            .map(Facts::url)
            .findFirst());
  }

  private static Optional<FoundNumber> side(FoundNumbers sides, MeasuredRun run) {
    return sides.of(run).stream().findFirst();
  }

  private static Optional<FoundNumber> radius(FoundNumbers radii, MeasuredRun run) {
    return radii.of(run).stream()
        .filter(
            number ->
                Double.parseDouble(number.at(EffectiveFieldExperiment.SHARE))
                    == EffectiveFieldExperiment.MOST_OF_GRADIENT)
        .findFirst();
  }

  private static boolean isMap(ArtifactRow artifact) {
    return artifact.output().equals(Optional.of(EffectiveFieldExperiment.MAP.name()))
        && artifact.mediaType().startsWith("image/");
  }
}
