/** Measures whether the effects of masks add up. */
@NullMarked
package org.bagnetlab.worker.interactions;

import org.jspecify.annotations.NullMarked;
