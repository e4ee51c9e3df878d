/** Measures how heatmaps depend on weights. */
@NullMarked
package org.bagnetlab.worker.weightrandomisation;

import org.jspecify.annotations.NullMarked;
