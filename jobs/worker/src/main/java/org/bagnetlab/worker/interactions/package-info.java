/** Measures whether the effects of masks add up. */
package org.bagnetlab.worker.interactions;
