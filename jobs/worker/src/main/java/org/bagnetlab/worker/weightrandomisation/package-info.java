/** Measures how heatmaps depend on weights. */
package org.bagnetlab.worker.weightrandomisation;
