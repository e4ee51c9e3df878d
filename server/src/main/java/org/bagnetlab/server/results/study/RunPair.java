package org.bagnetlab.server.results.study;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.McNemar;
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * The comparison of two runs on the test images that both were measured on.
 *
 * @param a the first run
 * @param b the second
 * @param set the set of images
 * @param images number of images that both runs have
 * @param both number of images that both classify correctly
 * @param onlyA number of images that only the first classifies correctly
 * @param onlyB number of images that only the second classifies correctly
 * @param neither number of images that neither classifies correctly
 * @param difference accuracy of the first minus that of the second
 * @param low lower end of the 95 % interval over the images
 * @param high upper end of the interval
 * @param pValue p-value of McNemar's exact test
 * @param method name of the test
 * @param sentence the difference in words
 * @param testSentence the result of the test in words
 * @param byClass the comparison on the images of each class
 * @param overSeeds the comparison of their configurations over all common seeds, if there are
 *     several
 */
public record RunPair(
    Side a,
    Side b,
    Measure set,
    int images,
    int both,
    int onlyA,
    int onlyB,
    int neither,
    double difference,
    double low,
    double high,
    double pValue,
    PairedDifference.Method method,
    String sentence,
    String testSentence,
    ClassDifferences byClass,
    Optional<Differences.Pair> overSeeds) {

  /** The smallest p-value shown; smaller ones are shown as being below it. */
  private static final double LEAST_SHOWN = .001;

  /** One of the two runs. */
  record Side(long run, String architecture, String label, long seed) {

    /** The network with the run id, which distinguishes this run from other runs of the network. */
    String name() {
      return "%s #%d".formatted(label, run);
    }

    static Side of(MeasuredRun run, Networks networks) {
      String architecture = run.spec().architecture();
      return new Side(run.job(), architecture, networks.label(architecture), run.spec().seed());
    }
  }

  /**
   * Compares two runs. Empty if they have no test image in common.
   *
   * @param classOf the class of each image
   * @param overSeeds the comparison of their configurations; left out if these are the same
   */
  public static Optional<RunPair> of(
      MeasuredRun a,
      MeasuredRun b,
      StudiedNetwork.SeedPair pair,
      Measure set,
      Map<String, String> classOf,
      Optional<Differences.Pair> overSeeds,
      Networks networks) {
    McNemar table = pair.table(set).orElseThrow();
    if (table.images() == 0) {
      return Optional.empty();
    }
    PairedDifference difference =
        PairedDifference.between(List.of(set.of(pair.first())), List.of(set.of(pair.second())))
            .exact(table);
    Side first = Side.of(a, networks);
    Side second = Side.of(b, networks);
    return Optional.of(
        new RunPair(
            first,
            second,
            set,
            table.images(),
            table.both(),
            table.onlyFirst(),
            table.onlySecond(),
            table.neither(),
            difference.difference(),
            difference.low().orElseThrow(),
            difference.high().orElseThrow(),
            difference.p().orElseThrow(),
            difference.method().orElseThrow(),
            DifferenceSentence.of(first.name(), second.name(), difference, set),
            testSentence(difference.p().orElseThrow()),
            ClassDifferences.of(first.name(), second.name(), pair, set, classOf),
            overSeeds.filter(over -> over.seeds().size() > 1 && !sameConfiguration(a, b))));
  }

  private static boolean sameConfiguration(MeasuredRun a, MeasuredRun b) {
    return Configuration.Key.of(a).equals(Configuration.Key.of(b));
  }

  private static String testSentence(double p) {
    return "McNemar's exact test: p %s, %s."
        .formatted(
            p < LEAST_SHOWN ? "< " + LEAST_SHOWN : String.format(Locale.ROOT, "= %.3f", p),
            p < PairedDifference.ERROR
                ? "a significant difference of these two runs"
                : "no significant difference");
  }
}
