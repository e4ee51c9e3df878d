package org.bagnetlab.vision.dataset.store;

import java.util.List;
import org.bagnetlab.vision.staging.Damaged;

/**
 * The data sets of a store.
 *
 * @param datasets usable data sets: the built-in ones, then the imported ones by name
 * @param damaged unusable data sets, by name
 */
public record DatasetList(List<DatasetFacts> datasets, List<Damaged> damaged) {}
