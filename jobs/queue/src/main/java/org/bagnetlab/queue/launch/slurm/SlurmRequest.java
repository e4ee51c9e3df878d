package org.bagnetlab.queue.launch.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resources that each worker requests from Slurm.
 *
 * @param partition where the worker runs; empty for Slurm's default, as for the other options
 * @param gpus number of GPUs of each worker; 0 if it computes on the CPU
 * @param cpus number of CPUs of each worker
 * @param memory memory of each worker, in the format of {@code --mem}
 * @param time time limit, in the format of {@code --time}
 * @param account account that is charged
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

  /** Copies the list. */
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
