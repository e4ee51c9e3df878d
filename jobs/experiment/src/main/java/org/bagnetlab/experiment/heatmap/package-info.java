/** Where a network sees the evidence of a class. */
@NullMarked
package org.bagnetlab.experiment.heatmap;

import org.jspecify.annotations.NullMarked;
