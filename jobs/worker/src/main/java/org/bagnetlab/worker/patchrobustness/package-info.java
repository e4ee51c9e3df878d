/** Measures certified robustness to adversarial patches. */
@NullMarked
package org.bagnetlab.worker.patchrobustness;

import org.jspecify.annotations.NullMarked;
