/** Images with their tiles ranked by what they count for a network's prediction. */
@NullMarked
package org.bagnetlab.worker.masking;

import org.jspecify.annotations.NullMarked;
