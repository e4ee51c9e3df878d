package org.bagnetlab.storage.cost;

import java.util.Optional;

/**
 * What all workers used in a period.
 *
 * @param deviceSeconds time for which they occupied devices in it
 * @param joules energy of the devices in this time, as far as known
 * @param metered the part of the time whose energy is known
 */
public record UsedRow(double deviceSeconds, Optional<Double> joules, double metered) {}
