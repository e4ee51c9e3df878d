package org.bagnetlab.queue.launch.slurm;

/**
 * A job in Slurm, as squeue lists it.
 *
 * @param state its state, for example {@code NODE_FAIL}
 * @param node node where it ran; an empty string if it never ran
 * @param reason Slurm's keyword for why it is in that state
 */
record SlurmJob(String state, String node, String reason) {}
