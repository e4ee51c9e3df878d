package org.bagnetlab.queue.launch.slurm;

/**
 * A job in Slurm, as squeue lists it.
 *
 * @param state for example {@code NODE_FAIL}
 * @param node where it ran; empty: it never ran
 * @param reason why it is in that state, as Slurm's keyword
 */
record SlurmJob(String state, String node, String reason) {}
