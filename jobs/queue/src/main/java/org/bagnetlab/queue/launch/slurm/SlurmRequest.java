package org.bagnetlab.queue.launch.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resources that each worker requests from Slurm.
 *
 * @param partition where it runs; empty: Slurm's default, as for the other options
 * @param gpus of each worker; 0: it computes with the CPU
 * @param cpus of each worker
 * @param memory in the form of {@code --mem}
 * @param time limit, in the form of {@code --time}
 * @param account that is charged
 * @param arguments additional arguments of srun
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

  /** Arguments of srun. Additional ones come last, because the last value takes effect. */
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
