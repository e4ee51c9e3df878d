package org.bagnetlab.server.results.missing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.bagnetlab.experiment.parameter.RunNumber;

/**
 * What networks lack to be compared over a number of seeds. Networks are compared by seed, so they
 * get the same seeds: first those that most of them have.
 */
public final class MissingSeeds {

  private MissingSeeds() {}

  /**
   * A network of a comparison.
   *
   * @param network the network
   * @param measured the seeds whose runs have everything that the comparison needs
   * @param then requests of jobs that measure a run, without its number; empty if trainings do
   */
  public record Compared(
      SettingTrainings.Network network, Set<Long> measured, List<ObjectNode> then) {

    /** A network that its trainings measure. */
    public static Compared ofTrainings(SettingTrainings.Network network) {
      return new Compared(network, network.runs().keySet(), List.of());
    }

    private List<MissingJob> missing(long seed) {
      if (measured.contains(seed)) {
        return List.of();
      }
      Long run = network.runs().get(seed);
      // Nothing can be done for a training that lost what it measured: its repetition is the same.
      return run == null
          ? List.of(network.training(seed, then))
          : then.stream()
              .map(
                  request ->
                      new MissingJob(request.deepCopy().put(RunNumber.RUN.name(), run), List.of()))
              .toList();
    }

    private int readiness(long seed) {
      return measured.contains(seed) ? 2 : network.runs().containsKey(seed) ? 1 : 0;
    }
  }

  /** The jobs after which all networks are measured for this number of common seeds. */
  public static List<MissingJob> of(Collection<Compared> networks, int seeds) {
    List<Long> common = common(networks, seeds);
    List<MissingJob> missing = new ArrayList<>();
    for (Compared network : networks) {
      common.forEach(seed -> missing.addAll(network.missing(seed)));
    }
    return missing;
  }

  private static List<Long> common(Collection<Compared> networks, int seeds) {
    NavigableSet<Long> candidates = new TreeSet<>();
    networks.forEach(each -> candidates.addAll(each.network().runs().keySet()));
    LongStream.rangeClosed(1, candidates.size() + (long) seeds).forEach(candidates::add);
    return candidates.stream()
        .sorted(
            Comparator.comparingInt(
                seed -> -networks.stream().mapToInt(each -> each.readiness(seed)).sum()))
        .limit(seeds)
        .sorted()
        .toList();
  }
}
