package org.bagnetlab.server.http.route;

import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/**
 * The data sets and weights that jobs can use.
 *
 * @param datasets the data sets
 * @param weights the imported weights
 * @param catalogue everything that a request may name, including these
 */
public record Inputs(DatasetStore datasets, WeightsStore weights, VisionCatalogue catalogue) {}
