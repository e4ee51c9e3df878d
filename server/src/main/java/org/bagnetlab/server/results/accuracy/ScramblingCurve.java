package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;

/**
 * What a configuration reaches on test images that are cut into smaller and smaller tiles.
 *
 * @param network that was measured
 * @param runs those that were measured so
 * @param whole accuracy on the images as they are
 * @param points by the grid, from coarse to fine
 * @param classes the recall of each class by the grid
 */
public record ScramblingCurve(
    @JsonUnwrapped ConfiguredNetwork network,
    List<Long> runs,
    Optional<Measured> whole,
    List<Point> points,
    List<ClassRecalls> classes) {

  /**
   * A grid.
   *
   * @param grid tiles per side
   * @param tile side of a tile in pixels
   * @param accuracy over the runs of the mean over each run's permutations
   * @param agreement share of images that are taken for what they are taken for as a whole
   * @param permutations of each image, over all runs
   * @param withinTile share of the network's patches that cross no seam; absent: it sees the whole
   *     image, or pads it
   */
  record Point(
      int grid,
      int tile,
      Measured accuracy,
      double agreement,
      int permutations,
      Optional<Double> withinTile) {}

  /**
   * A class.
   *
   * @param whole recall on the images as they are
   * @param byGrid recall on scrambled images, mean over the runs
   */
  record ClassRecalls(String name, Optional<Double> whole, SortedMap<Integer, Double> byGrid) {}

  /** A number with its run and its position. */
  private record At(long run, ResultRow row, Map<String, String> axes) {

    static At of(RunResultRow row) {
      return new At(row.run(), row.result(), Facts.of(row.result().axes()));
    }

    int grid() {
      return Integer.parseInt(String.valueOf(axes.get(ScrambleExperiment.GRID.name())));
    }

    String seed() {
      return String.valueOf(axes.get(TrainExperiment.SCRAMBLE_SEED.name()));
    }

    String className() {
      return String.valueOf(axes.get(ScrambleExperiment.CLASS.name()));
    }

    boolean scrambled() {
      return row.set().equals(MeasuredSet.SCRAMBLED.text());
    }
  }

  /** What experiments found about the runs of a lab. */
  public record Found(
      Map<Long, List<At>> accuracies, Map<Long, List<At>> agreements, Map<Long, List<At>> recalls) {

    /** Reads it from the database. */
    public static Found in(Tables tables) {
      return of(
          rows(tables, ScrambleExperiment.ACCURACY),
          rows(tables, ScrambleExperiment.AGREEMENT),
          rows(tables, ScrambleExperiment.RECALL));
    }

    private static List<RunResultRow> rows(Tables tables, Output output) {
      return tables.results().ofRuns(output.name(), output.metric().name());
    }

    static Found of(
        List<RunResultRow> accuracies, List<RunResultRow> agreements, List<RunResultRow> recalls) {
      return new Found(byRun(accuracies), byRun(agreements), byRun(recalls));
    }

    private static Map<Long, List<At>> byRun(List<RunResultRow> rows) {
      return rows.stream().map(At::of).collect(Collectors.groupingBy(At::run));
    }
  }

  /** The curve of a configuration; empty: none of its runs was measured so. */
  static Optional<ScramblingCurve> of(Configuration group, Found found, Networks networks) {
    TrainSpec spec = group.spec();
    List<MeasuredRun> runs =
        group.runs().stream().filter(run -> found.accuracies().containsKey(run.job())).toList();
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ScramblingCurve(
            ConfiguredNetwork.of(spec, networks),
            runs.stream().map(MeasuredRun::job).toList(),
            new Configuration(runs).measured(MeasuredSet.TEST),
            points(spec, runs, found, networks),
            classes(runs, found)));
  }

  private static List<Point> points(
      TrainSpec spec, List<MeasuredRun> runs, Found found, Networks networks) {
    SortedMap<Integer, Map<Long, List<At>>> accuracies = byGrid(runs, found.accuracies());
    SortedMap<Integer, Map<Long, List<At>>> agreements = byGrid(runs, found.agreements());
    List<Point> points = new ArrayList<>();
    accuracies.forEach(
        (grid, byRun) -> {
          List<Double> means = means(byRun);
          List<Integer> images =
              byRun.values().stream().map(each -> Measured.imagesOf(each.get(0).row())).toList();
          int unconverged =
              (int)
                  runs.stream()
                      .filter(run -> byRun.containsKey(run.job()) && run.improvedToTheEnd())
                      .count();
          points.add(
              new Point(
                  grid,
                  spec.imageSize() / grid,
                  Measured.of(means, images, unconverged),
                  Interval.mean(means(agreements.getOrDefault(grid, Map.of()))),
                  byRun.values().stream().mapToInt(List::size).sum(),
                  networks
                      .patches(spec.architecture(), spec.imageSize())
                      .map(patches -> patches.shareWithin(spec.imageSize() / grid))));
        });
    return points;
  }

  /** By the grid, then by the run: one number for each permutation. */
  private static SortedMap<Integer, Map<Long, List<At>>> byGrid(
      List<MeasuredRun> runs, Map<Long, List<At>> found) {
    SortedMap<Integer, Map<Long, List<At>>> grids = new TreeMap<>();
    for (MeasuredRun run : runs) {
      // A permutation that was measured again gives the same number.
      Map<String, At> once = new LinkedHashMap<>();
      for (At at : found.getOrDefault(run.job(), List.of())) {
        once.put(at.grid() + " " + at.seed(), at);
      }
      for (At at : once.values()) {
        grids
            .computeIfAbsent(at.grid(), any -> new LinkedHashMap<>())
            .computeIfAbsent(run.job(), any -> new ArrayList<>())
            .add(at);
      }
    }
    return grids;
  }

  private static List<Double> means(Map<Long, List<At>> byRun) {
    return byRun.values().stream()
        .map(all -> Interval.mean(all.stream().map(at -> at.row().value()).toList()))
        .toList();
  }

  private static List<ClassRecalls> classes(List<MeasuredRun> runs, Found found) {
    Map<String, List<At>> byClass =
        runs.stream()
            .flatMap(run -> newest(found.recalls().getOrDefault(run.job(), List.of())).stream())
            .collect(Collectors.groupingBy(At::className, TreeMap::new, Collectors.toList()));
    return byClass.entrySet().stream()
        .map(
            entry ->
                new ClassRecalls(
                    entry.getKey(),
                    entry.getValue().stream()
                        .filter(at -> !at.scrambled())
                        .map(at -> at.row().value())
                        .collect(
                            Collectors.collectingAndThen(
                                Collectors.toList(), ScramblingCurve::mean)),
                    entry.getValue().stream()
                        .filter(At::scrambled)
                        .collect(
                            Collectors.groupingBy(
                                At::grid,
                                TreeMap::new,
                                Collectors.averagingDouble(at -> at.row().value())))))
        .toList();
  }

  /** The newest recall of each class and grid: a run may have been measured again. */
  private static List<At> newest(List<At> recalls) {
    Map<String, At> newest = new LinkedHashMap<>();
    recalls.stream()
        .sorted(Comparator.comparingLong(at -> at.row().job()))
        .forEach(at -> newest.put(at.row().axes(), at));
    return List.copyOf(newest.values());
  }

  private static Optional<Double> mean(List<Double> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Interval.mean(values));
  }
}
