/** Measuring a trained network again. */
@NullMarked
package org.bagnetlab.experiment.evaluate;

import org.jspecify.annotations.NullMarked;
