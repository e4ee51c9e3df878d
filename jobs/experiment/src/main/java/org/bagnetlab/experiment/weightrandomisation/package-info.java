/** Measures how heatmaps depend on the weights of a network. */
package org.bagnetlab.experiment.weightrandomisation;
