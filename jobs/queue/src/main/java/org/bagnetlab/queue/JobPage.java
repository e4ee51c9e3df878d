package org.bagnetlab.queue;

import java.util.List;
import java.util.Map;
import org.bagnetlab.queue.job.Job;

/**
 * A page of jobs, in the requested order.
 *
 * @param jobs jobs of this page
 * @param places when waiting jobs of this page start, by their ids; only in the order of execution
 * @param total number of matching jobs
 * @param counts number of jobs in each state, without states that have none
 * @param held number of queued jobs that are held with their sweep
 */
public record JobPage(
    List<Job> jobs, Map<Long, QueuePlace> places, long total, Map<String, Long> counts, int held) {}
