package org.bagnetlab.server.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Runs campaigns. {@code bench/fuzz} says how it is called. */
public final class Fuzz {

  private Fuzz() {}

  /** Runs campaigns over the targets that are named, or all, and exits with 1 if one found some. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Target.Start> targets = Target.all();
    List<String> names = new ArrayList<>();
    long seed = System.currentTimeMillis();
    long first = 0;
    long iterations = Long.MAX_VALUE;
    Duration length = Duration.ofMinutes(1);
    Path finds = Path.of("target/fuzz");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--minutes" ->
            length = Duration.ofMillis(Math.round(60_000 * Double.parseDouble(arguments[++i])));
        case "--seed" -> seed = Long.parseLong(arguments[++i]);
        case "--iteration" -> {
          first = Long.parseLong(arguments[++i]);
          iterations = 1;
        }
        case "--iterations" -> iterations = Long.parseLong(arguments[++i]);
        case "--finds" -> finds = Path.of(arguments[++i]);
        default -> names.add(arguments[i]);
      }
    }
    if (names.isEmpty()) {
      names.addAll(targets.keySet());
    }
    Files.createDirectories(finds);
    int found = 0;
    for (String name : names) {
      Target.Start start = targets.get(name);
      if (start == null) {
        System.err.printf("There is no target %s, only %s.%n", name, targets.keySet());
        System.exit(2);
        return;
      }
      long last = iterations == Long.MAX_VALUE ? iterations : first + iterations;
      try (Target target = start.in(Files.createTempDirectory("bagnetlab-fuzz-" + name))) {
        long end = System.nanoTime() + length.toNanos() / names.size();
        LongPredicate goesOn = iteration -> iteration < last && System.nanoTime() < end;
        found += new Campaign(name, target, seed, finds).run(first, goesOn);
      }
    }
    System.exit(found == 0 ? 0 : 1);
  }
}
