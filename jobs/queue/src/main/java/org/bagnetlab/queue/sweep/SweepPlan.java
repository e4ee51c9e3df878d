package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.spec.JobRequest;

/**
 * A sweep that somebody asks for, spelled out.
 *
 * @param name of the sweep
 * @param definition as it was asked for, as JSON
 * @param again whether configurations that are queued, run, or have succeeded are run once more
 * @param stopAfterFailures failures in a row that stop it; 0: none do
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
