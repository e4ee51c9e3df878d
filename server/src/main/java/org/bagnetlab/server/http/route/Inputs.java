package org.bagnetlab.server.http.route;

import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/**
 * What jobs take.
 *
 * @param datasets the data sets
 * @param weights the imported weights
 * @param catalogue of all that a request may name, these among it
 */
public record Inputs(DatasetStore datasets, WeightsStore weights, VisionCatalogue catalogue) {}
