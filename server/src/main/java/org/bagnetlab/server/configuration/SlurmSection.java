package org.bagnetlab.server.configuration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.launch.slurm.SlurmRequest;

/**
 * The number and resources of workers started by Slurm. Slurm's defaults apply to missing values.
 *
 * @param slots number of concurrent workers, including queued ones
 * @param partition the partition that workers run in
 * @param gpus GPUs of each worker; with 0, it computes on the CPU
 * @param cpus CPUs of each worker, which is also its number of threads
 * @param memory memory of each worker in the form of {@code srun --mem}: {@code 16G}
 * @param time time limit of each worker in the form of {@code srun --time}: {@code 1-12:00:00}
 * @param account the account to charge
 * @param arguments further arguments of srun
 */
public record SlurmSection(
    Optional<Integer> slots,
    Optional<String> partition,
    Optional<Integer> gpus,
    Optional<Integer> cpus,
    Optional<String> memory,
    Optional<String> time,
    Optional<String> account,
    Optional<List<String>> arguments) {

  /**
   * Binary exponent of the unit that {@code --mem} assumes for a number without a unit: mebibytes.
   */
  private static final int MEGA = 20;

  private static final int MOST = 1000;
  private static final long MOST_MEMORY = 100_000L << 40;
  private static final Pattern NAMES = Pattern.compile("[\\w.,@+-]+");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,7})([KMGT]?)");
  private static final Pattern TIME =
      Pattern.compile("\\d+(:\\d+){0,2}|\\d+-\\d+(:\\d+){0,2}|UNLIMITED");

  /** Checks the values as far as this is possible without Slurm. */
  public SlurmSection {
    within("slots", slots, 1);
    within("gpus", gpus, 0);
    within("cpus", cpus, 1);
    like(NAMES, "partition", partition, "a name such as gpu");
    like(NAMES, "account", account, "a name");
    like(SIZE, "memory", memory, "a size such as 16G or 900M");
    memory.ifPresent(SlurmSection::bytes);
    like(TIME, "time", time, "minutes, hours:minutes:seconds or days-hours, such as 1-12");
    for (String argument : arguments.orElse(List.of())) {
      if (!argument.startsWith("-")) {
        throw new IllegalArgumentException(
            "each entry of arguments must start with -, such as --constraint=v100, but this is '%s'"
                .formatted(argument));
      }
    }
  }

  private static void within(String name, Optional<Integer> number, int least) {
    if (number.filter(given -> given < least || given > MOST).isPresent()) {
      throw new IllegalArgumentException("%s must be from %d to %d".formatted(name, least, MOST));
    }
  }

  private static void like(Pattern pattern, String name, Optional<String> text, String form) {
    if (text.filter(given -> !pattern.matcher(given).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "%s must be %s, but is '%s'".formatted(name, form, text.get()));
    }
  }

  /** The number of concurrent workers. */
  public int workers() {
    return slots.orElse(1);
  }

  /**
   * The class path that workers need.
   *
   * @param engines the available engines for GPUs
   * @throws IllegalStateException if workers use GPUs, and the application has no engine for GPUs
   */
  public String backend(GpuEngines engines) {
    if (gpus.orElse(0) == 0) {
      return "cpu";
    }
    return engines.order().stream()
        .map(GpuEngine::classPath)
        .filter(engines.classPaths()::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "slurm.gpus requests GPUs, but this build has no class path for them"
                        + " (worker-torch-cuda or worker-cuda); ./bagnetlab build torch-cuda"
                        + " adds one."));
  }

  /** The memory of a worker. Empty if Slurm decides, or if the worker gets all memory of a node. */
  public OptionalLong memoryBytes() {
    return memory.map(SlurmSection::bytes).orElseGet(OptionalLong::empty);
  }

  private static OptionalLong bytes(String memory) {
    Matcher size = SIZE.matcher(memory);
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      return OptionalLong.empty();
    }
    int shift = size.group(2).isEmpty() ? MEGA : 10 * (1 + "KMGT".indexOf(size.group(2)));
    long number = Long.parseLong(size.group(1));
    if (number > MOST_MEMORY >> shift) {
      throw new IllegalArgumentException(
          "memory must be at most 100000T, but is '%s'".formatted(memory));
    }
    return OptionalLong.of(number << shift);
  }

  /** The resources that each worker requests. */
  public SlurmRequest request() {
    return new SlurmRequest(
        partition,
        gpus.orElse(0),
        cpus.orElse(1),
        memory,
        time,
        account,
        arguments.orElse(List.of()));
  }
}
