package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * The test accuracy of a network over the number of images that it learns, all else being equal.
 *
 * @param network and its training, but for the number of images
 * @param recipe of the trainings
 * @param epochs of the trainings, at most: with fewer images, an epoch has fewer steps
 * @param points from few images to many, at least two
 */
record LearningCurve(
    @JsonUnwrapped ConfiguredNetwork network, Recipe recipe, int epochs, List<Point> points) {

  /**
   * A number of images.
   *
   * @param images that are learnt, of all classes together
   * @param limit that the trainings set for each class; absent: none
   * @param runs one for each seed, the oldest first
   * @param test accuracy over the runs
   */
  record Point(int images, Optional<Integer> limit, List<Long> runs, Measured test) {}

  /** The curves in the order of Table 1, of networks that have learnt several numbers of images. */
  static List<LearningCurve> all(List<MeasuredRun> runs, Published published, Networks networks) {
    Map<Configuration.Key, List<MeasuredRun>> byCurve = new LinkedHashMap<>();
    Configuration.group(runs, published).stream()
        .flatMap(configuration -> configuration.runs().stream())
        .forEach(
            run ->
                byCurve
                    .computeIfAbsent(
                        Configuration.Key.ofAnyTrainImages(run), any -> new ArrayList<>())
                    .add(run));
    return byCurve.entrySet().stream()
        .map(curve -> of(curve.getKey().spec(), curve.getValue(), networks))
        .filter(curve -> curve.points().size() > 1)
        .toList();
  }

  private static LearningCurve of(TrainSpec spec, List<MeasuredRun> runs, Networks networks) {
    SortedMap<Integer, List<MeasuredRun>> byImages = new TreeMap<>();
    for (MeasuredRun run : runs) {
      run.learntImages()
          .ifPresent(images -> byImages.computeIfAbsent(images, any -> new ArrayList<>()).add(run));
    }
    return new LearningCurve(
        ConfiguredNetwork.of(spec, networks),
        spec.recipe(),
        spec.epochs(),
        byImages.entrySet().stream()
            .flatMap(entry -> point(entry.getKey(), spec, entry.getValue()))
            .toList());
  }

  /** Runs that learnt equally many images learnt the same, whatever limit did not matter. */
  private static Stream<Point> point(int images, TrainSpec spec, List<MeasuredRun> alike) {
    Map<Long, MeasuredRun> bySeed = new LinkedHashMap<>();
    alike.stream()
        .sorted(Comparator.comparingLong(MeasuredRun::job))
        .forEach(run -> bySeed.put(run.spec().seed(), run));
    Configuration together = new Configuration(spec, List.copyOf(bySeed.values()));
    Optional<Integer> limit =
        together.runs().stream().anyMatch(run -> run.spec().trainImages().isEmpty())
            ? Optional.empty()
            : together.runs().get(0).spec().trainImages();
    return together
        .measured(MeasuredSet.TEST)
        .map(test -> new Point(images, limit, together.numbers(), test))
        .stream();
  }
}
