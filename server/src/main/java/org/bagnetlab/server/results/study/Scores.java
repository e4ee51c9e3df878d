package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Setting;

/**
 * Statistics of the stored predictions of a setting's networks, over seeds. These are all
 * statistics that have a single number for a set of images.
 *
 * @param chosen the setting
 * @param scores the numbers, ordered by network, then by statistic, then by set of images
 */
public record Scores(@JsonUnwrapped ChosenSetting chosen, List<Score> scores)
    implements ChosenSetting.View {

  /**
   * A statistic of a network on a set of images.
   *
   * @param architecture name of the network's architecture
   * @param label display name of the network
   * @param statistic name of the statistic
   * @param output name of the output of the statistic
   * @param name display name of the output
   * @param set the set of images
   * @param value the value over seeds
   */
  public record Score(
      String architecture,
      String label,
      Optional<Integer> receptiveField,
      String statistic,
      String output,
      String name,
      MeasuredSet set,
      Measured value) {}

  /** Maximum number of cached values over all runs. */
  private static final int CACHED = 100_000;

  /** Creates a cache that computes the statistics without axes from the predictions of runs. */
  public static FileCache<List<Findings.Value>> cache(StoredFiles files) {
    return new FileCache<>(files, ArtifactKind.PREDICTIONS, Scores::values, List::size, CACHED);
  }

  private static List<Findings.Value> values(long run, Path file) throws IOException {
    Predictions predictions = Json.MAPPER.readValue(file.toFile(), Predictions.class);
    return Statistic.all().stream()
        .flatMap(statistic -> statistic.of(predictions).values().stream())
        .filter(value -> value.axes().isEmpty())
        .toList();
  }

  /**
   * The scores of a setting.
   *
   * @param found the statistics of the predictions of each run
   */
  public static List<Score> of(
      Setting.Group group, Map<Long, List<Findings.Value>> found, Networks networks) {
    List<Score> scores = new ArrayList<>();
    for (Configuration configuration : group.configurations()) {
      List<List<Findings.Value>> runs =
          configuration.numbers().stream()
              .flatMap(run -> Optional.ofNullable(found.get(run)).stream())
              .toList();
      for (Statistic statistic : Statistic.all()) {
        for (Output output : statistic.outputs()) {
          for (MeasuredSet set : MeasuredSet.values()) {
            List<Findings.Value> values =
                runs.stream()
                    .flatMap(List::stream)
                    .filter(value -> value.output().equals(output.name()) && value.set() == set)
                    .toList();
            if (!values.isEmpty()) {
              scores.add(score(configuration, statistic, output, set, values, networks));
            }
          }
        }
      }
    }
    return scores;
  }

  private static Score score(
      Configuration configuration,
      Statistic statistic,
      Output output,
      MeasuredSet set,
      List<Findings.Value> values,
      Networks networks) {
    String architecture = configuration.spec().architecture();
    return new Score(
        architecture,
        networks.label(architecture),
        networks.receptiveField(architecture, configuration.spec().imageSize()),
        statistic.name(),
        output.name(),
        output.label(),
        set,
        Measured.ofOther(
            values.stream().map(Findings.Value::value).toList(),
            output.metric().unit(),
            values.stream().map(Findings.Value::images).toList()));
  }
}
