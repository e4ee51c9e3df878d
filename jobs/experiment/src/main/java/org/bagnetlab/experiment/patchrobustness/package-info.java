/** Whether an adversarial patch can change what a network sees in an image. */
@NullMarked
package org.bagnetlab.experiment.patchrobustness;

import org.jspecify.annotations.NullMarked;
