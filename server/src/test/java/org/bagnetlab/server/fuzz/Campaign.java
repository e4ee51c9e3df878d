package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Feeds one target with mutations, and stores the inputs that break its promise. */
final class Campaign {

  /** An input takes milliseconds; the rest is for a busy machine. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration HANGS = LONGEST.multipliedBy(6);

  /** Exit status of a campaign that had to be ended. */
  private static final int HANGING = 3;

  /** Each has to be looked at; a first mistake often shows a hundred times. */
  private static final int MOST_FINDS = 10;

  private final String name;
  private final Target target;
  private final long seed;
  private final Path finds;
  private final AtomicLong begun = new AtomicLong();
  private long taken;
  private long refused;
  private int found;

  /**
   * A campaign.
   *
   * @param finds folder for the inputs that are found
   */
  Campaign(String name, Target target, long seed, Path finds) {
    this.name = name;
    this.target = target;
    this.seed = seed;
    this.finds = finds;
  }

  /**
   * Runs iterations as long as their number may follow.
   *
   * @return how many inputs broke the promise
   */
  int run(long first, LongPredicate goesOn) throws IOException {
    Mutation mutation = new Mutation(target.seeds(), target.structure());
    Path current = finds.resolve(name + "-running");
    ScheduledExecutorService watch = watch(current);
    long iteration = first;
    for (; found < MOST_FINDS && goesOn.test(iteration); iteration++) {
      byte[] input = mutation.input(seed, iteration);
      // Should the process end, its last input is there.
      Files.write(current, input);
      try {
        read(input);
      } catch (Exception | Error e) {
        store(iteration, input, e);
      }
    }
    watch.shutdownNow();
    Files.deleteIfExists(current);
    System.out.printf(
        Locale.ROOT,
        "%s: %d inputs from seed %d, %d taken, %d refused, %d found%n",
        name,
        iteration - first,
        seed,
        taken,
        refused,
        found);
    return found;
  }

  private void read(byte[] input) throws Exception {
    long first = time(input);
    // Once more: the machine may have been busy.
    if (first > LONGEST.toNanos() && time(input) > LONGEST.toNanos()) {
      throw new IOException("it takes more than %d s".formatted(LONGEST.toSeconds()));
    }
  }

  /** In nanoseconds. */
  private long time(byte[] input) throws Exception {
    long start = System.nanoTime();
    begun.set(start);
    if (target.takes(input.clone())) {
      taken++;
    } else {
      refused++;
    }
    begun.set(0);
    return System.nanoTime() - start;
  }

  private void store(long iteration, byte[] input, Throwable failure) throws IOException {
    begun.set(0);
    found++;
    Path file = finds.resolve("%s-%d-%d".formatted(name, seed, iteration));
    Files.write(file, input);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    System.out.printf(
        "%s: seed %d, iteration %d, input in %s: %s%n", name, seed, iteration, file, trace);
  }

  /** Java cannot stop a thread that hangs: the process ends, and leaves the input. */
  private ScheduledExecutorService watch(Path current) {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "watch");
              thread.setDaemon(true);
              return thread;
            });
    var _ = watch.scheduleWithFixedDelay(() -> endIfItHangs(current), 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  private void endIfItHangs(Path current) {
    long since = begun.get();
    if (since == 0 || System.nanoTime() - since <= HANGS.toNanos()) {
      return;
    }
    System.out.printf("%s: seed %d hangs, input in %s%n", name, seed, current);
    Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("main"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .forEach(frame -> System.out.println("  " + frame));
    System.out.flush();
    Runtime.getRuntime().halt(HANGING);
  }
}
