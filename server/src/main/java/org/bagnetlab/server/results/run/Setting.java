package org.bagnetlab.server.results.run;

import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainExperiment;

/**
 * The settings that the networks of a comparison have in common: all except the architecture, the
 * seed and the learning rate, which is chosen for each network.
 *
 * @param run one of its runs, which identifies it in requests
 * @param networks number of networks that have runs
 */
public record Setting(long run, int networks, @JsonUnwrapped RowSettings settings) {

  private static Setting of(List<Configuration> configurations) {
    Configuration first = configurations.get(0);
    RowSettings settings =
        RowSettings.of(first.spec().ofAnyStartingRun())
            .withoutOrigin()
            .computedBy(
                configurations.stream().flatMap(each -> each.codes().stream()).toList(),
                first.runs().get(0).row());
    boolean oneRate = configurations.stream().map(Setting::rate).distinct().count() == 1;
    return new Setting(
        first.numbers().get(0),
        configurations.size(),
        oneRate
            ? settings
            : settings.with("a learning rate for each network", TrainExperiment.LEARNING_RATE));
  }

  private static double rate(Configuration configuration) {
    return configuration.spec().get(TrainExperiment.LEARNING_RATE);
  }

  /**
   * A setting and its configurations.
   *
   * @param configurations the configurations, one for each network, in the order of Table 1
   */
  public record Group(Setting setting, List<Configuration> configurations) {

    /** Whether a run has this setting, even if its configuration is not the one of its network. */
    public boolean covers(MeasuredRun run) {
      return Configuration.Key.of(run).ofAnyNetwork().equals(configurations.get(0).keyOfSetting());
    }

    /** The ids of all runs. */
    public List<Long> runs() {
      return configurations.stream().flatMap(each -> each.numbers().stream()).toList();
    }
  }

  /**
   * Groups configurations by setting. Settings with the most networks come first; among equals,
   * those with the most seeds, then those with the best validation accuracy, as in Table 1, then
   * those with the newest runs.
   */
  public static List<Group> group(List<Configuration> configurations) {
    Map<Configuration.Key, List<Configuration>> groups = new LinkedHashMap<>();
    for (Configuration each : configurations) {
      groups.computeIfAbsent(each.keyOfSetting(), any -> new ArrayList<>()).add(each);
    }
    return groups.values().stream()
        .map(Setting::onePerNetwork)
        .map(group -> new Group(of(group), group))
        .sorted(
            Comparator.comparingInt((Group group) -> group.configurations().size())
                .thenComparingInt(group -> seeds(group.configurations()))
                .thenComparingDouble(group -> best(group.configurations()))
                .thenComparingLong(group -> newest(group.configurations()))
                .reversed())
        .toList();
  }

  private static int seeds(List<Configuration> configurations) {
    return configurations.stream().mapToInt(each -> each.runs().size()).max().orElse(0);
  }

  private static double best(List<Configuration> configurations) {
    return configurations.stream().mapToDouble(Setting::validation).max().orElse(0);
  }

  /**
   * Keeps one configuration for each network. If a network was fine-tuned from several weights,
   * these are the weights of the newest run. Of several learning rates, it is the one that most
   * seeds were trained with, and of these the one with the highest accuracy on validation images.
   */
  private static List<Configuration> onePerNetwork(List<Configuration> configurations) {
    Map<String, List<Configuration>> byNetwork = new LinkedHashMap<>();
    for (Configuration each : configurations) {
      byNetwork.computeIfAbsent(each.spec().architecture(), any -> new ArrayList<>()).add(each);
    }
    return byNetwork.values().stream().map(Setting::ofBestRate).toList();
  }

  private static Configuration ofBestRate(List<Configuration> ofNetwork) {
    Configuration newest = Collections.max(ofNetwork, comparingLong(each -> newest(List.of(each))));
    return ofNetwork.stream()
        .filter(each -> anyRate(each).equals(anyRate(newest)))
        .max(
            Comparator.<Configuration>comparingInt(each -> each.runs().size())
                .thenComparingDouble(Setting::validation))
        .orElseThrow();
  }

  private static Configuration.Key anyRate(Configuration configuration) {
    return Configuration.Key.of(configuration.runs().get(0)).without(TrainExperiment.LEARNING_RATE);
  }

  private static double validation(Configuration configuration) {
    return configuration.mean(MeasuredSet.VALIDATION).orElse(0);
  }

  private static long newest(List<Configuration> configurations) {
    return configurations.stream()
        .flatMap(each -> each.numbers().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
