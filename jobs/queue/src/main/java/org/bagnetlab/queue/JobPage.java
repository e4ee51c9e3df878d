package org.bagnetlab.queue;

import java.util.List;
import java.util.Map;
import org.bagnetlab.queue.job.Job;

/**
 * Some of the jobs, in the order that was asked for.
 *
 * @param jobs of this page
 * @param total number of jobs that the page was cut from
 * @param counts how many jobs there are in each state that has any, whatever was asked
 */
public record JobPage(List<Job> jobs, long total, Map<String, Long> counts) {}
