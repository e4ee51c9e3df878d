package org.bagnetlab.queue.launch.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each worker asks Slurm for.
 *
 * @param partition where it is to run; empty: Slurm's default, as for all that follow
 * @param gpus that it computes with; 0: with the CPU
 * @param cpus that it computes with
 * @param memory as {@code --mem} takes it
 * @param time at most, as {@code --time} takes it
 * @param account that pays
 * @param arguments further ones of srun
 */
public record SlurmRequest(
    Optional<String> partition,
    int gpus,
    int cpus,
    Optional<String> memory,
    Optional<String> time,
    Optional<String> account,
    List<String> arguments) {

  /** Keeps a copy. */
  public SlurmRequest {
    arguments = List.copyOf(arguments);
  }

  /**
   * The same as arguments of srun. Additional arguments come last, since the last value takes
   * effect.
   */
  List<String> options() {
    List<String> options = new ArrayList<>();
    partition.ifPresent(name -> options.add("--partition=" + name));
    account.ifPresent(name -> options.add("--account=" + name));
    memory.ifPresent(size -> options.add("--mem=" + size));
    time.ifPresent(limit -> options.add("--time=" + limit));
    options.add("--cpus-per-task=" + cpus);
    if (gpus > 0) {
      options.add("--gres=gpu:" + gpus);
    }
    options.addAll(arguments);
    return options;
  }
}
