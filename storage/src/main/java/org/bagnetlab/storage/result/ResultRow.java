package org.bagnetlab.storage.result;

import java.util.Optional;

/**
 * A number that a job found.
 *
 * @param job its number
 * @param output of the job's experiment
 * @param metric what it measures
 * @param set name of the images
 * @param axes its position on the output's axes, as a JSON object with its names in order
 * @param value the number
 * @param images that it was measured on, where it was
 */
public record ResultRow(
    long job,
    String output,
    String metric,
    String set,
    String axes,
    double value,
    Optional<Integer> images) {}
