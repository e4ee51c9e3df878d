/** Measures certified robustness to adversarial patches. */
package org.bagnetlab.worker.patchrobustness;
