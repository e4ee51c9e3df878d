package org.bagnetlab.worker.run;

import java.util.Map;

/** The location of a worker started by Slurm, from Slurm's environment variables. */
public final class WorkerLocation {

  private WorkerLocation() {}

  /** A device with its location, for example {@code CPU, 8 cores on n2 (Slurm job 7)}. */
  public static String of(String device, Map<String, String> environment) {
    String node = environment.get("SLURMD_NODENAME");
    String job = environment.get("SLURM_JOB_ID");
    return node == null || job == null
        ? device
        : "%s on %s (Slurm job %s)".formatted(device, node, job);
  }
}
