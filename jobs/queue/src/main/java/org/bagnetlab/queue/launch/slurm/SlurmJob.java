package org.bagnetlab.queue.launch.slurm;

/**
 * A job in Slurm, as squeue lists it.
 *
 * @param state Slurm's name of it: {@code NODE_FAIL}
 * @param node where it ran; empty: it never did
 * @param reason why it is in that state, as Slurm's keyword
 */
record SlurmJob(String state, String node, String reason) {}
