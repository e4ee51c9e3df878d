package org.bagnetlab.server.results.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.Json;

/**
 * The numbers published in the report, in the order of its Table 1. They are never mixed with
 * numbers measured here.
 *
 * @param source the source of the numbers
 * @param table1 the rows of Table 1
 * @param testReports precision and recall of each class, by the name of the network; names have the
 *     suffix {@code _scrambled} for scrambled test images
 * @param history epochs by the name of the network
 */
public record Published(
    String source,
    List<Row> table1,
    Map<String, Map<String, ClassScores>> testReports,
    Map<String, History> history) {

  /**
   * A row of Table 1.
   *
   * @param architecture name of the architecture
   * @param label display name
   * @param validation validation accuracy
   * @param test test accuracy
   * @param scrambled accuracy on scrambled test images, if published
   */
  public record Row(
      String architecture,
      String label,
      double validation,
      double test,
      Optional<Double> scrambled) {}

  /** A network's scores on the test images of a class. */
  public record ClassScores(double precision, double recall, double f1) {}

  /** A training, epoch by epoch. */
  public record History(
      List<Double> trainLoss,
      List<Double> validationLoss,
      List<Double> testLoss,
      List<Double> trainAccuracy,
      List<Double> validationAccuracy,
      List<Double> testAccuracy) {}

  /** Reads the numbers from the class path. */
  public static Published read() {
    try (InputStream stream = Published.class.getResourceAsStream("published.json")) {
      return Json.MAPPER.readValue(stream, Published.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a network, if it has one. */
  public Optional<Row> row(String architecture) {
    return table1.stream().filter(row -> row.architecture().equals(architecture)).findFirst();
  }

  /** The position of a network in Table 1. Networks that are not in the table come last. */
  public int place(String architecture) {
    return row(architecture).map(table1::indexOf).orElse(table1.size());
  }

  /**
   * The scores of each class on a set of images. Empty if they were not published, or were
   * published for other classes.
   */
  public Map<String, ClassScores> classScores(
      String architecture, MeasuredSet set, Collection<String> classes) {
    Map<String, ClassScores> report =
        switch (set) {
          case TEST -> testReports.getOrDefault(architecture, Map.of());
          case SCRAMBLED -> testReports.getOrDefault(architecture + "_scrambled", Map.of());
          case TRAIN, VALIDATION -> Map.of();
        };
    return report.keySet().equals(Set.copyOf(classes)) ? report : Map.of();
  }

  /** Whether accuracies on images of these classes can be compared with the published ones. */
  boolean appliesTo(Collection<String> classes) {
    return testReports.values().stream()
        .anyMatch(report -> report.keySet().equals(Set.copyOf(classes)));
  }

  /** The epochs of a network on these classes, if they were published. */
  public Optional<History> history(String architecture, Collection<String> classes) {
    return classScores(architecture, MeasuredSet.TEST, classes).isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(history.get(architecture));
  }
}
