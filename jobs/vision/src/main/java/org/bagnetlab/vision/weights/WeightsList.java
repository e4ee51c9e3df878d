package org.bagnetlab.vision.weights;

import java.util.List;
import org.bagnetlab.vision.staging.Damaged;

/**
 * The weights of a store.
 *
 * @param weights usable weights, by name
 * @param damaged unusable weights, by name
 */
public record WeightsList(List<WeightsFacts> weights, List<Damaged> damaged) {}
