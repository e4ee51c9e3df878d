/** Images with their tiles ranked by importance for a network's prediction. */
@NullMarked
package org.bagnetlab.worker.masking;

import org.jspecify.annotations.NullMarked;
