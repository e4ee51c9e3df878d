package org.bagnetlab.storage.job;

/**
 * The process of a job. Process IDs are reused; the combination of the three is unique.
 *
 * @param job the job
 * @param pid the process ID
 * @param started its start time as reported by the system
 * @param boot the machine's boot in which it runs
 */
public record WorkerRow(long job, long pid, String started, String boot) {}
