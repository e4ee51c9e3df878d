/** Measures how heatmaps depend on the weights of a network. */
@NullMarked
package org.bagnetlab.experiment.weightrandomisation;

import org.jspecify.annotations.NullMarked;
