/** Measures whether an adversarial patch can change a network's prediction. */
package org.bagnetlab.experiment.patchrobustness;
