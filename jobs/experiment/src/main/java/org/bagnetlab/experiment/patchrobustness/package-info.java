/** Measures whether an adversarial patch can change a network's prediction. */
@NullMarked
package org.bagnetlab.experiment.patchrobustness;

import org.jspecify.annotations.NullMarked;
