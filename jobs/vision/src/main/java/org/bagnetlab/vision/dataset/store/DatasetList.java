package org.bagnetlab.vision.dataset.store;

import java.util.List;
import org.bagnetlab.vision.staging.Damaged;

/**
 * The data sets of a store.
 *
 * @param datasets that can be used: the built-in one, then the imported ones by name
 * @param damaged that cannot be used, by name
 */
public record DatasetList(List<DatasetFacts> datasets, List<Damaged> damaged) {}
