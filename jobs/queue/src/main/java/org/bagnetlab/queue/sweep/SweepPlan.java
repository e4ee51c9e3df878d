package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.spec.JobRequest;

/**
 * A submitted sweep, expanded.
 *
 * @param name of the sweep
 * @param definition as submitted, as JSON
 * @param again whether to rerun configurations that are queued, running, or have succeeded
 * @param stopAfterFailures consecutive failures that stop it; 0: never
 * @param halving how trials are promoted; empty: all run to their end
 * @param jobs its jobs
 * @param followers requests for jobs about each of its trainings, without the number of the run
 */
public record SweepPlan(
    String name,
    String definition,
    boolean again,
    int stopAfterFailures,
    Optional<Halving> halving,
    List<JobRequest> jobs,
    List<ObjectNode> followers) {}
