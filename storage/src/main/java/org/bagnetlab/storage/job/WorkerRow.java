package org.bagnetlab.storage.job;

/**
 * A process that a job runs in. Numbers of processes are used again; the three together are not.
 *
 * @param job the job
 * @param pid the process's number
 * @param started when it started, as the system tells it
 * @param boot of the machine, in which it runs
 */
public record WorkerRow(long job, long pid, String started, String boot) {}
