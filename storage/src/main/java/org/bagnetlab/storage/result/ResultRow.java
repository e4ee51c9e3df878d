package org.bagnetlab.storage.result;

import java.util.Optional;

/**
 * A value measured by a job.
 *
 * @param job its ID
 * @param output of the job's experiment
 * @param metric what it measures
 * @param set name of the images
 * @param axes its coordinates on the output's axes, as a JSON object with the axes in order
 * @param value the measured value
 * @param images number of images it was measured on, if any
 */
public record ResultRow(
    long job,
    String output,
    String metric,
    String set,
    String axes,
    double value,
    Optional<Integer> images) {}
