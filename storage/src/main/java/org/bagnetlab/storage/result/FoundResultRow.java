package org.bagnetlab.storage.result;

import java.util.Optional;

/**
 * A number with the job that found it and the run that it is about.
 *
 * @param result the number
 * @param experiment the job's
 * @param run the training that the job is, or is about
 * @param runSpec the training's specification as JSON; empty: it was deleted
 */
public record FoundResultRow(
    ResultRow result, String experiment, long run, Optional<String> runSpec) {}
