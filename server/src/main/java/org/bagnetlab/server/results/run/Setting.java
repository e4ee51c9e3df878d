package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that the networks of a comparison have in common: all except the architecture and
 * the seed.
 *
 * @param run one of its runs, which identifies it in requests
 * @param networks number of networks that have runs
 */
public record Setting(long run, int networks, @JsonUnwrapped RowSettings settings) {

  private static Setting of(List<Configuration> configurations) {
    Configuration first = configurations.get(0);
    return new Setting(
        first.numbers().get(0),
        configurations.size(),
        RowSettings.of(first.spec().ofAnyStartingRun()).withoutOrigin());
  }

  /**
   * A setting and its configurations.
   *
   * @param configurations the configurations, one for each network, in the order of Table 1
   */
  public record Group(Setting setting, List<Configuration> configurations) {

    /** Whether one of the configurations contains the run with this id. */
    public boolean has(long run) {
      return runs().contains(run);
    }

    /** The ids of all runs. */
    public List<Long> runs() {
      return configurations.stream().flatMap(each -> each.numbers().stream()).toList();
    }
  }

  /**
   * Groups configurations by setting. Settings with the most networks come first; among equals,
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
                .thenComparingLong(group -> newest(group.configurations()))
                .reversed())
        .toList();
  }

  /**
   * Keeps one configuration for each network. If a network was fine-tuned from several weights,
   * this is the configuration of the newest run.
   */
  private static List<Configuration> onePerNetwork(List<Configuration> configurations) {
    Map<String, Configuration> byNetwork = new LinkedHashMap<>();
    for (Configuration each : configurations) {
      byNetwork.merge(
          each.spec().architecture(),
          each,
          (one, other) -> newest(List.of(one)) > newest(List.of(other)) ? one : other);
    }
    return List.copyOf(byNetwork.values());
  }

  private static long newest(List<Configuration> configurations) {
    return configurations.stream()
        .flatMap(each -> each.numbers().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
