package org.bagnetlab.vision.weights;

import java.util.List;
import org.bagnetlab.vision.staging.Damaged;

/**
 * The weights of a store.
 *
 * @param weights that can be used, by name
 * @param damaged that cannot be used, by name
 */
public record WeightsList(List<WeightsFacts> weights, List<Damaged> damaged) {}
