package org.bagnetlab.storage.sweep;

import java.util.Optional;

/**
 * A trial of a search that has ended.
 *
 * @param spec its specification as JSON
 * @param tried the values that it tried, as a JSON object by setting
 * @param state name of the state in which it ended
 * @param causeCode why it was cancelled
 * @param best its highest validation accuracy; empty without epochs
 * @param last the validation accuracy of its last epoch
 */
public record EndedTrialRow(
    String spec,
    String tried,
    String state,
    Optional<String> causeCode,
    Optional<Double> best,
    Optional<Double> last) {}
