package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.FoundNumbers.FoundNumber;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.database.Tables;

/**
 * The accuracy of a configuration on test images that are cut into smaller and smaller tiles.
 *
 * @param network the measured network
 * @param runs the runs with such a measurement
 * @param whole accuracy on unscrambled images
 * @param points the points, one for each grid, from coarse to fine
 * @param classes the recall of each class for each grid
 */
public record ScramblingCurve(
    @JsonUnwrapped ConfiguredNetwork network,
    List<Long> runs,
    Optional<Measured> whole,
    List<Point> points,
    List<ClassRecalls> classes) {

  /**
   * The results for one grid.
   *
   * @param grid number of tiles per side
   * @param tile side length of a tile in pixels
   * @param accuracy mean over each run's permutations, then over the runs
   * @param agreement share of images whose prediction is the same scrambled and unscrambled
   * @param permutations number of permutations of each image, over all runs
   * @param withinTile share of the network's patches that lie within one tile; absent if the
   *     network sees the whole image, or pads it
   */
  record Point(
      int grid,
      int tile,
      Measured accuracy,
      double agreement,
      int permutations,
      Optional<Double> withinTile) {}

  /**
   * The recall of one class.
   *
   * @param whole recall on unscrambled images
   * @param byGrid recall on scrambled images by grid, mean over the runs
   */
  record ClassRecalls(String name, Optional<Double> whole, SortedMap<Integer, Double> byGrid) {}

  /** The measurements of jobs from which curves are computed. */
  public record Found(FoundNumbers accuracies, FoundNumbers agreements, FoundNumbers recalls) {

    /** Reads the measurements from the database. */
    public static Found in(Tables tables) {
      return new Found(
          FoundNumbers.in(tables, ScrambleExperiment.ACCURACY),
          FoundNumbers.in(tables, ScrambleExperiment.AGREEMENT),
          FoundNumbers.in(tables, ScrambleExperiment.RECALL));
    }
  }

  /** The curve of a configuration. Empty if none of its runs has such a measurement. */
  static Optional<ScramblingCurve> of(Configuration group, Found found, Networks networks) {
    List<MeasuredRun> runs =
        group.runs().stream().filter(run -> !found.accuracies().of(run).isEmpty()).toList();
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ScramblingCurve(
                ConfiguredNetwork.of(group, networks),
                runs.stream().map(MeasuredRun::job).toList(),
                new Configuration(runs).measured(MeasuredSet.TEST),
                runs.stream()
                    .flatMap(run -> found.accuracies().of(run).stream())
                    .map(ScramblingCurve::grid)
                    .distinct()
                    .sorted()
                    .map(grid -> point(grid, group.spec(), runs, found, networks))
                    .toList(),
                classes(runs, found.recalls())));
  }

  private static int grid(FoundNumber number) {
    return Integer.parseInt(number.at(ScrambleExperiment.GRID));
  }

  private static Point point(
      int grid, TrainSpec spec, List<MeasuredRun> runs, Found found, Networks networks) {
    List<MeasuredRun> measured =
        runs.stream().filter(run -> !at(grid, found.accuracies(), run).isEmpty()).toList();
    List<List<FoundNumber>> accuracies =
        measured.stream().map(run -> at(grid, found.accuracies(), run)).toList();
    int tile = spec.imageSize() / grid;
    return new Point(
        grid,
        tile,
        Measured.of(
            means(accuracies),
            accuracies.stream().map(each -> Measured.imagesOf(each.get(0).row())).toList(),
            (int) measured.stream().filter(MeasuredRun::improvedToTheEnd).count()),
        Interval.mean(
            means(
                runs.stream()
                    .map(run -> at(grid, found.agreements(), run))
                    .filter(Predicate.not(List::isEmpty))
                    .toList())),
        accuracies.stream().mapToInt(List::size).sum(),
        networks
            .patches(spec.architecture(), spec.imageSize())
            .map(patches -> patches.shareWithin(tile)));
  }

  /** The numbers for one grid, one for each permutation. */
  private static List<FoundNumber> at(int grid, FoundNumbers numbers, MeasuredRun run) {
    return numbers.of(run).stream().filter(number -> grid(number) == grid).toList();
  }

  private static List<Double> means(List<List<FoundNumber>> byRun) {
    return byRun.stream()
        .map(all -> Interval.mean(all.stream().map(FoundNumber::value).toList()))
        .toList();
  }

  private static List<ClassRecalls> classes(List<MeasuredRun> runs, FoundNumbers recalls) {
    return runs.stream()
        .flatMap(run -> recalls.of(run).stream())
        .collect(
            Collectors.groupingBy(
                number -> number.at(Axis.CLASS), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> classRecalls(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ClassRecalls classRecalls(String name, List<FoundNumber> recalls) {
    List<Double> whole =
        recalls.stream()
            .filter(number -> !number.on(MeasuredSet.SCRAMBLED))
            .map(FoundNumber::value)
            .toList();
    return new ClassRecalls(
        name,
        whole.isEmpty() ? Optional.empty() : Optional.of(Interval.mean(whole)),
        recalls.stream()
            .filter(number -> number.on(MeasuredSet.SCRAMBLED))
            .collect(
                Collectors.groupingBy(
                    ScramblingCurve::grid,
                    TreeMap::new,
                    Collectors.averagingDouble(FoundNumber::value))));
  }
}
