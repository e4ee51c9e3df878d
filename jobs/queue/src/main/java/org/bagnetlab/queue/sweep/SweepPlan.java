package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.spec.JobRequest;

/**
 * A submitted sweep, expanded.
 *
 * @param name name of the sweep
 * @param definition as submitted, as JSON
 * @param again whether to rerun configurations whose jobs are queued, are running, or have
 *     succeeded
 * @param stopAfterFailures number of consecutive failures that stop the sweep; 0 to never stop it
 * @param halving how trials are promoted; empty if all run to their end
 * @param jobs its jobs
 * @param followers requests for the follow-up jobs of each of its trainings, without the id of the
 *     run
 */
public record SweepPlan(
    String name,
    String definition,
    boolean again,
    int stopAfterFailures,
    Optional<Halving> halving,
    List<JobRequest> jobs,
    List<ObjectNode> followers) {}
