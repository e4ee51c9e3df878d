package org.bagnetlab.storage.sweep;

import java.util.Optional;

/**
 * A training of a sweep.
 *
 * @param job its ID
 * @param spec its specification as JSON
 * @param state name of its state
 * @param causeCode why it is in that state
 * @param best its highest validation accuracy; empty without epochs
 * @param last the validation accuracy of its last epoch
 * @param epochs number of its last epoch
 * @param firstRung its validation accuracy at the first rung; empty if it has not reached it
 */
public record SweepTrainingRow(
    long job,
    String spec,
    String state,
    Optional<String> causeCode,
    Optional<Double> best,
    Optional<Double> last,
    Optional<Integer> epochs,
    Optional<Double> firstRung) {}
