package org.bagnetlab.server.growth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Prints the tables of what grows. {@code bench/growth} says how it is called. */
public final class Growth {

  private static final List<String> TABLES =
      List.of("views", "queue", "database", "subscribers", "training");

  private Growth() {}

  /** Measures the tables that are named, or all; or fills a data directory, or loads a server. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("fill")) {
      StoredRuns.addWithPredictions(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    if (arguments.length == 3 && arguments[0].equals("load")) {
      System.out.println(
          Load.measure(
              Duration.ofSeconds(Integer.parseInt(arguments[1])), arguments[2].equals("sweeps")));
      return;
    }
    for (String table : arguments.length == 0 ? TABLES : List.of(arguments)) {
      System.out.println(
          switch (table) {
            case "views" -> ViewTimes.measure();
            case "queue" -> QueueCost.measure();
            case "database" -> DatabaseSize.measure();
            case "subscribers" -> SubscriberCost.measure();
            case "training" -> TrainingCost.measure();
            default -> throw new IllegalArgumentException(table + " is none of " + TABLES);
          });
    }
  }
}
